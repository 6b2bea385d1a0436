"""Importing and exporting: cut off anywhere, hostile files, and there and back."""

import json
import os
import signal
import stat
import subprocess
import time
import uuid

import pytest

from server import Server, binary

COUNT = 6_000


@pytest.fixture
def realm(tmp_path):
    return Server(tmp_path / "realm", dialects=["authspec"])


def record(number, **parts):
    return {
        "id": str(uuid.UUID(int=number, version=4)),
        "email": f"person{number}@example.com",
        "email_verified": number % 2 == 0,
        "role": "admin" if number % 100 == 0 else "user",
        "created_at": 1_700_000_000 + number,
        **parts,
    }


def write(path, records):
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return str(path)


def everything(realm):
    done = realm.run("account", "export", "--with-hashes")
    assert done.returncode == 0, done.stderr
    return sorted(done.stdout.splitlines())


def test_killed_in_the_middle_and_resumed_it_comes_to_the_same(tmp_path):
    records = [record(number) for number in range(COUNT)]
    for number in range(0, COUNT, 500):
        records[number]["role"] = "root"  # Twelve that are refused, all over the file.
    path = write(tmp_path / "users.jsonl", records)
    whole = Server(tmp_path / "whole", dialects=["authspec"])
    done = whole.run("account", "import", path, "--report", str(tmp_path / "whole-report.jsonl"), "--json")
    assert done.returncode == 65, done.stderr
    assert json.loads(done.stdout)["imported"] == COUNT - 12

    cut = Server(tmp_path / "cut", dialects=["authspec"])
    cut.write()
    report = str(tmp_path / "cut-report.jsonl")
    killed, resumed = 0, []
    while not resumed:
        resume = ["--resume"] if killed else []
        process = subprocess.Popen(
            [binary(), "account", "import", path, "--report", report, "--json", *resume],
            cwd=cut.folder,
            env=cut.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # Killed as soon as it has come further than the time before, five times; then it may end.
        grown = os.path.getsize(report) if os.path.exists(report) else 0
        while killed < 5 and process.poll() is None:
            if os.path.exists(report) and os.path.getsize(report) > grown:
                process.send_signal(signal.SIGKILL)
                killed += 1
                break
            time.sleep(0.001)
        out, err = process.communicate(timeout=300)
        if process.returncode == -signal.SIGKILL:
            continue
        assert process.returncode == 65, err
        resumed.append(json.loads(out))
    assert killed > 0
    told = resumed[0]
    assert told["imported"] + told["present"] == COUNT - 12 and told["refused"] == 12
    assert everything(cut) == everything(whole)
    assert (tmp_path / "cut-report.jsonl").read_text() == (tmp_path / "whole-report.jsonl").read_text()


def test_a_changed_file_is_not_resumed(realm, tmp_path):
    records = [record(number) for number in range(100)]
    path = write(tmp_path / "users.jsonl", records)
    assert realm.run("account", "import", path).returncode == 0
    records[90]["role"] = "admin"
    write(tmp_path / "users.jsonl", records)
    done = realm.run("account", "import", path, "--resume")
    assert done.returncode == 65 and "changed since" in done.stderr
    done = realm.run("account", "import", path, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 65 and told["present"] == 99 and told["refused"] == 1


def test_a_growing_file_is_resumed_behind_what_was_read(realm, tmp_path):
    records = [record(number) for number in range(300)]
    path = write(tmp_path / "users.jsonl", records[:200])
    assert realm.run("account", "import", path).returncode == 0
    write(tmp_path / "users.jsonl", records)
    told = json.loads(realm.run("account", "import", path, "--resume", "--json").stdout)
    assert (told["imported"], told["present"], told["refused"]) == (300, 0, 0)


def test_there_and_back_by_both_forms(tmp_path, realm):
    records = [
        record(1, name='Ann "A", Lee; "é"', disabled=True, updated_at="2024-05-06 07:08:09.5"),
        record(2, name="=1+1", usage_count=3),
        record(3, password_changed_at=1_700_000_500),
    ]
    del records[2]["role"]
    assert realm.run("account", "import", "-", input="".join(json.dumps(each) + "\n" for each in records)).returncode == 0
    assert realm.run("account", "create", "--email", "zoe@example.com", input="a good long password\n").returncode == 0
    for form in ("jsonl", "csv"):
        path = tmp_path / f"export.{form}"
        done = realm.run("account", "export", "--format", form, "--with-hashes", "--output", str(path))
        assert done.returncode == 0, done.stderr
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert realm.run("account", "export", "--output", str(path)).returncode == 73, "what is there is kept"
        other = Server(tmp_path / form, dialects=["authspec"])
        done = other.run("account", "import", str(path), "--json")
        assert done.returncode == 0, (done.stdout, done.stderr)
        assert everything(other) == everything(realm)
    plain = realm.run("account", "export").stdout
    assert "argon2" not in plain and "password" not in plain
    kinds = [each["kind"] for each in realm.json("audit")]
    assert "account_export" in kinds and "account_import" in kinds


def test_a_table_with_the_names_of_another_system(realm, tmp_path):
    table = (
        "user_id,mail,active,full_name,joined,junk\r\n"
        f'{uuid.UUID(int=7, version=4).hex},ann@example.com,1,"Lee, Ann",2020-01-02 03:04:05,x\r\n'
        f"{uuid.UUID(int=8, version=4)},bob@example.com,0,,1577934245,y\r\n"
        f"{uuid.UUID(int=9, version=4)},not an address,1,,,z\r\n"
        f"{uuid.UUID(int=10, version=4)},zoe@example.com,1\r\n"
    )
    (tmp_path / "users.csv").write_text(table)
    words = ["account", "import", str(tmp_path / "users.csv"), "--map", "id=user_id,email=mail,disabled=!active"]
    words += ["--map", "name=full_name", "--map", "created_at=joined"]
    done = realm.run(*words)
    assert done.returncode == 65 and "`junk`" in done.stderr
    done = realm.run(*words, "--ignore", "junk")
    assert done.returncode == 65
    assert "line 4: email is not an address" in done.stderr
    assert "line 5: the record cannot be read: it has 3 fields where the columns are 6" in done.stderr
    ann, bob = realm.json("account", "list")
    assert ann["id"] == str(uuid.UUID(int=7, version=4)) and ann["name"] == "Lee, Ann" and not ann["disabled"]
    assert ann["created_at"].startswith("2020-01-02T03:04:05") and bob["created_at"].startswith("2020-01-02T03:04:05")
    assert bob["disabled"] and bob["name"] is None


@pytest.mark.parametrize("name", ["users.jsonl", "users.csv"])
def test_hostile_files_end_in_order(realm, tmp_path, name):
    path = tmp_path / name
    cases = [
        b"",
        b"\xff\xfe\x00\x00",
        b"[" * 100_000,
        b'"' * 99_999,
        b"{" + b'"a":{' * 5_000,
        b"id,email\n" + b'"' + b"x" * 3_000_000,
        b"x" * 3_000_000 + b"\n" + b"{}\n" * 3,
        b"\x00" * 5_000,
        b'{"id":1,"id":2}\n{"email":"a@b","__proto__":1}\nnull\n[]\n7\n',
        b"id,email\r1,a@b\r",
        os.urandom(50_000),
    ]
    for content in cases:
        path.write_bytes(content)
        done = realm.run("account", "import", str(path))
        assert done.returncode in (0, 65), (content[:40], done.stderr[:500])
        assert len(done.stderr) < 20_000
    assert realm.json("account", "list") == []


def test_wrong_words_are_told(realm, tmp_path):
    assert realm.run("account", "import", str(tmp_path / "missing.jsonl")).returncode == 64
    path = write(tmp_path / "users.jsonl", [record(1)])
    assert realm.run("account", "import", path, "--dry-run", "--resume").returncode == 64
    assert realm.run("account", "import", path, "--report", str(tmp_path)).returncode == 73
    done = realm.run("account", "import", path, "--map", "emial=mail")
    assert done.returncode == 64 and "did you mean `email`?" in done.stderr
    done = realm.run("account", "import", path, "--dry-run", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["imported"] == 1
    assert realm.json("account", "list") == []
