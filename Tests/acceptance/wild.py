"""The files of Tests/wild: other well-known APIs, written from the language's document alone."""

import os
import subprocess

import requests

import mailbox
from people import name
from server import ROOT, binary

PASSWORD = "Violet-harbour-77"
OTHER = "Copper-lantern-42"
FILES = {file.stem: file for file in sorted((ROOT / "Tests/wild").glob("*.yaml"))}


def loading():
    """Of each file: the exit code of `dialect check`, and what it says."""
    environment = {"PATH": os.environ["PATH"]}
    said = {}
    for api, file in FILES.items():
        done = subprocess.run([binary(), "dialect", "check", str(file)], capture_output=True, text=True, env=environment)
        said[api] = (done.returncode, done.stdout + done.stderr)
    return said


class Visitor:
    """Somebody new to an API."""

    def __init__(self, server, api):
        self.server, self.api = server, api
        self.name = name()
        self.email = f"{self.name}@example.com"
        self.session = requests.Session()
        self.headers = {}

    def url(self, path=""):
        return self.server.url(self.api, path)

    def ask(self, method, path, expected=200, headers=None, **options):
        answer = self.session.request(
            method, self.url(path), headers={**self.headers, **(headers or {})}, allow_redirects=False, **options
        )
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text}"
        if answer.content and "json" in answer.headers["Content-Type"]:
            return answer.json()
        return answer

    def post(self, path, body=None, expected=200, **options):
        return self.ask("POST", path, expected, json=body, **options)

    def get(self, path, expected=200, **options):
        return self.ask("GET", path, expected, **options)

    def mailed(self, kind):
        return mailbox.token(self.server.mail, kind, self.email)

    def credentials(self, **more):
        return {"email": self.email, "password": PASSWORD, **more}
