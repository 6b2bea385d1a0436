"""The real fastapi-users, started from its folder."""

import os
import pathlib
import re
import subprocess

import requests

from server import ROOT, accepts, free_ports
from waiting import PATIENCE, until

FOLDER = ROOT / "Tests" / "acceptance" / "peers" / "fastapi-users"


class Peer:
    def __init__(self, folder, secret):
        self.data = pathlib.Path(folder)
        self.data.mkdir(parents=True, exist_ok=True)
        self.secret = secret
        [self.port] = free_ports(1)
        self.process = None

    def url(self, path):
        return f"http://localhost:{self.port}{path}"

    def start(self):
        log = open(self.data / "log.txt", "ab")
        with log:
            self.process = subprocess.Popen(
                [str(FOLDER / "start"), str(self.port), str(self.data)],
                env={**os.environ, "SECRET": self.secret},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        # The first start installs it from PyPI.
        until(self.listens, within=600, every=0.1, told=self.log_text)
        return self

    def listens(self):
        assert self.process.poll() is None, self.log_text()
        return accepts(self.port)

    def log_text(self):
        return (self.data / "log.txt").read_text()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def mailed(self, path):
        """The token of the newest message with that link."""
        for message in sorted((self.data / "mail").glob("*.eml"), reverse=True):
            found = re.search(rf"/{path}\?token=(\S+)", message.read_text())
            if found:
                return found.group(1)
        raise AssertionError(f"nothing was mailed for {path}")


class Somebody:
    """A person of the old service, and later of the new one: the same routes."""

    def __init__(self, number):
        self.email = f"Person{number}@example.com"
        self.password = f"Pässwort {number} mit Leerzeichen 🔑"
        self.tokens = []
        self.id = None

    def register(self, service):
        answer = requests.post(service.url("/auth/register"), json={"email": self.email, "password": self.password})
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        return self

    def try_sign_in(self, service, password=None):
        form = {"username": self.email, "password": password or self.password}
        return requests.post(service.url("/auth/jwt/login"), data=form)

    def sign_in(self, service):
        answer = self.try_sign_in(service)
        assert answer.status_code == 200, answer.text
        self.tokens.append(answer.json()["access_token"])
        return self

    def verify(self, peer):
        requests.post(peer.url("/auth/request-verify-token"), json={"email": self.email})
        answer = requests.post(peer.url("/auth/verify"), json={"token": peer.mailed("verify")})
        assert answer.status_code == 200, answer.text
        return self


def me(service, token):
    return requests.get(service.url("/users/me"), headers={"Authorization": f"Bearer {token}"})
