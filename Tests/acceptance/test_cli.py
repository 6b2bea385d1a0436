"""The commands, beside a running server on the same database."""

import json
import re
import shutil

import pytest

from people import PASSWORD, Person, signed_in
from server import DIALECTS, Server
from waiting import PATIENCE, until


def refused(person):
    return person.use().status_code == 401


@pytest.mark.parametrize("realm", DIALECTS)
def test_a_disabled_account_is_out_at_once(server, realm):
    person = signed_in(server, realm)
    assert person.use().status_code == 200
    shown = server.json("account", "disable", person.email, "--realm", realm)
    assert shown["disabled"] is True
    until(lambda: refused(person))
    code = person.try_sign_in().status_code
    assert code == (400 if realm == "authspec" else 401)
    assert person.try_sign_in().text == Person(server, realm).try_sign_in().text, "it looks like any wrong password"
    if person.key:
        assert person.use(headers={"X-API-Key": person.key}).status_code == 401
    if person.refresh_token:
        assert person.refresh().status_code == 401
    server.json("account", "enable", person.email, "--realm", realm)
    assert person.sign_in().use().status_code == 200


@pytest.mark.parametrize("realm", DIALECTS)
def test_a_revoked_session_is_out_at_once(server, realm):
    person = Person(server, realm).sign_up().sign_in()
    other = Person(server, realm, person.username).sign_in()
    sessions = server.json("session", "list", person.email, "--realm", realm)
    inspected = json.loads(server.run("token", "inspect", "--realm", realm, "--json", input=person.token).stdout)
    assert inspected["good"] is True and inspected["email"] == person.email
    assert inspected["session_id"] in [each["id"] for each in sessions]
    # Ids are base64url, which may begin with a hyphen: `--` ends the options.
    done = server.run("session", "revoke", "--realm", realm, "--", inspected["session_id"])
    assert done.returncode == 0, done.stderr
    until(lambda: refused(person))
    assert other.use().status_code == 200
    again = server.run("session", "revoke", "--realm", realm, "--", inspected["session_id"])
    assert again.returncode != 0
    count = server.json("session", "revoke", "--account", person.email, "--realm", realm)["revoked"]
    assert count >= 1
    until(lambda: refused(other))


def test_a_revoked_key_is_out_at_once(server):
    person = Person(server, "aethermind").sign_up()
    assert person.use(headers={"X-API-Key": person.key}).status_code == 200
    (key,) = server.json("key", "list", person.email, "--realm", "aethermind")
    assert person.key not in json.dumps(key)
    assert server.run("key", "revoke", key["id"], "--realm", "aethermind").returncode == 0
    until(lambda: person.use(headers={"X-API-Key": person.key}).status_code == 401)
    made = server.json("key", "create", person.email, "--name", "spare", "--realm", "aethermind")
    assert re.fullmatch(r"aethermind_[0-9a-f]{64}", made["secret"])
    until(lambda: person.use(headers={"X-API-Key": made["secret"]}).status_code == 200)


def test_a_password_is_set(server):
    person = signed_in(server, "chatops")
    done = server.run("account", "password", person.email, "--realm", "chatops", input="operator-chose-this-1\n")
    assert done.returncode == 0, done.stderr
    until(lambda: refused(person))
    assert person.try_sign_in().status_code == 401
    assert person.try_sign_in("operator-chose-this-1").status_code == 200
    assert "operator-chose-this-1" not in done.stdout + done.stderr
    weak = server.run("account", "password", person.email, "--realm", "chatops", input="short\n")
    assert weak.returncode != 0 and person.try_sign_in("operator-chose-this-1").status_code == 200


