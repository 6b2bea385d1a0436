"""What stops a start: one clear screen that names the mend, an exit code that is not 0, and nothing lost."""

import os
import pathlib
import socket
import sqlite3
import subprocess

import pytest

from people import Person
from server import ROOT, binary, refused_start
from waiting import PATIENCE


def clear(code, text, *words):
    assert code not in (0, None) and code > 0, (code, text)
    assert len(text.splitlines()) < 40, text
    for word in words:
        assert word in text, (word, text)
    assert "Fatal error" not in text and "Stack dump" not in text and "Error Domain" not in text, text


def test_a_bad_dialect(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text((ROOT / "Dialects" / "authspec" / "dialect.yaml").read_text().replace("do: me", "do: mee"))
    code, text = refused_start(
        tmp_path / "s", dialects=["authspec"], configuration={"realms": {"authspec": {"dialect": str(broken)}}}
    )
    clear(code, text, "broken.yaml:", "did you mean `me`")


def test_a_dialect_that_is_not_there(tmp_path):
    code, text = refused_start(
        tmp_path / "s", dialects=["authspec"], configuration={"realms": {"authspec": {"dialect": "./nothing.yaml"}}}
    )
    clear(code, text, "nothing.yaml")
    code, text = refused_start(
        tmp_path / "s", dialects=["authspec"], configuration={"realms": {"authspec": {"dialect": "authspce"}}}
    )
    clear(code, text, "authspec")


@pytest.mark.parametrize(
    "text,words",
    [
        ("data_dirctory: x\n", ["data_directory", ":1:1"]),
        ("admin:\n  port: many\n", ["admin.port", ":2:"]),
        ("log: {level: loud}\n", ["log.level"]),
        ("realms: [a, b]\n", ["realms"]),
        ("realms:\n  Bad Name: {dialect: vsay}\n", ["Bad Name"]),
        ("a: b: c\n", [":1:"]),
        ("\tx: y\n", [":1:"]),
        ("admin: {port: 1}\nadmin: {port: 2}\n", ["admin", ":2:1"]),
        ("throttle: {enabled: yes}\n", [":1:21", "`yes`"]),
        ("throttle: {enabled: 1}\n", ["throttle.enabled"]),
        ("realms:\n  one: {dialect: vsay, port: 70000}\n", ["port"]),
        ("realms:\n  one: {dialect: vsay, port: 4100}\n  two: {dialect: authspec, port: 4100}\n", ["4100"]),
    ],
    ids=lambda value: None,
)
def test_a_bad_configuration(tmp_path, text, words):
    code, shown = refused_start(tmp_path, text=text, dialects=[])
    clear(code, shown, *words)
    checked, again = refused_start(tmp_path, arguments=("config", "check"), text=text, dialects=[])
    clear(checked, again, *words)


def test_a_configuration_that_is_not_there(tmp_path):
    code, text = refused_start(tmp_path, environment={"WATCHWORD_CONFIG": str(tmp_path / "none.yaml")})
    clear(code, text, "none.yaml")


def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, text = refused_start(
            tmp_path, dialects=["authspec"], configuration={"realms": {"authspec": {"port": port}}}
        )
        clear(code, text, str(port))
        assert len(text.splitlines()) <= 4, "one screen, and no log lines of what followed from it"


def test_off_loopback_in_plain_text(tmp_path):
    code, text = refused_start(
        tmp_path, dialects=["authspec"], configuration={"realms": {"authspec": {"host": "0.0.0.0"}}}
    )
    clear(code, text, "tls", "require_https")


@pytest.mark.parametrize("secret", ["short", "x" * 31])
def test_a_short_secret(tmp_path, secret):
    code, text = refused_start(tmp_path, dialects=["aethermind"], secrets=None, environment={"JWT_SECRET": secret})
    clear(code, text, "JWT_SECRET", "32")
    assert secret not in text


@pytest.mark.parametrize(
    "variable,value",
    [
        ("JWT_ALGORITHM", "none"),
        ("JWT_ALGORITHM", "RS256"),
        ("JWT_ALGORITHM", "HS1"),
        ("JWT_ALGORITHM", ""),
        ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "0"),
        ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "-5"),
        ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "soon"),
        ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "1.5"),
        ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "0"),
        ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "99999999999999999999"),
    ],
)
def test_a_bad_variable_of_a_document(tmp_path, variable, value):
    if value == "":
        pytest.skip("an empty variable counts as absent")
    code, text = refused_start(tmp_path, dialects=["stratify"], environment={variable: value})
    clear(code, text, variable)


