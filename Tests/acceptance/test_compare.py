"""`dialect record` and `dialect compare`, against a server that we know and one that we did not write."""

import signal
import subprocess
import time

import pytest
import requests

import server as house
from waiting import PATIENCE, until

UNIQUE = "recorded"


def dialect(*arguments, **options):
    return subprocess.run(
        [house.binary(), "dialect", *map(str, arguments)], capture_output=True, text=True, timeout=300, **options
    )


@pytest.fixture
def recorder(server, tmp_path):
    """A recording proxy before the shared server's Stratify: its URL and the file it writes."""
    port, file = house.free_ports(1)[0], tmp_path / "recorded.http"
    process = subprocess.Popen(
        [house.binary(), "dialect", "record", "--upstream", server.url("stratify"), "--listen", f"127.0.0.1:{port}"]
        + ["--into", str(file)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "Listening on" in process.stdout.readline()
    yield f"http://127.0.0.1:{port}/api/v1/auth", file
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0


def converse(base, unique):
    email, password = f"{unique}@corp.example", "Tr0ub4dor&3-and-more"
    person = {"email": email, "username": unique, "password": password}
    assert requests.post(f"{base}/register", json=person, timeout=PATIENCE).status_code == 201
    assert requests.post(f"{base}/register", json=person, timeout=PATIENCE).status_code == 400
    pair = requests.post(f"{base}/login", data={"username": email, "password": password}, timeout=PATIENCE).json()
    bearer = {"Authorization": f"Bearer {pair['access_token']}"}
    assert requests.get(f"{base}/me", headers=bearer, timeout=PATIENCE).json()["email"] == email
    assert requests.post(f"{base}/refresh", json={"refresh_token": pair["refresh_token"]}, timeout=PATIENCE).ok
    assert requests.get(f"{base}/me", headers={"Authorization": "Bearer none"}, timeout=PATIENCE).status_code == 401
    return [email, unique, password, pair["access_token"], pair["refresh_token"]]


def test_a_recording_holds_no_secret_and_runs_again(recorder, server):
    base, file = recorder
    secrets = converse(base, f"{UNIQUE}{time.monotonic_ns()}")
    text = file.read_text()
    for secret in secrets:
        assert secret not in text
    assert text.count("====") == 5
    done = dialect("compare", "stratify", file, "--against", server.url("stratify"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 files, 6 requests: 1 the same" in done.stdout


def test_a_proxy_whose_upstream_is_down_says_so(tmp_path):
    down, port = house.free_ports(2)
    process = subprocess.Popen(
        [house.binary(), "dialect", "record", "--upstream", f"http://127.0.0.1:{down}"]
        + ["--listen", f"127.0.0.1:{port}", "--into", str(tmp_path / "r.http")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "Listening on" in process.stdout.readline()
    answer = requests.get(f"http://127.0.0.1:{port}/x", timeout=PATIENCE)
    process.terminate()
    assert (answer.status_code, answer.text) == (502, "the recorded server cannot be reached\n")
    assert process.wait(PATIENCE) == 0


def test_a_recording_is_never_written_over(tmp_path):
    file = tmp_path / "r.http"
    file.write_text("mine")
    done = dialect("record", "--upstream", "http://127.0.0.1:9", "--into", file)
    assert done.returncode == 73 and "is there already" in done.stderr
    assert file.read_text() == "mine"


def test_what_differs_is_told_unless_it_is_tolerated(server, tmp_path):
    file = tmp_path / "me--anonymous.http"
    file.write_text("GET /api/auth/me\n")
    told = dialect("compare", "stratify", file, "--against", server.url("authspec"))
    assert told.returncode == 1
    assert "me--anonymous\n  1: status\n    ours    404\n    theirs  401" in told.stdout
    tolerances = tmp_path / "differences.txt"
    tolerances.write_text("me--* | * | two APIs\nother | * | nothing needs this\n")
    done = dialect("compare", "stratify", file, "--against", server.url("authspec"), "--tolerate", tolerances)
    assert done.returncode == 0, done.stdout
    assert "line 2 of the tolerances is no longer needed" in done.stdout
    tolerances.write_text("me--* | *\n")
    done = dialect("compare", "stratify", file, "--against", server.url("authspec"), "--tolerate", tolerances)
    assert done.returncode == 65 and f"{tolerances}:1: a line is `FILES | PLACES | REASON`" in done.stderr


def test_a_broken_exchange_file_is_named(tmp_path):
    file = tmp_path / "broken.http"
    file.write_text("GET /x\nnonsense\n")
    done = dialect("compare", "stratify", file, "--against", "http://127.0.0.1:9")
    assert done.returncode == 65 and f"{file}:2: a header field is `Name: value`" in done.stderr
    done = dialect("compare", "stratify", tmp_path / "none.http", "--against", "http://127.0.0.1:9")
    assert done.returncode == 67 and "there is no file" in done.stderr


@pytest.fixture(scope="module")
def fastapi_users(tmp_path_factory):
    """The real fastapi-users, from PyPI."""
    port, data = house.free_ports(1)[0], tmp_path_factory.mktemp("fastapi-users")
    start = house.ROOT / "Tests" / "acceptance" / "peers" / "fastapi-users" / "start"
    process = subprocess.Popen([str(start), str(port), str(data)])

    def listens():
        assert process.poll() is None, "fastapi-users does not start"
        return house.accepts(port)

    until(listens, within=600, every=0.1)
    yield f"http://127.0.0.1:{port}", data / "mail"
    process.terminate()
    process.wait(PATIENCE)


def test_our_fastapi_users_answers_as_the_real_one(fastapi_users):
    """Every difference is listed, with its reason, in Dialects/fastapi-users/differences.txt."""
    url, mail = fastapi_users
    done = dialect(
        *("compare", "fastapi-users", house.ROOT / "Tests/acceptance/peers/fastapi-users/requests"),
        *("--against", url, "--their-mail", mail),
        *("--tolerate", house.ROOT / "Dialects/fastapi-users/differences.txt"),
        env={"PATH": "/usr/bin:/bin", "SECRET": "peer-secret-0123456789abcdef0123456789abcdef"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no longer needed" not in done.stdout
    requests_run = int(done.stdout.splitlines()[-1].split(" files, ")[1].split(" ")[0])
    assert requests_run >= 60
