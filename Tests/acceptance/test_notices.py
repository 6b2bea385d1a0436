"""What people are told by mail of their own accounts: over the wire and by commands, in one outbox."""

import http.client
import json
import re

import pytest
import requests

from mailbox import MailServer
from people import PASSWORD, SIGN_IN, Person
from waiting import PATIENCE, until
from wild import FILES

REALM = "aethermind"


def notices(server, person):
    """Kind and recipient of each mail to the person that is no link, oldest first."""
    listed = server.json("mail", "list", "--realm", REALM)
    return [mail["kind"] for mail in reversed(listed) if mail["to"] == person.email and mail["kind"] != "verify"]


def sign_in_from(server, person, address):
    connection = http.client.HTTPConnection("127.0.0.1", server.ports[REALM], source_address=(address, 0), timeout=PATIENCE)
    body = json.dumps({"email": person.email, "password": person.password})
    connection.request("POST", SIGN_IN[REALM], body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def test_a_sign_in_from_elsewhere_and_what_an_operator_does_are_told(own_server):
    server = own_server(dialects=[REALM])
    server.start()
    person = Person(server, REALM).sign_up().sign_in()
    assert notices(server, person) == [], "signing up and in is nothing to tell"
    for _ in range(2):
        sign_in_from(server, person, "127.0.0.2")
    assert notices(server, person) == ["new_sign_in"]
    made = server.json("key", "create", person.email, "--name", "spare", "--realm", REALM)
    assert server.run("key", "revoke", made["id"], "--realm", REALM).returncode == 0
    assert notices(server, person) == ["new_sign_in", "key_created", "key_revoked"]
    # They leave like any other mail, and hold neither the key nor the password.
    until(lambda: len(list(server.mail.rglob("*.eml"))) >= 4)
    texts = [file.read_text() for file in server.mail.rglob("*.eml")]
    assert len(texts) == 4
    assert not any(made["secret"] in text or PASSWORD in text for text in texts)
    assert any("127.0.0.2" in text for text in texts)


def test_a_realm_sends_none_where_the_operator_says_so(own_server):
    server = own_server(dialects=[REALM], configuration={"realms": {REALM: {"notices": False}}})
    server.start()
    person = Person(server, REALM).sign_up().sign_in()
    sign_in_from(server, person, "127.0.0.2")
    made = server.json("key", "create", person.email, "--name", "spare", "--realm", REALM)
    assert server.run("key", "revoke", made["id"], "--realm", REALM).returncode == 0
    assert notices(server, person) == []
    kinds = {mail["kind"] for mail in server.json("mail", "list", "--realm", REALM)}
    assert kinds == {"verify"}, "links are sent in any case"


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOSTILE = "Call 0800 123456 <b>now</b> https://evil.example/x"


@pytest.fixture
def post():
    with MailServer() as post:
        yield post


def ask(server, realm, path, body, agent, address="127.0.0.2", headers=None):
    """A request from another address, with a client of that name."""
    connection = http.client.HTTPConnection("127.0.0.1", server.ports[realm], source_address=(address, 0), timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "User-Agent": agent, **(headers or {})}
    connection.request("POST" if body is not None else "GET", path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


FORGOT, VERIFY = "/auth/forgot-password", "/auth/request-verify-token"


@pytest.fixture
def asked(own_server, post):
    """A server that sends to `post`, with an account that can ask for links; gives the server and its address."""

    def make(realm=None):
        configuration = {"mail": post.settings(), "realms": {"fastapi-users": realm or {}}}
        server = own_server(dialects=["fastapi-users"], configuration=configuration).start()
        body = {"email": "ann@example.com", "password": PASSWORD}
        assert requests.post(server.url("fastapi-users", "/auth/register"), json=body, timeout=PATIENCE).status_code == 201
        return server, body["email"]

    return make


def test_a_link_that_was_asked_for_says_who_asked(asked, post):
    server, email = asked()
    for path, subject in [(FORGOT, "Reset your password"), (VERIFY, "Verify your email address")]:
        assert ask(server, "fastapi-users", path, {"email": email}, FIREFOX) == 202
        message = post.wait_for(email, subject=subject)
        for kind in ("plain", "html"):
            text = re.sub(r"<[^>]*>", "", message.get_body((kind,)).get_content())
            assert re.search(r"Time: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", text)
            assert "From: 127.0.0.2" in text and "Device: Firefox on Linux" in text
            assert "About the request:" in text and "signed up" not in text
        assert not any("127.0.0.2" in value or "Firefox" in value for value in message.values())


def test_a_link_that_comes_with_signing_up_does_not(own_server, post):
    server = own_server(dialects=["authspec"], configuration={"mail": post.settings()}).start()
    person = Person(server, "authspec").sign_up()
    text = post.wait_for(person.email).get_body(("plain",)).get_content()
    assert "signed up" in text and not re.search("From:|Time:|request", text)


def test_whoever_asks_cannot_write_to_anybody(asked, post):
    server, email = asked()
    for count, agent in enumerate([HOSTILE, f"{HOSTILE} Firefox/140.0", "x" * 4000, "Bcc:_y@evil.example"], 1):
        assert ask(server, "fastapi-users", FORGOT, {"email": email}, agent) == 202
        message = post.wait_for(email, count)
        for part in ("plain", "html"):
            text = message.get_body((part,)).get_content()
            assert not any(each in text for each in ("0800", "evil", "xxxx", "<b>now", "Bcc"))
            assert ("Device:" in text) == ("Firefox" in agent) and "127.0.0.2" in text
    assert {tuple(each.recipients) for each in post.messages} == {(email,)}


def test_templates_of_before_go_on(asked, post, tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "reset.text.mustache").write_text("Hier: {{link}}\n")
    server, email = asked({"mail": {"templates": str(folder)}})
    assert ask(server, "fastapi-users", FORGOT, {"email": email}, FIREFOX) == 202
    message = post.wait_for(email)
    assert re.fullmatch(r"Hier:\s+http\S+", message.get_body(("plain",)).get_content().strip())
    assert "127.0.0.2" in message.get_body(("html",)).get_content()


def test_the_preview_shows_who_asked(own_server):
    server = own_server(dialects=["authspec"])
    server.write()
    for options in (["reset"], ["verify", "--requested"]):
        body = server.json("mail", "preview", *options)["body"]
        assert "Time: 2026-11-21 05:30:00 UTC" in body and "From: 203.0.113.7" in body
    assert "From:" not in server.json("mail", "preview", "verify")["body"]
    assert server.run("mail", "preview", "reset", "--requested").returncode == 64


def test_a_key_that_signing_in_makes_is_told(own_server):
    server = own_server(dialects=["vsay"]).start()
    person = Person(server, "vsay").sign_up().sign_in()
    kinds = [mail["kind"] for mail in server.json("mail", "list")]
    assert kinds == ["verify"], "the key came with signing up, and signing in shows it again"
    (key,) = server.json("key", "list", person.email)
    assert server.run("key", "revoke", key["id"]).returncode == 0
    before, _ = person.key, person.sign_in().sign_in()
    assert person.key != before
    assert [mail["kind"] for mail in server.json("mail", "list")] == ["key_created", "key_revoked", "verify"]


def test_a_password_with_each_request_from_elsewhere_is_told_once(own_server):
    server = own_server(dialects={"gitea": FILES["gitea"]}).start()
    body = {"username": "ann", "email": "ann@example.com", "password": PASSWORD}
    assert requests.post(server.url("gitea", "/api/v1/admin/users"), json=body, timeout=PATIENCE).status_code == 201
    basic = requests.auth._basic_auth_str("ann", PASSWORD)

    def use(address, authorization=basic):
        return ask(server, "gitea", "/api/v1/user", None, FIREFOX, address, {"Authorization": authorization})

    def told():
        return [mail["kind"] for mail in server.json("mail", "list") if mail["kind"] != "verify"]

    assert use("127.0.0.1") == 200
    assert told() == [], "the first network is nothing to tell"
    assert use("127.0.0.3", requests.auth._basic_auth_str("ann", "a wrong one")) == 401
    assert told() == []
    # At once, while the password is remembered for the network that is known.
    assert [use("127.0.0.2") for _ in range(3)] == [200] * 3
    assert told() == ["new_sign_in"]
    assert use("127.0.0.1") == 200
    assert told() == ["new_sign_in"]
    (event,) = [each for each in server.json("audit") if each["kind"] == "sign_in" and each["outcome"] == "granted"]
    assert event["address"] == "127.0.0.2"
