"""requests-oauthlib against the dialect of fastapi-users."""

import os

import mailbox
import pytest
import requests
from oauthlib.oauth2 import LegacyApplicationClient
from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from requests_oauthlib import OAuth2Session

from people import name
from waiting import until

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
PASSWORD = "violet-harbour-77"
OTHER = "copper-lantern-42"


class Visitor:
    def __init__(self, server):
        self.server = server
        self.email = f"{name()}@example.com"
        self.session = OAuth2Session(client=LegacyApplicationClient(client_id="web"))

    def url(self, path):
        return self.server.url("fastapi-users", path)

    def register(self):
        answer = requests.post(self.url("/auth/register"), json={"email": self.email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def sign_in(self, password=PASSWORD):
        return self.session.fetch_token(
            self.url("/auth/jwt/login"), username=self.email, password=password, client_id="web", client_secret="none"
        )

    def me(self):
        return self.session.get(self.url("/users/me"))


@pytest.fixture
def visitor(server):
    return Visitor(server)


def test_register_sign_in_use_and_sign_out(visitor):
    made = visitor.register()
    assert made["is_active"] is True and made["is_superuser"] is False and made["is_verified"] is False
    token = visitor.sign_in()
    assert token["token_type"] == "bearer"
    assert visitor.me().json() == made
    assert visitor.session.post(visitor.url("/auth/jwt/logout")).status_code == 204
    assert visitor.me().status_code == 401


def test_wrong_password(visitor):
    visitor.register()
    with pytest.raises(OAuth2Error):
        visitor.sign_in(OTHER)
    answer = requests.post(visitor.url("/auth/jwt/login"), data={"username": visitor.email, "password": OTHER})
    assert (answer.status_code, answer.json()) == (400, {"detail": "LOGIN_BAD_CREDENTIALS"})


def test_there_is_no_refresh(visitor):
    """fastapi-users issues one token and no route to renew it."""
    visitor.register()
    assert "refresh_token" not in visitor.sign_in()


def test_another_address_has_to_be_verified_again(visitor):
    visitor.register()
    visitor.sign_in()
    visitor.session.post(visitor.url("/auth/request-verify-token"), json={"email": visitor.email})
    token = mailbox.token(visitor.server.mail, "verify", visitor.email)
    answer = visitor.session.post(visitor.url("/auth/verify"), json={"token": token})
    assert answer.json()["is_verified"] is True
    visitor.email = f"{name()}@example.com"
    answer = visitor.session.patch(visitor.url("/users/me"), json={"email": visitor.email})
    assert answer.status_code == 200 and answer.json()["email"] == visitor.email
    assert answer.json()["is_verified"] is False


def test_another_password(visitor):
    visitor.register()
    visitor.sign_in()
    assert visitor.session.patch(visitor.url("/users/me"), json={"password": OTHER}).status_code == 200
    with pytest.raises(OAuth2Error):
        visitor.sign_in()
    visitor.sign_in(OTHER)
    answer = visitor.session.patch(visitor.url("/users/me"), json={"password": "ab"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == {
        "code": "UPDATE_USER_INVALID_PASSWORD",
        "reason": "Password should be at least 3 characters",
    }


def test_reset(visitor):
    visitor.register()
    visitor.sign_in()
    for address in (visitor.email, "nobody@example.com"):
        answer = requests.post(visitor.url("/auth/forgot-password"), json={"email": address})
        assert (answer.status_code, answer.text) == (202, "null")
    token = mailbox.token(visitor.server.mail, "reset", visitor.email)
    body = {"token": token, "password": OTHER}
    assert requests.post(visitor.url("/auth/reset-password"), json=body).status_code == 200
    assert visitor.me().status_code == 401
    visitor.sign_in(OTHER)
    assert visitor.me().status_code == 200
    again = requests.post(visitor.url("/auth/reset-password"), json=body)
    assert (again.status_code, again.json()) == (400, {"detail": "RESET_PASSWORD_BAD_TOKEN"})


def test_verify_twice(visitor):
    visitor.register()
    requests.post(visitor.url("/auth/request-verify-token"), json={"email": visitor.email})
    body = {"token": mailbox.token(visitor.server.mail, "verify", visitor.email)}
    assert requests.post(visitor.url("/auth/verify"), json=body).json()["is_verified"] is True
    again = requests.post(visitor.url("/auth/verify"), json=body)
    assert (again.status_code, again.json()) == (400, {"detail": "VERIFY_USER_ALREADY_VERIFIED"})


def test_users_are_a_superusers_matter(visitor):
    made = visitor.register()
    visitor.sign_in()
    other = Visitor(visitor.server).register()
    answer = visitor.session.get(visitor.url(f"/users/{other['id']}"))
    assert (answer.status_code, answer.json()) == (403, {"detail": "Forbidden"})
    promoted = visitor.server.run(
        "account", "set", f"id:{made['id']}", "role=superuser", "--realm", "fastapi-users"
    )
    assert promoted.returncode == 0, promoted.stderr
    until(lambda: visitor.me().json()["is_superuser"])  # A running server learns of it within a moment.
    assert visitor.session.get(visitor.url(f"/users/{other['id']}")).json() == other
    assert visitor.me().json()["is_superuser"] is True
    assert visitor.session.get(visitor.url("/users/no-id")).status_code == 403
