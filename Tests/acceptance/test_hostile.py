"""Input that no client should send: the dialect's own error, never a 5xx, never a hang, and nothing stored."""

import json
import random
import socket

import pytest

import wire
from people import PROTECTED, Person, name, signed_in
from server import DIALECTS
from waiting import PATIENCE

SEED = 20_261_121
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
ERROR_MEMBER = {"aethermind": "error", "chatops": "detail", "vsay": "error", "authspec": "error", "stratify": "detail"}

# Every route with a body: its path, its type, whether it needs a token, and a body that would be taken.
ROUTES = {
    "aethermind": [
        ("/api/auth/signup", JSON, False, {"email": "E", "password": "violet-harbour-77", "name": "N"}),
        ("/api/auth/login", JSON, False, {"email": "E", "password": "violet-harbour-77"}),
        ("/api/auth/verify-email", JSON, False, {"token": "t"}),
        ("/api/auth/reset-request", JSON, False, {"email": "E"}),
        ("/api/auth/reset-password", JSON, False, {"token": "t", "password": "violet-harbour-77"}),
    ],
    "chatops": [
        (
            "/api/v1/auth/register",
            JSON,
            False,
            {
                "email": "E",
                "username": "U",
                "password": "violet-harbour-77",
                "password_confirm": "violet-harbour-77",
                "full_name": "F",
            },
        ),
        ("/api/v1/auth/login", FORM, False, {"username": "U", "password": "violet-harbour-77"}),
        ("/api/v1/auth/refresh", JSON, False, {"refresh_token": "t"}),
        ("/api/v1/servers", JSON, True, {"name": "N"}),
        ("/api/v1/api-keys", JSON, True, {"server_id": "s", "name": "N"}),
    ],
    "vsay": [
        ("/api/signup", JSON, False, {"username": "U", "email": "E", "password": "violet-harbour-77"}),
        ("/api/login", JSON, False, {"email": "E", "password": "violet-harbour-77"}),
        ("/api/agents/register", JSON, "key", {"name": "N"}),
    ],
    "authspec": [
        ("/api/auth/register", JSON, False, {"email": "E", "password": "violet-harbour-77"}),
        ("/api/auth/login", JSON, False, {"email": "E", "password": "violet-harbour-77"}),
        (
            "/api/auth/change-password",
            JSON,
            True,
            {"currentPassword": "not-the-password-9", "newPassword": "amber-lantern-88"},
        ),
    ],
    "stratify": [
        ("/api/v1/auth/register", JSON, False, {"email": "E", "username": "U", "password": "violet-harbour-77"}),
        ("/api/v1/auth/login", FORM, False, {"username": "E", "password": "violet-harbour-77"}),
        ("/api/v1/auth/refresh", JSON, False, {"refresh_token": "t"}),
    ],
}
EVERY = [(realm, *route) for realm in DIALECTS for route in ROUTES[realm]]
IDS = [f"{realm}{route[0].replace('/', '-')}" for realm in DIALECTS for route in ROUTES[realm]]

# Fields that may be absent or null.
OPTIONAL = {"name", "full_name"}
WRONG = [
    None,
    True,
    False,
    0,
    -1,
    42,
    3.5,
    1e300,
    [],
    ["a@example.com"],
    {},
    {"a": "b"},
    {"$ne": None},
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\x7f",
    "a" * 5000,
    "\u202eevil",
    "'; DROP TABLE account; --",
    "{{7*7}}",
    "${user.email}",
    "$user.email",
    "../../etc/passwd",
    "\ud83d\ude80" * 300,
    "\uffff",
    "e\u0301" * 2000,
]


def emails_and_names(body):
    who = name()
    return {key: {"E": f"{who}@example.com", "U": who}.get(value, value) for key, value in body.items()}


@pytest.fixture(scope="module")
def person(server):
    people = {}

    def of(realm):
        if realm not in people:
            people[realm] = signed_in(server, realm)
        return people[realm]

    return of


