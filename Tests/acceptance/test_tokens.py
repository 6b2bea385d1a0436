"""Tokens that must open nothing: refused alike, in the dialect's own words, and never a 5xx."""

import jwt
import pytest
import requests

import mailbox
import wire
from people import PROTECTED, Person, signed_in
from server import DIALECTS, SECRETS
from tokens import forgeries

REFUSED = {
    "aethermind": {"error": "Unauthorized"},
    "chatops": {"detail": "Could not validate credentials"},
    "vsay": {"error": "Invalid or expired token"},
    "authspec": {"error": "Unauthorized"},
    "stratify": {"detail": "Could not validate credentials"},
}


@pytest.mark.parametrize("realm", DIALECTS)
def test_forged_tokens_are_refused_alike(server, realm):
    person = signed_in(server, realm)
    foreign = signed_in(server, "authspec" if realm != "authspec" else "vsay")
    others = {"a token of another realm": foreign.token}
    if person.refresh_token:
        others["a refresh token"] = person.refresh_token
    if person.key:
        others["an API key"] = person.key
    if realm in ("aethermind", "authspec"):
        others["a mailed token"] = mailbox.token(server.mail, "verify", person.email)
    wrong = []
    for name, token in forgeries(person.token, SECRETS[realm], others):
        answer = wire.request(server.ports[realm], "GET", PROTECTED[realm], [("Authorization", f"Bearer {token}")])
        if answer.status != 401 or requests.compat.json.loads(answer.body) != REFUSED[realm]:
            wrong.append((name, answer.status, answer.body))
    assert not wrong
    assert person.use().status_code == 200, "the good token stays good"


@pytest.mark.parametrize("realm", DIALECTS)
def test_moments_beyond_all_measure_end_no_server(server, realm):
    """As a service that shares the secret may write them, in seconds or milliseconds or by mistake."""
    person = signed_in(server, realm)
    claims = jwt.decode(person.token, options={"verify_signature": False})
    header = jwt.get_unverified_header(person.token)
    far = (9_999_999_999_999, 2**53, 2**63 - 1, 2**63, -1, -(2**63), 1e18, 1e300, 0.5)
    for name in ("exp", "iat", "nbf"):
        for moment in far:
            token = jwt.encode({**claims, name: moment}, SECRETS[realm], header["alg"], headers=header)
            answer = wire.request(server.ports[realm], "GET", PROTECTED[realm], [("Authorization", f"Bearer {token}")])
            assert answer.status in (200, 401), (name, moment, answer)
    assert person.use().status_code == 200


@pytest.mark.parametrize("realm", DIALECTS)
def test_headers_that_carry_no_token(server, realm):
    person = signed_in(server, realm)
    port, path = server.ports[realm], PROTECTED[realm]
    for value in (
        "Bearer",
        "Bearer ",
        f"Bearer{person.token}",
        f"Basic {person.token}",
        person.token,
        f"Bearer {person.token} {person.token}",
        f"Bearer {person.token},",
        f"Bearer,{person.token}",
        f'Bearer "{person.token}"',
        "\x01",
        "Bearer \xff\xfe",
    ):
        answer = wire.request(port, "GET", path, [("Authorization", value)])
        assert answer.status in (400, 401), (value, answer)
    twice = wire.request(
        port, "GET", path, [("Authorization", "Bearer x"), ("Authorization", f"Bearer {person.token}")]
    )
    assert twice.status in (400, 401)


@pytest.mark.parametrize("realm", ["chatops", "stratify"])
def test_forged_refresh_tokens_are_refused_alike(server, realm):
    person = signed_in(server, realm)
    wrong = []
    for name, token in forgeries(person.refresh_token, SECRETS[realm], {"an access token": person.token}):
        answer = person.refresh(token)
        if answer.status_code != 401 or answer.json() != {"detail": "Invalid refresh token"}:
            wrong.append((name, answer.status_code, answer.text))
    assert not wrong
    assert person.refresh().status_code == 200, "the good token stays good"


@pytest.mark.parametrize("realm", DIALECTS)
def test_an_enormous_header_is_refused_and_the_server_lives(server, realm):
    answer = wire.request(server.ports[realm], "GET", PROTECTED[realm], [("Authorization", "Bearer " + "a" * 400_000)])
    assert answer.status in (400, 401, 431), answer
    assert Person(server, realm).sign_up().sign_in().use().status_code == 200
