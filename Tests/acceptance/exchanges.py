"""Reads and runs the files described in docs/reference/exchanges.md."""

import base64
import json
import pathlib
import re
import secrets
import string
from dataclasses import dataclass, field

import mailbox
import wire

HEADER = b'{"alg":"HS256","typ":"JWT"}'


@dataclass
class Exchange:
    method: str
    target: str
    headers: list = field(default_factory=list)
    body: str = None
    status: int = 0
    expected_headers: list = field(default_factory=list)
    expected_body: str = None


def read(text):
    lines = text.rstrip("\n").split("\n")
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    exchanges, part = [], []
    for line in lines + ["===="]:
        if line == "====":
            exchanges.append(read_one(part))
            part = []
        else:
            part.append(line)
    return exchanges


def read_one(lines):
    middle = lines.index("----")
    first, headers, body = halves(lines[:middle])
    method, target = first.split(" ", 1)
    status, expected_headers, expected_body = halves(lines[middle + 1 :])
    return Exchange(method, target, headers, body, int(status), expected_headers, expected_body)


def halves(lines):
    head, body = lines, None
    if "" in lines:
        empty = lines.index("")
        head, body = lines[:empty], "\n".join(lines[empty + 1 :])
    headers = []
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    return head[0], headers, body


def tampered(text):
    """A token with the first character of its signature changed; of a key, the last but one."""
    at = text.rindex(".") + 1 if text.count(".") == 2 else len(text) - 2
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


class Mismatch(AssertionError):
    pass


class Conversation:
    def __init__(self, port, mail_folder):
        self.port = port
        self.mail_folder = mail_folder
        alphabet = string.ascii_lowercase + string.digits
        self.unique = "x" + "".join(secrets.choice(alphabet) for _ in range(11))
        self.kept = {}
        self.messages = {}

    def fill(self, text):
        """Puts in what stands in braces; matchers stay."""

        def put(found):
            words = found[1].split(" ")
            if found[1] == "unique":
                return self.unique
            if found[1] == "UNIQUE":
                return self.unique.upper()
            if words[0] == "fill" and len(words) == 2:
                return "a" * int(words[1])
            if words[0] == "tampered":
                return tampered(self.kept[words[1]])
            if words[0].startswith("mail."):
                _, kind, *index = words[0].split(".")
                return self.mailed(kind, int(index[0]) if index else 1)
            return str(self.kept.get(found[1], found[0]))

        return re.sub(r"\{\{([^{}]+)\}\}", put, text)

    def mailed(self, kind, index):
        """The token in the index-th message of that kind; the same each time, in whatever order the outbox hands over."""
        seen = self.messages.setdefault(kind, [])
        if len(seen) < index:
            seen.append(mailbox.token(self.mail_folder, kind, f"{self.unique}@example.com", index - len(seen), seen))
        return seen[index - 1]

    def run(self, exchange):
        headers = [(name, self.fill(value)) for name, value in exchange.headers]
        body = None if exchange.body is None else self.fill(exchange.body).encode()
        answer = wire.request(self.port, exchange.method, self.fill(exchange.target), headers, body)
        shown = f"{exchange.method} {exchange.target} -> {answer.status} {answer.headers} {answer.body[:2000]!r}"
        if answer.status != exchange.status:
            raise Mismatch(f"status {answer.status}, not {exchange.status}: {shown}")
        for name, value in exchange.expected_headers:
            self.compare_header(exchange.method, name, value, answer, shown)
        if exchange.expected_body is None:
            if answer.body:
                raise Mismatch(f"a body where there must be none: {shown}")
            return
        if "json" not in (answer.header("Content-Type") or ""):
            if answer.body.decode() != self.fill(exchange.expected_body):
                raise Mismatch(f"not the text {exchange.expected_body!r}: {shown}")
            return
        try:
            actual = json.loads(answer.body, object_pairs_hook=Members)
        except ValueError:
            raise Mismatch(f"not JSON: {shown}")
        expected = json.loads(self.fill(exchange.expected_body), object_pairs_hook=Members)
        self.compare(expected, actual, "body", shown)

    def compare_header(self, method, name, value, answer, shown):
        values = answer.all(name)
        if len(values) != 1:
            raise Mismatch(f"{len(values)} fields {name}, not 1: {shown}")
        if value.startswith("{{allow "):
            wanted = set(value.strip("{}").split(" ")[1:])
            given = {each.strip() for each in values[0].split(",")}
            if not wanted <= given or method in given:
                raise Mismatch(f"{name} is {values[0]!r}: {shown}")
        elif found := re.fullmatch(r"\{\{([^{}]+)\}\}", self.fill(value)):
            self.match(found[1], values[0], name, shown)
        elif values[0] != self.fill(value):
            raise Mismatch(f"{name} is {values[0]!r}, not {value!r}: {shown}")

    def compare(self, expected, actual, place, shown):
        if isinstance(expected, str) and (found := re.fullmatch(r"\{\{([^{}]+)\}\}", expected)):
            return self.match(found[1], actual, place, shown)
        if type(expected) is not type(actual):
            raise Mismatch(f"{place} is {actual!r}, not {expected!r}: {shown}")
        if isinstance(expected, Members):
            names, wanted = [name for name, _ in actual], [name for name, _ in expected]
            if names != wanted:
                raise Mismatch(f"{place} has the members {names}, not {wanted}: {shown}")
            for (name, left), (_, right) in zip(expected, actual):
                self.compare(left, right, f"{place}.{name}", shown)
        elif isinstance(expected, list):
            if len(expected) != len(actual):
                raise Mismatch(f"{place} has {len(actual)} elements, not {len(expected)}: {shown}")
            for index, (left, right) in enumerate(zip(expected, actual)):
                self.compare(left, right, f"{place}[{index}]", shown)
        elif expected != actual:
            raise Mismatch(f"{place} is {actual!r}, not {expected!r}: {shown}")

    def match(self, matcher, actual, place, shown):
        words = matcher.split(" ")
        if not MATCHERS[words[0]](actual):
            raise Mismatch(f"{place} is {actual!r}, not {{{{{words[0]}}}}}: {shown}")
        for sign, name in zip(words[1::2], words[2::2]):
            if sign == "!=" and str(actual) == str(self.kept[name]):
                raise Mismatch(f"{place} is the same as {name}: {shown}")
            if sign == ">":
                self.kept[name] = actual


class Members(list):
    """An object as its pairs, in their order; never equal to a list."""


def text_like(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def is_jwt(value):
    if not isinstance(value, str) or not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", value, re.ASCII):
        return False
    first = value.split(".")[0]
    return base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)) == HEADER


MATCHERS = {
    "any": lambda value: True,
    "string": lambda value: isinstance(value, str) and value != "",
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list) and not isinstance(value, Members) and len(value) > 0,
    "object": lambda value: isinstance(value, Members),
    "uuid": text_like(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "cuid": text_like(r"c[0-9a-z]{24}"),
    "objectid": text_like(r"[0-9a-f]{24}"),
    "jwt": is_jwt,
    "time": text_like(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"),
    "aethermind_key": text_like(r"aethermind_[0-9a-f]{64}"),
    "chatops_key": text_like(r"chatops_[0-9A-Za-z]{20,}"),
}


def files(root):
    return sorted(pathlib.Path(root).glob("Dialects/*/exchanges/*.http"))