def authorization(person, needs):
    if needs == "key":
        return [("X-API-Key", person.key)]
    return [("Authorization", f"Bearer {person.token}")] if needs else []


def send(server, person, realm, path, type, needs, body):
    headers = authorization(person(realm), needs)
    if type:
        headers = [("Content-Type", type)] + headers
    return wire.request(server.ports[realm], "POST", path, headers, body)


def own_error(realm, answer, statuses=range(400, 500)):
    """The dialect's own shape: an object of one member, as JSON, and the sent value nowhere in it."""
    assert answer.status in statuses, answer
    assert answer.header("Content-Type") == "application/json", answer
    assert list(json.loads(answer.body)) == [ERROR_MEMBER[realm]], answer


def accounts(server, realm):
    listed = server.json("account", "list", "--limit", "1000000", "--realm", realm)
    return len(listed if isinstance(listed, list) else listed["accounts"])


def encode(type, body):
    if type == JSON:
        return json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    from urllib.parse import quote_plus

    pairs = []
    for key, value in body.items():
        text = value if isinstance(value, str) else json.dumps(value)
        pairs.append(f"{key}={quote_plus(text.encode('utf-8', 'surrogatepass'))}")
    return "&".join(pairs).encode()


@pytest.mark.parametrize("realm,path,type,needs,body", EVERY, ids=IDS)
def test_every_field_of_a_wrong_type(server, person, realm, path, type, needs, body):
    person(realm)
    before = accounts(server, realm)
    created = 0
    for field in body:
        for value in WRONG:
            if type == FORM and not isinstance(value, str):
                continue
            answer = send(
                server, person, realm, path, type, needs, encode(type, {**emails_and_names(body), field: value})
            )
            if answer.status < 300:
                # A strange text may be a legal name, username or part of a password; nothing else may pass.
                assert isinstance(value, str) or (value is None and field in OPTIONAL), (field, value, answer)
                assert field in OPTIONAL | {"username", "password"} or path.endswith(
                    ("/reset-request", "/servers", "/agents/register")
                ), (field, value, answer)
                created += path.endswith(("signup", "/auth/register"))
            elif answer.status in (401, 404):
                # Ids are numbers in some dialects, so a number may be an id that is not there.
                assert isinstance(value, str) or field.endswith("_id") or (value is None and field in OPTIONAL), (
                    field,
                    value,
                    answer,
                )
            else:
                own_error(realm, answer)
        if field not in OPTIONAL:
            missing = emails_and_names(body)
            del missing[field]
            own_error(realm, send(server, person, realm, path, type, needs, encode(type, missing)), (400, 422))
    assert accounts(server, realm) == before + created


MALFORMED = [
    b"",
    b" ",
    b"{",
    b"}",
    b"{]",
    b'{"email"',
    b'{"email":',
    b'{"email":"a',
    b'{"email":"a"',
    b'{"email":"a",}',
    b"{'email':'a'}",
    b"{email:1}",
    b'{"email":NaN}',
    b'{"email":Infinity}',
    b'{"email":01}',
    b'{"email":+1}',
    b'{"email":1.}',
    b'{"email":.5}',
    b'{"email":1e}',
    b'{"email":"\\x"}',
    b'{"email":"\\u12"}',
    b'{"email":"\t"}',
    b'{"email":"\\ud800"}',
    b'{"email":"\\udc00\\ud800"}',
    b'{"email":"\xff\xfe"}',
    b'{"email":"\xc0\x80"}',
    b'{"email":"\xed\xa0\x80"}',
    b'\xef\xbb\xbf{"email":1',
    b'{"email":1}{"email":2}',
    b'{"email":1} x',
    b"[1,2,3]",
    b'"text"',
    b"17",
    b"true",
    b"null",
    b"\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"[" * 20_000 + b"]" * 20_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"email":' + b"9" * 50_000 + b"}",
    b'{"email":1e' + b"9" * 400 + b"}",
    b'{"email":"a" "b"}',
    b'{"email"::1}',
    b"// comment\n{}",
    b"{}/**/",
    b'{"email":tru}',
    b'{"":}',
    b"\xff\xfe{\x00}\x00",
    b"<xml/>",
    b"email=a&password=b",
]