def test_typed_fields_are_set(server):
    person = signed_in(server, "stratify")
    shown = server.run(
        "account",
        "set",
        person.email,
        "is_premium=true",
        "theme=light",
        "verified=true",
        "display_name=New User",
        "--realm",
        "stratify",
    )
    assert shown.returncode == 0, shown.stderr

    def changed():
        me = person.use().json()
        return (me["is_premium"], me["theme"], me["is_verified"], me["display_name"]) == (
            True,
            "light",
            True,
            "New User",
        )

    until(changed)
    for wrong in ("is_premium=maybe", "nothing=1", "theme"):
        assert server.run("account", "set", person.email, wrong, "--realm", "stratify").returncode != 0
    assert changed()
    admin = signed_in(server, "authspec")
    assert server.run("account", "set", admin.email, "role=admin", "--realm", "authspec").returncode == 0
    until(lambda: admin.use().json()["user"]["role"] == "admin")
    assert server.run("account", "set", admin.email, "role=emperor", "--realm", "authspec").returncode != 0


def test_an_account_is_created_shown_and_deleted(server):
    person = Person(server, "authspec")
    made = server.json("account", "create", "--email", person.email, "--realm", "authspec", input=PASSWORD + "\n")
    assert made["email"] == person.email
    person.sign_in()
    shown = server.json("account", "show", person.email, "--realm", "authspec")
    assert shown["id"] == made["id"] and shown["live_sessions"] == 1
    twice = server.run("account", "create", "--email", person.email, "--realm", "authspec", input=PASSWORD + "\n")
    assert twice.returncode != 0
    listed = server.json("account", "list", "--limit", "100000", "--realm", "authspec")
    assert made["id"] in [each["id"] for each in listed]
    assert server.run("account", "delete", person.email, "--yes", "--realm", "authspec").returncode == 0
    until(lambda: refused(person))
    assert person.try_sign_in().status_code == 400
    assert server.run("account", "show", person.email, "--realm", "authspec").returncode != 0
    assert Person(server, "authspec", person.username).sign_up().sign_in().use().status_code == 200


def test_the_audit_shows_what_happened(server):
    person = signed_in(server, "stratify")
    person.try_sign_in("not-the-password-9")
    used = person.refresh_token
    person.take(person.refresh().json())
    person.refresh(used)
    server.run("account", "disable", person.email, "--realm", "stratify")

    def audited():
        events = server.json("audit", "--account", person.email, "--realm", "stratify")
        return len(events) >= 5 and "reus" in json.dumps(events) and events

    # A running server writes down refusals in batches.
    events = until(audited)
    text = json.dumps(events)
    kinds = {event["kind"] for event in events}
    outcomes = {event["outcome"] for event in events}
    assert any("sign_up" in kind or "register" in kind for kind in kinds), kinds
    assert any("sign_in" in kind or "login" in kind for kind in kinds), kinds
    assert any("reus" in text for text in kinds | outcomes | {event["detail"] for event in events}), events
    assert any("disable" in kind for kind in kinds), kinds
    for secret in (person.password, person.token, person.refresh_token, used, "not-the-password-9"):
        assert secret not in text
    assert events == sorted(events, key=lambda event: -event["sequence"])


def test_mail_is_listed_and_shown(server):
    person = Person(server, "aethermind").sign_up()
    listed = server.json("mail", "list", "--realm", "aethermind")
    mine = [mail for mail in listed if mail["to"] == person.email]
    assert len(mine) == 1 and mine[0]["kind"] == "verify"
    assert "token=" not in json.dumps(listed)
    shown = server.json("mail", "show", mine[0]["id"], "--realm", "aethermind")
    token = re.search(r"token=([\w~.%-]+)", shown["body"])[1]
    assert person.post("/api/auth/verify-email", json={"token": token}).status_code == 200
    assert server.run("mail", "show", "nothing", "--realm", "aethermind").returncode != 0


def test_tokens_are_inspected(server):
    person = signed_in(server, "stratify")
    for text, good in (
        (person.token, True),
        (person.refresh_token, True),
        ("garbage", False),
        (person.token + "x", False),
    ):
        done = server.run("token", "inspect", "--realm", "stratify", "--json", input=text)
        assert json.loads(done.stdout)["good"] is good
        assert done.returncode == (0 if good else 65)
        assert text not in done.stdout
    assert person.refresh().status_code == 200, "nothing was used up"


