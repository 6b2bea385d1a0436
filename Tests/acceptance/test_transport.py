"""TLS, proxies, and pages of other origins."""

import json
import subprocess

import pytest
import requests

import mailbox
import wire
from people import PASSWORD, Person, signed_in
from waiting import PATIENCE

ME = "/api/auth/me"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        + ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )
    return folder


def authspec(**settings):
    return {"dialects": ["authspec"], "configuration": {"realms": {"authspec": settings}}}


def test_a_realm_speaks_tls(own_server, certificate):
    files = {"certificate": str(certificate / "certificate.pem"), "key": str(certificate / "key.pem")}
    server = own_server(**authspec(tls=files, host="0.0.0.0"))
    server.start()
    url = f"https://localhost:{server.ports['authspec']}"
    with requests.Session() as session:
        session.trust_env = False
        session.verify = files["certificate"]
        body = {"email": "tls@example.com", "password": PASSWORD}
        assert session.post(url + "/api/auth/register", json=body, timeout=PATIENCE).status_code == 200
        token = session.post(url + "/api/auth/login", json=body, timeout=PATIENCE).json()["token"]
        answer = session.get(url + ME, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE)
        assert answer.json()["user"]["email"] == "tls@example.com"
    with pytest.raises((wire.NoAnswer, ValueError, IndexError)):
        wire.request(server.ports["authspec"], "GET", ME, timeout=PATIENCE)


def test_a_bad_certificate_stops_the_start(tmp_path, certificate):
    from server import refused_start

    files = {"certificate": str(certificate / "key.pem"), "key": str(tmp_path / "none.pem")}
    code, text = refused_start(tmp_path / "s", **authspec(tls=files))
    assert code > 0 and "Fatal error" not in text
    assert "key.pem" in text or "none.pem" in text


def test_a_trusted_proxy_says_who_and_how(own_server):
    server = own_server(**authspec(trusted_proxies=["127.0.0.0/8"], public_url="https://auth.example.com"))
    server.start()
    port = server.ports["authspec"]

    def send(path, body, *fields):
        kind = ("Content-Type", "application/json")
        return wire.request(port, "POST", path, [kind, *fields], json.dumps(body).encode())

    body = {"email": "proxy@example.com", "password": PASSWORD}
    plain = send("/api/auth/register", body, ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "http"))
    assert plain.status == 403 and list(json.loads(plain.body)) == ["error"]
    over_tls = [("X-Forwarded-For", "198.51.100.1, 203.0.113.7"), ("X-Forwarded-Proto", "https")]
    assert send("/api/auth/register", body, *over_tls).status == 200
    assert send("/api/auth/login", body, *over_tls).status == 200
    (session,) = server.json("session", "list", "proxy@example.com", "--realm", "authspec")
    assert session["address"] == "203.0.113.7", "the right-most address that is no trusted proxy"
    mailbox.token(server.mail, "verify", "proxy@example.com")
    (message,) = [each for each in mailbox.messages(server.mail) if "proxy@example.com" in each[0]]
    assert "https://auth.example.com/verify-email?token=" in message[3]


def test_a_host_field_changes_no_link(server):
    person = Person(server, "authspec")
    body = json.dumps({"email": person.email, "password": PASSWORD}).encode()
    head = (
        "POST /api/auth/register HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    assert wire.raw(server.ports["authspec"], head.encode() + body).status == 200
    mailbox.token(server.mail, "verify", person.email)
    (message,) = [each for each in mailbox.messages(server.mail) if person.email in each[0]]
    assert "evil" not in message[3]


def test_pages_of_named_origins_may_call(own_server):
    server = own_server(**authspec(cors_origins=["https://app.example.com"]))
    server.start()
    person = signed_in(server, "authspec")
    headers = {"Authorization": f"Bearer {person.token}"}

    def asked(origin):
        return requests.get(server.url("authspec", ME), headers={**headers, "Origin": origin}, timeout=PATIENCE)

    friend = asked("https://app.example.com")
    assert friend.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert "Origin" in friend.headers["Vary"]
    for stranger in (
        "https://evil.example.com",
        "https://app.example.com.evil.example",
        "null",
        "http://app.example.com",
    ):
        assert "Access-Control-Allow-Origin" not in asked(stranger).headers, stranger
    before = requests.options(
        server.url("authspec", ME),
        headers={
            "Origin": "https://app.example.com",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
        timeout=PATIENCE,
    )
    assert before.status_code in (200, 204)
    assert before.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert "GET" in before.headers["Access-Control-Allow-Methods"]
    assert "authorization" in before.headers["Access-Control-Allow-Headers"].lower()
    refused = requests.get(server.url("authspec", ME), headers={"Origin": "https://app.example.com"}, timeout=PATIENCE)
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == "https://app.example.com", "the page may read the refusal"


def test_without_origins_named_no_page_may_call(server):
    answer = requests.get(server.url("authspec", ME), headers={"Origin": "https://app.example.com"}, timeout=PATIENCE)
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_full_queue_of_hashes_is_said_at_once(own_server):
    from test_concurrency import at_once

    server = own_server(dialects=["authspec"], configuration={"hashing": {"lanes": 1, "queue": 1, "iterations": 26}})
    server.start()
    person = signed_in(server, "authspec")
    answers = at_once(24, lambda _: person.try_sign_in())
    busy = [answer for answer in answers if answer.status_code == 503]
    assert busy and {answer.status_code for answer in answers} == {200, 503}
    for answer in busy:
        assert list(answer.json()) == ["error"] and int(answer.headers["Retry-After"]) >= 1
    assert person.use().status_code == 200
    assert person.try_sign_in().status_code == 200