@pytest.mark.parametrize("realm,path,type,needs,body", EVERY, ids=IDS)
def test_malformed_bodies(server, person, realm, path, type, needs, body):
    person(realm)
    before = accounts(server, realm)
    for data in MALFORMED:
        answer = send(server, person, realm, path, type, needs, data)
        if type == FORM:
            # Any bytes are a form of some members; here never of the ones that sign in.
            own_error(realm, answer, (400, 413, 422))
        else:
            own_error(realm, answer, (400, 413, 422))
    assert accounts(server, realm) == before


@pytest.mark.parametrize("realm,path,type,needs,body", EVERY, ids=IDS)
def test_a_good_body_cut_anywhere(server, person, realm, path, type, needs, body):
    if type == FORM:
        pytest.skip("a form cut short is another form")
    person(realm)
    before = accounts(server, realm)
    whole = encode(type, emails_and_names(body))
    for end in range(0, len(whole), 3):
        own_error(realm, send(server, person, realm, path, type, needs, whole[:end]), (400, 422))
    assert accounts(server, realm) == before


@pytest.mark.parametrize("realm,path,type,needs,body", EVERY, ids=IDS)
def test_random_bytes(server, person, realm, path, type, needs, body):
    print(f"seed {SEED}")
    random_source = random.Random(f"{SEED}{realm}{path}")
    good = encode(type, emails_and_names(body))
    person(realm)
    before = accounts(server, realm)
    for _ in range(40):
        data = bytearray(good)
        for _ in range(random_source.randint(1, 8)):
            data[random_source.randrange(len(data))] = random_source.randrange(256)
        answer = send(server, person, realm, path, type, needs, bytes(data))
        assert answer.status < 500, (bytes(data), answer)
        if answer.status >= 400:
            own_error(realm, answer)
        elif path.endswith(("signup", "/auth/register")):
            before += 1
    assert accounts(server, realm) == before


@pytest.mark.parametrize("realm,path,type,needs,body", EVERY, ids=IDS)
def test_other_content_types(server, person, realm, path, type, needs, body):
    data = encode(type, emails_and_names(body))
    person(realm)
    before = accounts(server, realm)
    for other in (
        "text/plain",
        "text/html",
        "application/xml",
        "application/octet-stream",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application",
        "/",
        ";",
        "a" * 4000,
        "application/javascript" if type == JSON else JSON,
    ):
        own_error(realm, send(server, person, realm, path, other, needs, data), (400, 415))
    assert accounts(server, realm) == before


@pytest.mark.parametrize("realm", DIALECTS)
def test_duplicate_members_do_not_smuggle(server, realm):
    """Whichever is taken, it is one account, and the answer says which."""
    path, type, _, body = ROUTES[realm][0]
    first, second = emails_and_names(body), emails_and_names(body)
    text = json.dumps(first)[:-1] + "," + json.dumps(second)[1:]
    before = accounts(server, realm)
    answer = wire.request(server.ports[realm], "POST", path, [("Content-Type", JSON)], text.encode())
    if answer.status < 300:
        said = json.loads(answer.body)
        assert said.get("user", said)["email"] in (first["email"], second["email"])
        assert accounts(server, realm) == before + 1
    else:
        own_error(realm, answer, (400, 422))
        assert accounts(server, realm) == before


@pytest.mark.parametrize("realm", DIALECTS)
def test_members_that_poison_other_languages(server, realm):
    path, type, _, body = ROUTES[realm][0]
    full = {
        **emails_and_names(body),
        "__proto__": {"role": "admin"},
        "constructor": {"prototype": {}},
        "": "",
        "a" * 3000: 1,
    }
    answer = wire.request(server.ports[realm], "POST", path, [("Content-Type", JSON)], json.dumps(full).encode())
    assert answer.status in (200, 201), answer


