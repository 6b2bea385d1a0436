"""The admin listener: health, readiness, and metrics that Prometheus can read."""

import re

import requests

from people import Person
from waiting import PATIENCE

SAMPLE = re.compile(
    r'^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? [-+0-9.eE]+(Inf|NaN)?( \d+)?$'
)


def get(server, path):
    return requests.get(f"http://127.0.0.1:{server.admin}{path}", timeout=PATIENCE)


def test_health_and_readiness(server):
    assert get(server, "/healthz").status_code == 200
    assert get(server, "/readyz").status_code == 200
    assert get(server, "/nothing").status_code == 404


def test_metrics(server):
    Person(server, "authspec").sign_up().sign_in().use()
    answer = get(server, "/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    assert lines
    for line in lines:
        assert SAMPLE.match(line), line
    assert "example.com" not in answer.text


def test_the_realms_do_not_serve_it(server):
    for port in server.ports.values():
        for path in ("/healthz", "/readyz", "/metrics"):
            assert requests.get(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE).status_code == 404
