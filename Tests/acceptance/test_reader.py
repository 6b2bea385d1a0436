"""The reader of exchanges must itself find what it is there for."""

import json

import pytest

from exchanges import Conversation, Exchange, Members, Mismatch, read, tampered
from wire import Response


def compare(expected, actual):
    pairs = [json.loads(text, object_pairs_hook=Members) for text in (expected, actual)]
    conversation = Conversation(0, None)
    conversation.kept = {"token": "a"}
    conversation.compare(*pairs, "body", "")
    return conversation.kept


JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln"
OTHER_HEADER = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln"


@pytest.mark.parametrize(
    "expected,actual",
    [
        ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}'),
        ('{"a": 1}', '{"a": 1, "b": 2}'),
        ('{"a": 1, "b": 2}', '{"a": 1}'),
        ('{"a": 1}', '{"a": "1"}'),
        ('{"a": 1}', '{"a": true}'),
        ('{"a": 0}', '{"a": false}'),
        ('{"a": 1}', '{"a": 1.0}'),
        ('{"a": null}', "{}"),
        ('{"a": null}', '{"a": ""}'),
        ("[]", "{}"),
        ("{}", "[]"),
        ("[1]", "[1, 1]"),
        ('"{{int}}"', "true"),
        ('"{{int}}"', '"1"'),
        ('"{{string}}"', '""'),
        ('"{{string}}"', "null"),
        ('"{{array}}"', "[]"),
        ('"{{array}}"', "{}"),
        ('"{{object}}"', "[]"),
        ('"{{uuid}}"', '"00000000-0000-4000-8000-00000000000G"'),
        ('"{{cuid}}"', '"clx123"'),
        ('"{{objectid}}"', '"aaaaaaaaaaaaaaaaaaaaaaaA"'),
        ('"{{jwt}}"', '"garbage"'),
        ('"{{jwt}}"', f'"{OTHER_HEADER}"'),
        ('"{{time}}"', '"yesterday"'),
        ('"{{string != token}}"', '"a"'),
        ('"{{aethermind_key}}"', '"aethermind_abc123"'),
    ],
)
def test_it_finds_a_difference(expected, actual):
    with pytest.raises(Mismatch):
        compare(expected, actual)


def test_it_takes_what_is_right():
    compare('{"a": [1, "{{int}}", "{{any}}"], "b": "{{jwt > new}}"}', '{"a": [1, 2, null], "b": "%s"}' % JWT)
    assert compare('"{{string != token > next}}"', '"b"') == {"token": "a", "next": "b"}


def test_it_finds_a_wrong_field():
    conversation = Conversation(0, None)
    answer = Response(200, [("Allow", "GET, POST"), ("Twice", "1"), ("Twice", "1")])
    conversation.compare_header("PUT", "allow", "{{allow GET POST}}", answer, "")
    for method, name, value in (
        ("PUT", "Allow", "{{allow DELETE}}"),
        ("GET", "Allow", "{{allow POST}}"),
        ("GET", "Missing", "x"),
        ("GET", "Twice", "1"),
        ("GET", "Allow", "GET"),
    ):
        with pytest.raises(Mismatch):
            conversation.compare_header(method, name, value, answer, "")


def test_it_reads_what_is_written():
    text = "# Says\n# more\nPOST /a?b=c\nX: y: z\n\n{\n\n}\n----\n204\nA: b\n====\nGET /\n\n\n----\n200\n\n[]\n"
    first, second = read(text)
    assert first == Exchange("POST", "/a?b=c", [("X", "y: z")], "{\n\n}", 204, [("A", "b")], None)
    assert second == Exchange("GET", "/", [], "", 200, [], "[]")


def test_tampering_changes_one_character():
    assert tampered("a.b.cd") == "a.b.0d"
    assert tampered("a.b.0d") == "a.b.1d"
    assert tampered("key_ab") == "key_0b"
