"""Clients that nobody here wrote: requests, requests-oauthlib, PyJWT, joserfc."""

import base64
import json
import os
import time

import jwt
import pytest
from joserfc import jwt as jose
from joserfc.jwk import OctKey
from oauthlib.oauth2 import LegacyApplicationClient
from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from requests_oauthlib import OAuth2Session

from people import PASSWORD, Person, signed_in
from server import DIALECTS, SECRETS
from waiting import PATIENCE

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

# Claims of the access token, and its life in seconds, by document or reading.
CLAIMS = {
    "aethermind": ({"userId", "email", "iat", "exp"}, 7 * 86400),
    "chatops": ({"sub", "email", "exp", "type"}, 30 * 60),
    "vsay": ({"user_id", "username", "email", "iat", "exp"}, 24 * 3600),
    "authspec": ({"sub", "iat", "exp"}, 3600),
    "stratify": ({"sub", "type", "iat", "exp"}, 30 * 60),
}


@pytest.mark.parametrize("realm", ["chatops", "stratify"])
def test_an_oauth_client_signs_in_by_password(server, realm):
    person = Person(server, realm).sign_up()
    session = OAuth2Session(client=LegacyApplicationClient(client_id="web"))
    token = session.fetch_token(
        server.url(realm, "/api/v1/auth/login"),
        username=person.email,
        password=PASSWORD,
        client_id="web",
        client_secret="unused",
    )
    assert token["token_type"] == "bearer"
    route = {"chatops": "/api/v1/servers", "stratify": "/api/v1/auth/me"}[realm]
    assert session.get(server.url(realm, route)).status_code == 200


def test_an_oauth_client_refreshes(server):
    person = Person(server, "stratify").sign_up()
    session = OAuth2Session(client=LegacyApplicationClient(client_id="web"))
    url = server.url("stratify", "/api/v1/auth/login")
    first = session.fetch_token(url, username=person.email, password=PASSWORD)
    second = session.refresh_token(server.url("stratify", "/api/v1/auth/refresh"))
    assert second["refresh_token"] != first["refresh_token"]
    assert session.get(server.url("stratify", "/api/v1/auth/me")).json()["email"] == person.email


@pytest.mark.parametrize("realm", ["chatops", "stratify"])
def test_an_oauth_client_is_told_no(server, realm):
    session = OAuth2Session(client=LegacyApplicationClient(client_id="web"))
    with pytest.raises(OAuth2Error):
        session.fetch_token(
            server.url(realm, "/api/v1/auth/login"), username="nobody@example.com", password="not-the-password-9"
        )


@pytest.mark.parametrize("realm", DIALECTS)
def test_pyjwt_reads_an_access_token(server, realm):
    person = signed_in(server, realm)
    claims = jwt.decode(person.token, SECRETS[realm], algorithms=["HS256"], options={"verify_aud": False})
    names, life = CLAIMS[realm]
    if realm == "aethermind":
        assert list(claims) == ["userId", "email", "iat", "exp"]  # The document closes the set.
    assert names <= set(claims) <= names | {"iat", "jti"}
    assert isinstance(claims["exp"], int)
    assert abs(claims["exp"] - life - time.time()) < PATIENCE
    if "iat" in claims:
        assert isinstance(claims["iat"], int) and claims["iat"] <= time.time()
    if "sub" in claims:
        assert isinstance(claims["sub"], str) and claims["sub"] == str(person.id or claims["sub"])
    subject = claims.get("userId", claims.get("user_id", claims.get("sub")))
    if person.id is not None:
        assert subject == str(person.id)
    if "email" in names:
        assert claims["email"] == person.email
    if "type" in names:
        assert claims["type"] == "access"


@pytest.mark.parametrize("realm", ["chatops", "stratify"])
def test_pyjwt_reads_a_refresh_token(server, realm):
    person = signed_in(server, realm)
    claims = jwt.decode(person.refresh_token, SECRETS[realm], algorithms=["HS256"])
    assert claims["type"] == "refresh"
    assert abs(claims["exp"] - 7 * 86400 - time.time()) < PATIENCE


@pytest.mark.parametrize("realm", DIALECTS)
def test_the_header_is_exactly_alg_and_typ(server, realm):
    person = signed_in(server, realm)
    for token in filter(None, [person.token, person.refresh_token]):
        first = token.split(".")[0]
        assert first == base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()
        assert first.startswith("eyJhbGciOiJIUzI1NiIs")


@pytest.mark.parametrize("realm", DIALECTS)
def test_a_strict_verifier_takes_it(server, realm):
    person = signed_in(server, realm)
    token = jose.decode(person.token, OctKey.import_key(SECRETS[realm]), algorithms=["HS256"])
    jose.JWTClaimsRegistry().validate(token.claims)
    assert list(token.header) == ["alg", "typ"]


@pytest.mark.parametrize("realm", DIALECTS)
def test_every_sign_in_has_a_token_of_its_own(server, realm):
    person = Person(server, realm).sign_up()
    tokens = {person.sign_in().token for _ in range(4)}
    assert len(tokens) == 4
    for token in tokens:
        assert person.use(token).status_code == 200
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        assert claims.get("iat", 0) <= time.time()


def test_uses_of_a_key_end_at_the_limit(server):
    person = Person(server, "aethermind").sign_up()
    statuses = [person.use(headers={"X-API-Key": person.key}).status_code for _ in range(100)]
    assert statuses == [200] * 100
    spent = person.use(headers={"X-API-Key": person.key})
    assert spent.status_code == 429 and list(spent.json()) == ["error"]
    assert person.use().status_code == 200, "the person's own token is not counted"
    assert person.sign_in().last.json()["user"]["usageCount"] == 100


def test_a_connection_is_kept_for_the_next_request(server):
    import requests

    person = signed_in(server, "authspec")
    with requests.Session() as session:
        for _ in range(20):
            answer = session.get(
                server.url("authspec", "/api/auth/me"), headers={"Authorization": f"Bearer {person.token}"}, timeout=PATIENCE
            )
            assert answer.status_code == 200 and "close" not in answer.headers.get("Connection", "")
