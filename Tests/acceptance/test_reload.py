"""A dialect file changed beside the running server, and taken up without a restart."""

import pathlib
import signal
import threading

import requests

from people import PASSWORD
from server import ROOT
from waiting import PATIENCE, until

TEXT = (ROOT / "Dialects" / "authspec" / "dialect.yaml").read_text()
MOVED = TEXT.replace(" /api/", " /v2/").replace("{error: Unauthorized}", "{detail: Who are you}")


def served(own_server, tmp_path, reload="signal"):
    file = pathlib.Path(tmp_path) / "app.yaml"
    file.write_text(TEXT)
    server = own_server(
        dialects=["app"], configuration={"reload": reload, "realms": {"app": {"dialect": str(file)}}}, secrets=None
    ).start()
    return server, file


def me(server, path="/api/auth/me", token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(server.url("app", path), headers=headers, timeout=PATIENCE)


def test_a_signal_takes_it_up_with_the_sessions_that_there_were(own_server, tmp_path):
    server, file = served(own_server, tmp_path)
    account = {"email": "ada@example.com", "password": PASSWORD}
    requests.post(server.url("app", "/api/auth/register"), json=account, timeout=PATIENCE)
    token = requests.post(server.url("app", "/api/auth/login"), json=account, timeout=PATIENCE).json()["token"]
    file.write_text(MOVED)
    assert me(server, "/v2/auth/me").status_code == 404
    server.process.send_signal(signal.SIGHUP)
    until(lambda: me(server, "/v2/auth/me").status_code == 401)
    assert me(server, "/v2/auth/me").json() == {"detail": "Who are you"}
    assert me(server, "/v2/auth/me", token).status_code == 200
    assert me(server).status_code == 404


def test_the_command_says_what_came_of_it(own_server, tmp_path):
    server, file = served(own_server, tmp_path)
    done = server.run("dialect", "reload")
    assert (done.returncode, done.stdout) == (0, "app: unchanged\n")
    file.write_text(MOVED)
    done = server.run("dialect", "reload")
    assert (done.returncode, done.stdout) == (0, "app: reloaded\n")
    file.write_text(MOVED.replace("do: me\n", "do: mee\n").replace("do: logout", "do: lgout"))
    done = server.run("dialect", "reload")
    assert done.returncode == 65
    assert "app: refused, the old dialect stays" in done.stderr
    assert "did you mean `me`?" in done.stderr and "did you mean `logout`?" in done.stderr
    assert me(server, "/v2/auth/me").status_code == 401
    file.write_text(MOVED.replace("id: uuid", "id: int"))
    done = server.run("dialect", "reload")
    assert done.returncode == 65
    assert "a running realm cannot change this" in done.stderr and "`users.id`" in done.stderr
    log = server.log_text()
    assert "dialect mistake" in log and "app.yaml" in log
    page = requests.get(f"http://127.0.0.1:{server.admin}/metrics", timeout=PATIENCE).text
    assert 'watchword_dialect_reloads_total{realm="app",result="refused"} 2' in page
    server.stop()
    done = server.run("dialect", "reload")
    assert done.returncode == 69
    assert "no server answers" in done.stderr


def test_a_watched_file_is_taken_up_by_itself(own_server, tmp_path):
    server, file = served(own_server, tmp_path, reload="watch")
    file.write_text("dialect: 1\n")
    until(lambda: "dialect not reloaded" in server.log_text())
    assert me(server).status_code == 401
    file.write_text(MOVED)
    until(lambda: me(server, "/v2/auth/me").status_code == 401)


def test_no_request_is_lost_while_it_changes(own_server, tmp_path):
    server, file = served(own_server, tmp_path)
    stop, seen, failures = threading.Event(), set(), []

    def ask():
        with requests.Session() as session:
            while not stop.is_set():
                try:
                    seen.add(session.get(server.url("app", "/api/auth/me"), timeout=PATIENCE).status_code)
                except requests.RequestException as failure:
                    failures.append(failure)
                    return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        file.write_text(MOVED if number % 2 == 0 else TEXT)
        assert server.run("dialect", "reload").returncode == 0
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert seen == {401, 404}