def test_a_data_directory_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, text = refused_start(
        tmp_path / "s", dialects=["authspec"], configuration={"data_directory": str(tmp_path / "file" / "data")}
    )
    clear(code, text, "file")
    code, text = refused_start(
        tmp_path / "s", dialects=["authspec"], configuration={"data_directory": str(tmp_path / "file")}
    )
    clear(code, text, "file")
    assert (tmp_path / "file").read_text() == "in the way"


def database(server):
    found = [file for file in server.data.rglob("*") if file.is_file() and file.read_bytes()[:15] == b"SQLite format 3"]
    assert len(found) == 1, found
    return found[0]


def stopped_with_an_account(own_server):
    server = own_server(dialects=["authspec"])
    server.start()
    person = Person(server, "authspec").sign_up()
    server.stop()
    return server, person


def start_again(server):
    return subprocess.run(
        [binary(), "serve"],
        cwd=server.folder,
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )


def test_a_newer_database(own_server):
    server, person = stopped_with_an_account(own_server)
    file = database(server)
    connection = sqlite3.connect(file)
    connection.execute("update schema_version set version = version + 1000")
    connection.commit()
    before = list(connection.iterdump())
    connection.close()
    done = start_again(server)
    clear(done.returncode, done.stdout + done.stderr, "newer")
    connection = sqlite3.connect(file)
    assert list(connection.iterdump()) == before, "it was changed"
    connection.close()


def test_a_corrupt_database(own_server):
    server, _ = stopped_with_an_account(own_server)
    file = database(server)
    whole = file.read_bytes()
    for extra in ("-wal", "-shm"):
        pathlib.Path(str(file) + extra).unlink(missing_ok=True)
    file.write_bytes(b"not a database at all" * 500)
    done = start_again(server)
    clear(done.returncode, done.stdout + done.stderr, file.name)
    assert file.read_bytes() == b"not a database at all" * 500, "nothing is overwritten"
    file.write_bytes(whole)
    server.start()


def test_a_lost_secret_is_named(own_server):
    """A database without the secrets it was made with must not be served with new ones in silence."""
    server, person = stopped_with_an_account(own_server)
    secrets = [
        file for file in server.data.rglob("*") if file.is_file() and "secret" in str(file.relative_to(server.data))
    ]
    assert secrets, "no secrets are kept"
    for file in secrets:
        assert file.stat().st_mode & 0o077 == 0, f"{file} can be read by others"
    kept = {file: file.read_bytes() for file in secrets}
    for file in secrets:
        file.write_bytes(b"")
    done = start_again(server)
    clear(done.returncode, done.stdout + done.stderr, "secret")
    for file, data in kept.items():
        file.write_bytes(data)
    server.start()
    assert person.try_sign_in().status_code == 200


def test_files_are_private(own_server):
    server, _ = stopped_with_an_account(own_server)
    assert server.data.stat().st_mode & 0o077 == 0
    assert database(server).stat().st_mode & 0o077 == 0


def can_mount(folder):
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(folder)], capture_output=True)
    return done.returncode == 0


def test_a_full_disk_refuses_and_loses_nothing(own_server, tmp_path):
    folder = tmp_path / "small"
    if os.geteuid() != 0 or not can_mount(folder):
        pytest.skip("mounting needs a privilege that is not here")
    try:
        server = own_server(dialects=["authspec"], configuration={"data_directory": str(folder / "data")})
        server.start()
        kept = [Person(server, "authspec").sign_up() for _ in range(3)]
        with open(folder / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(b"\0" * 4096)
            except OSError:
                pass
        answers = [Person(server, "authspec").sign_up(range(200, 600)).last for _ in range(40)]
        assert all(answer.status_code in (200, 500, 503) for answer in answers)
        failed = [answer for answer in answers if answer.status_code >= 500]
        assert failed, "the disk never filled"
        assert all(list(answer.json()) == ["error"] for answer in failed)
        assert all(word not in answer.text.lower() for answer in failed for word in ("sqlite", "disk", "insert"))
        os.unlink(folder / "ballast")
        later = Person(server, "authspec").sign_up()
        server.stop()
        server.start()
        for person in [*kept, later]:
            assert person.try_sign_in().status_code == 200
    finally:
        for each in (server,):
            each.stop()
        subprocess.run(["umount", str(folder)], check=True)


def test_two_servers_on_one_database(own_server):
    """Either the second is refused clearly, or both serve the same accounts."""
    server = own_server(dialects=["authspec"])
    server.start()
    person = Person(server, "authspec").sign_up()
    second = own_server(dialects=["authspec"], configuration={"data_directory": str(server.data)})
    try:
        second.start()
    except AssertionError as refusal:
        assert "it ended with" in str(refusal) and "ended with 0" not in str(refusal)
        return
    assert second.stop() == 0 or person
