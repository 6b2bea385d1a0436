"""Signs people up and in by the contracts, for tests that are about something else."""

import itertools
import secrets

import requests

from waiting import PATIENCE

PASSWORD = "violet-harbour-77"
counter = itertools.count()
RUN = secrets.token_hex(4)


def name():
    return f"p{RUN}{next(counter)}"


class Person:
    """One account of a realm, by the names of its contract."""

    def __init__(self, server, realm, who=None, password=PASSWORD):
        self.server, self.realm, self.password = server, realm, password
        self.username = who or name()
        self.email = f"{self.username}@example.com"
        self.token = self.refresh_token = self.key = self.id = None

    def post(self, path, **options):
        return requests.post(self.server.url(self.realm, path), timeout=PATIENCE, **options)

    def sign_up(self, expected=(200, 201)):
        body = {"email": self.email, "password": self.password}
        if self.realm in ("chatops", "stratify", "vsay"):
            body["username"] = self.username
        if self.realm == "chatops":
            body["password_confirm"] = self.password
        answer = self.post(SIGN_UP[self.realm], json=body)
        assert answer.status_code in expected, answer.text
        said = answer.json()
        if answer.status_code < 300:
            self.take(said)
        self.last = answer
        return self

    def sign_in(self, password=None):
        self.last = self.try_sign_in(password)
        assert self.last.status_code == 200, self.last.text
        self.take(self.last.json())
        return self

    def try_sign_in(self, password=None):
        password = password or self.password
        if self.realm in ("chatops", "stratify"):
            who = self.email if self.realm == "stratify" else self.username
            return self.post(SIGN_IN[self.realm], data={"username": who, "password": password})
        return self.post(SIGN_IN[self.realm], json={"email": self.email, "password": password})

    def take(self, said):
        user = said.get("user", said)
        self.id = user.get("id", self.id)
        self.token = said.get("token", said.get("access_token", self.token))
        self.refresh_token = said.get("refresh_token", self.refresh_token)
        self.key = user.get("apiKey", user.get("api_key", self.key))

    def use(self, token=None, headers=None):
        """The protected route of the contract."""
        headers = {"Authorization": f"Bearer {token or self.token}"} if headers is None else headers
        return requests.get(self.server.url(self.realm, PROTECTED[self.realm]), headers=headers, timeout=PATIENCE)

    def refresh(self, token=None):
        return self.post("/api/v1/auth/refresh", json={"refresh_token": token or self.refresh_token})


SIGN_UP = {
    "aethermind": "/api/auth/signup",
    "chatops": "/api/v1/auth/register",
    "vsay": "/api/signup",
    "authspec": "/api/auth/register",
    "stratify": "/api/v1/auth/register",
}
SIGN_IN = {
    "aethermind": "/api/auth/login",
    "chatops": "/api/v1/auth/login",
    "vsay": "/api/login",
    "authspec": "/api/auth/login",
    "stratify": "/api/v1/auth/login",
}
PROTECTED = {
    "aethermind": "/api/agents",
    "chatops": "/api/v1/servers",
    "vsay": "/api/machines",
    "authspec": "/api/auth/me",
    "stratify": "/api/v1/auth/me",
}


def signed_in(server, realm):
    return Person(server, realm).sign_up().sign_in()