@pytest.mark.parametrize("realm", DIALECTS)
def test_sizes(server, realm):
    path, type, _, body = ROUTES[realm][0]
    port = server.ports[realm]
    before = accounts(server, realm)
    for data in (b'{"email":"' + b"a" * 3_000_000 + b'"}', b" " * 3_000_000, b"[" * 3_000_000):
        own_error(realm, wire.request(port, "POST", path, [("Content-Type", JSON)], data), (400, 413))
    # A length that is said and never sent is refused by what it says.
    huge = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 99999999999\r\n\r\n"
    assert wire.raw(port, huge.encode()).status in (400, 413)
    # A chunked body is bounded as it comes.
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert wire.raw(port, head.encode() + chunk * 50).status in (400, 413)
    assert accounts(server, realm) == before
    for head in (
        "GET / HTTP/1.1\r\nHost: x\r\n" + "X-Pad: " + "a" * 200_000 + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{n}: {n}\r\n" for n in range(5000)) + "\r\n",
        "GET /" + "a" * 200_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        assert wire.raw(port, head.encode()).status in (400, 404, 413, 414, 431)
    many = "&".join(f"f{n}={n}" for n in range(20_000))
    login, kind, _, _ = ROUTES[realm][1]
    assert wire.request(port, "POST", login, [("Content-Type", kind)], many.encode()).status in (400, 413, 422)


SMUGGLING = [
    b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n{}{}{",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0x10\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    b"GET {path} HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
    b"GET {path} HTTP/1.1\r\nHost: x\r\nNo-Colon\r\n\r\n",
    b"GET {path} HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    b"GET {path} HTTP/9.9\r\nHost: x\r\n\r\n",
    b"G\x00T / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    b"nonsense\r\n\r\n",
    b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //{path} HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /%00%zz/%2e%2e/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE {path} HTTP/1.1\r\nHost: x\r\n\r\n",
]


@pytest.mark.parametrize("realm", DIALECTS)
def test_requests_that_break_http(server, realm):
    port = server.ports[realm]
    for template in SMUGGLING:
        data = template.replace(b"{path}", ROUTES[realm][0][0].encode())
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(data)
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # The server has answered and hung up already.
            answer = b""
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except ConnectionResetError:
                pass
        statuses = [int(part.split(b" ")[1]) for part in answer.split(b"\r\n") if part.startswith(b"HTTP/1.")]
        assert all(
            400 <= status < 500 or (status in (200, 204) and template.startswith(b"OPTIONS")) for status in statuses
        ), (data, answer)
        if b"smuggled" in data:
            assert len(statuses) <= 1, "the second request was read out of the first one's body"
    assert wire.request(port, "GET", "/nothing").status == 404


def test_a_slow_client_is_let_go_and_keeps_nobody_out(server):
    """A hundred connections that send a byte and stop: others are served, and each is closed in the end."""
    port = server.ports["authspec"]
    slow = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(100)]
    try:
        for connection in slow:
            connection.sendall(b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-")
        person = Person(server, "authspec").sign_up().sign_in()
        assert person.use().status_code == 200
        for connection in slow:
            data = connection.recv(4096)
            assert data == b"" or data.startswith(b"HTTP/1.1 4"), data
    finally:
        for connection in slow:
            connection.close()


def test_pipelined_requests_are_answered_in_order(server):
    port = server.ports["authspec"]
    one = b"GET /nothing%d HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(
            b"".join(one % n for n in range(20)) + b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.count(b"HTTP/1.1 404") == 21


@pytest.mark.parametrize("realm", DIALECTS)
def test_methods(server, realm):
    port, path = server.ports[realm], PROTECTED[realm]
    head = wire.request(port, "HEAD", "/nothing")
    assert head.status == 404 and head.body == b""
    for method in ("OPTIONS", "TRACE", "PATCH", "FOO", "get"):
        answer = wire.request(port, method, path)
        assert answer.status in (200, 204, 400, 404, 405), (method, answer)
        if method in ("PATCH",):
            own_error(realm, answer, (405,))
            assert "GET" in answer.header("Allow")
