"""The curl lines of the five documents, as printed, run by curl in a shell.

Only the host is put in (`https://your-vsay-instance.com` is the reader's own), the port where the test
server has another, and the token where the document has a placeholder.
"""

import json
import subprocess

import pytest

from people import Person, signed_in
from server import Server, accepts
from waiting import PATIENCE


def curl(server, realm, line, **placeholders):
    for host in ("http://localhost:3001", "http://localhost:8000", "https://your-vsay-instance.com"):
        line = line.replace(host, server.url(realm))
    for written, value in placeholders.items():
        assert written in line
        line = line.replace(written, value)
    done = subprocess.run(
        ["bash", "-c", line.replace("curl ", "curl -sS -w '\\n%{http_code}' ", 1)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body)


AETHERMIND_USE = r"""
curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiIs..." \
     http://localhost:3001/api/agents
"""

VSAY_SIGN_UP = r"""
curl -X POST https://your-vsay-instance.com/api/signup \
  -H "Content-Type: application/json" \
  -d '{"username": "johndoe", "email": "john@example.com", "password": "yourpassword"}'
"""
VSAY_SIGN_IN = r"""
curl -X POST https://your-vsay-instance.com/api/login \
  -H "Content-Type: application/json" \
  -d '{"email": "john@example.com", "password": "yourpassword"}'
"""
VSAY_REFRESH = r"""
curl -X POST https://your-vsay-instance.com/api/auth/refresh \
  -H "Authorization: Bearer YOUR_CURRENT_TOKEN"
"""
VSAY_USE = r"""
curl -H "Authorization: Bearer YOUR_JWT_TOKEN" \
  https://your-vsay-instance.com/api/machines
"""

STRATIFY_REGISTER = r"""
curl -X POST http://localhost:8000/api/v1/auth/register \
  -H "Content-Type: application/json" \
  -d '{"email":"user@example.com","username":"newuser","password":"password123"}'
"""
STRATIFY_SIGN_IN = r"""
curl -X POST http://localhost:8000/api/v1/auth/login \
  -H "Content-Type: application/x-www-form-urlencoded" \
  -d "username=user@example.com&password=password123"
"""
STRATIFY_ME = r"""
curl http://localhost:8000/api/v1/auth/me \
  -H "Authorization: Bearer <access_jwt>"
"""


def test_aethermind(server):
    person = signed_in(server, "aethermind")
    assert person.token.startswith("eyJhbGciOiJIUzI1NiIs")
    written = "eyJhbGciOiJIUzI1NiIs..."
    assert curl(server, "aethermind", AETHERMIND_USE, **{written: person.token}) == (200, [])
    assert curl(server, "aethermind", AETHERMIND_USE)[0] == 401


def test_vsay(server):
    status, said = curl(server, "vsay", VSAY_SIGN_UP)
    assert status == 201
    assert said == {
        "message": "User registered successfully",
        "user": {"id": said["user"]["id"], "username": "johndoe", "email": "john@example.com"},
    }
    status, said = curl(server, "vsay", VSAY_SIGN_IN)
    assert status == 200 and said["message"] == "Login successful"
    assert said["token"].startswith("eyJhbGciOiJIUzI1NiIs")
    assert list(said["user"]) == ["id", "username", "email", "api_key"]
    status, renewed = curl(server, "vsay", VSAY_REFRESH, YOUR_CURRENT_TOKEN=said["token"])
    assert status == 200 and list(renewed) == ["token"]
    assert curl(server, "vsay", VSAY_USE, YOUR_JWT_TOKEN=renewed["token"]) == (200, {"machines": []})


def test_stratify(server):
    status, profile = curl(server, "stratify", STRATIFY_REGISTER)
    assert status == 201
    assert profile == {
        "id": profile["id"],
        "email": "user@example.com",
        "username": "newuser",
        "display_name": None,
        "avatar_url": None,
        "theme": "dark",
        "is_verified": False,
        "is_premium": False,
    }
    status, pair = curl(server, "stratify", STRATIFY_SIGN_IN)
    assert status == 200 and list(pair) == ["access_token", "refresh_token", "token_type"]
    status, me = curl(server, "stratify", STRATIFY_ME, **{"<access_jwt>": pair["access_token"]})
    assert status == 200 and me == profile and isinstance(me["id"], int)


def test_the_agents_key_of_vsay_registers_an_agent(server):
    person = signed_in(server, "vsay")
    answer = person.post("/api/agents/register", json={"name": "laptop"}, headers={"X-API-Key": person.key})
    assert answer.status_code == 201
    assert [each["name"] for each in person.use().json()["machines"]] == ["laptop"]


@pytest.mark.skipif(accepts(3001) or accepts(8000) or accepts(9091), reason="a port of the documents is taken here")
def test_without_a_file_the_documents_ports_are_served(tmp_path):
    server = Server(tmp_path / "bare", dialects=[])
    server.admin = 9091
    server.ports = {"aethermind": 3001, "stratify": 8000}
    server.write = lambda: None
    del server.environment["WATCHWORD_CONFIG"]
    with server:
        assert Person(server, "aethermind").sign_up().use().status_code == 200
        assert curl(server, "stratify", STRATIFY_REGISTER)[0] == 201
        assert curl(server, "stratify", STRATIFY_SIGN_IN)[0] == 200
        table = server.log_text()
        for realm in ("aethermind", "chatops", "vsay", "authspec", "stratify"):
            assert realm in table
        assert "http://localhost:3001" in table and "http://localhost:8000" in table and "curl" in table