def test_a_backup_is_served(own_server, tmp_path):
    server = own_server()
    server.start()
    people = {realm: signed_in(server, realm) for realm in DIALECTS}
    file = tmp_path / "copy.sqlite"
    done = server.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o077 == 0
    later = Person(server, "authspec").sign_up()
    assert server.run("backup", str(file)).returncode != 0, "a copy is never written over"
    databases = [
        each for each in server.data.rglob("*") if each.is_file() and each.read_bytes()[:15] == b"SQLite format 3"
    ]
    restored = own_server()
    shutil.copytree(server.data, restored.data)
    for each in restored.data.rglob(databases[0].name + "*"):
        each.unlink()
    shutil.copy(file, restored.data / databases[0].relative_to(server.data))
    restored.start()
    for realm, person in people.items():
        there = Person(restored, realm, person.username)
        there.token = person.token
        assert there.use().status_code == 200
        assert there.try_sign_in().status_code == 200
    assert Person(restored, "authspec", later.username).try_sign_in().status_code == 400


def test_dialects_are_listed_checked_and_shown(server, tmp_path):
    listed = server.json("dialect", "list")
    assert [each["name"] for each in listed] and set(DIALECTS) <= {each["name"] for each in listed}
    for realm in DIALECTS:
        assert server.run("dialect", "check", realm).returncode == 0
        assert json.loads(server.run("dialect", "show", realm).stdout)["name"] == realm
    broken = tmp_path / "broken.yaml"
    broken.write_text("dialect: 1\nname: x\nroutse: {}\n")
    done = server.run("dialect", "check", str(broken))
    assert done.returncode == 65
    assert re.search(r"broken\.yaml:3:1: error: .*did you mean `routes`", done.stdout + done.stderr)


def test_a_dialect_of_ones_own_is_served(tmp_path):
    from server import ROOT

    text = (ROOT / "Dialects" / "authspec" / "dialect.yaml").read_text()
    text = (
        text.replace("name: authspec", "name: mine")
        .replace("/api/auth/", "/v9/")
        .replace("token: $access.token", "pass: $access.token")
    )
    (tmp_path / "mine.yaml").write_text(text)
    server = Server(
        tmp_path / "s", dialects=["mine"], configuration={"realms": {"mine": {"dialect": str(tmp_path / "mine.yaml")}}}
    )
    with server:
        import requests

        body = {"email": "a@example.com", "password": PASSWORD}
        assert requests.post(server.url("mine", "/v9/register"), json=body, timeout=PATIENCE).status_code == 200
        said = requests.post(server.url("mine", "/v9/login"), json=body, timeout=PATIENCE).json()
        assert list(said) == ["pass", "user"]
        me = requests.get(server.url("mine", "/v9/me"), headers={"Authorization": f"Bearer {said['pass']}"}, timeout=PATIENCE)
        assert me.status_code == 200
        assert requests.post(server.url("mine", "/api/auth/login"), json=body, timeout=PATIENCE).status_code == 404


def test_mistakes_on_the_command_line(server):
    for arguments in (
        ["nonsense"],
        ["account", "show"],
        ["account", "show", "x", "--realm", "nowhere"],
        ["serve", "--port", "1"],
        ["account", "list"],
        ["session", "revoke"],
        ["audit", "--limit", "0", "--realm", "vsay"],
    ):
        done = server.run(*arguments)
        assert done.returncode not in (0, 1) or (done.returncode == 1 and done.stderr), (arguments, done)
        assert done.stderr and not done.stdout, (arguments, done)
        assert "Fatal error" not in done.stderr
    missing = server.run("account", "show", "nobody@example.com", "--realm", "authspec")
    assert missing.returncode != 0 and "nobody@example.com" in missing.stderr


def test_help_and_version(server):
    assert re.match(r"watchword \d+\.\d+", server.run("version").stdout)
    for words in ([], ["serve"], ["account"], ["account", "set"], ["token", "inspect"], ["dialect"], ["backup"]):
        done = server.run(*words, "--help")
        assert done.returncode == 0 and "USAGE" in done.stdout


def test_config_check(server):
    done = server.run("config", "check")
    assert done.returncode == 0, done.stderr
    for realm in DIALECTS:
        assert realm in done.stdout
