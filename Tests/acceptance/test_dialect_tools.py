"""`watchword dialect ...`: what it prints is held against what others make of it."""

import json
import os
import re
import subprocess

import pytest
import yaml
from jsonschema import Draft202012Validator

from peer import Peer
from server import ROOT, binary, free_ports
from waiting import PATIENCE

SHIPPED = sorted(file.parent.name for file in (ROOT / "Dialects").glob("*/dialect.yaml"))
STRANGERS = sorted((ROOT / "Tests" / "wild").glob("*.yaml"))


def dialect(*arguments, code=0, **options):
    done = subprocess.run([binary(), "dialect", *arguments], capture_output=True, text=True, timeout=PATIENCE, **options)
    assert done.returncode == code, (arguments, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


@pytest.fixture(scope="module")
def schema():
    made = json.loads(dialect("schema"))
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_dialect_fits_the_schema(schema, name):
    schema.validate(yaml.safe_load((ROOT / "Dialects" / name / "dialect.yaml").read_text()))
    schema.validate(json.loads(dialect("show", name)))


@pytest.mark.parametrize("file", STRANGERS, ids=lambda file: file.stem)
def test_what_the_loader_takes_the_schema_takes(schema, file):
    done = subprocess.run([binary(), "dialect", "check", str(file)], capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode == 0:
        schema.validate(yaml.safe_load(file.read_text()))


def test_the_schema_finds_misspelt_words(schema):
    text = (ROOT / "Dialects" / "stratify" / "dialect.yaml").read_text()
    for old, new in (
        ("routes:", "routse:"),
        ("do: login", "do: logn"),
        ("scheme: Bearer", "schem: Bearer"),
        ("take: [json, form]", "take: [json, xml]"),
        ("ttl: $access_ttl", "ttl: soon"),
        ("status: 201", "status: created"),
        ("GET /api", "get /api"),
        ("$each: $errors, do:", "$each: $errors, de:"),
    ):
        assert old in text
        changed = yaml.safe_load(text.replace(old, new, 1))
        assert list(schema.iter_errors(changed)), new


@pytest.mark.parametrize("name", SHIPPED)
def test_explained_lines_are_shell(name):
    text = dialect("explain", name)
    assert "curl" in text
    lines, taking = [], False
    for line in text.splitlines():
        if line.startswith("  curl "):
            taking = True
            lines.append("")
        if taking and not line.strip():
            taking = False
        if taking:
            lines[-1] += line + "\n"
    assert lines
    for line in lines:
        done = subprocess.run(["bash", "-n", "-c", line], capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stderr)


def test_try_and_diff_say_how_it_went(tmp_path):
    assert "### POST /api/signup: register granted" in dialect("try", "vsay")
    broken = tmp_path / "broken.yaml"
    broken.write_text("dialect: 1\nname: x\nroutse: {}\n")
    dialect("try", str(broken), code=65)
    assert dialect("diff", "vsay", "vsay") == "a client can notice no difference\n"
    text = (ROOT / "Dialects" / "vsay" / "dialect.yaml").read_text()
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("message: Login successful", "message: Welcome"))
    said = dialect("diff", "vsay", str(changed))
    assert said == 'behaviour   POST /api/login: `message` says "Welcome" where it said "Login successful"\n'
    changed.write_text(text.replace("token: $access.token\n", "jwt: $access.token\n"))
    assert "breaking    POST /api/login: `token` is now called `jwt`" in dialect("diff", "vsay", str(changed), code=1)


@pytest.mark.parametrize("name", ["fastapi-users.json", "notes.yaml"])
def test_a_draft_loads_and_check_lists_what_is_to_be_done(tmp_path, name):
    made = tmp_path / "draft.yaml"
    dialect("draft", "--openapi", str(ROOT / "Tests" / "acceptance" / "openapi" / name), str(made))
    said = dialect("check", str(made))
    assert ": note: to do: " in said and said.endswith("draft.yaml: ok\n")
    dialect("draft", "--openapi", str(made), code=64)
    dialect("draft", "--openapi", "/nowhere.json", code=64)


def test_a_draft_of_our_own_document_is_no_other_api(tmp_path):
    document = tmp_path / "vsay.json"
    document.write_text(dialect("openapi", "vsay"))
    made = tmp_path / "vsay.yaml"
    dialect("draft", "--openapi", str(document), str(made))
    said = json.loads(dialect("show", str(made)))
    assert said["routes"]["POST /api/login"]["do"] == "login"
    assert said["routes"]["POST /api/signup"]["do"] == "register"


def test_new_asks_or_takes_answers(tmp_path):
    made = tmp_path / "mine.yaml"
    done = subprocess.run(
        [binary(), "dialect", "new", str(made)],
        input="shop\n/api\nboth\neither\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert "What is the API called? [my-api]" in done.stderr
    assert "`both` is none of `email`, `username`, `either`" in done.stderr
    assert dialect("check", str(made)).endswith("mine.yaml: ok\n")
    shown = json.loads(dialect("show", str(made)))
    assert shown["name"] == "shop" and "POST /api/login" in shown["routes"]
    assert "is there already" in refused("new", str(made))
    answers = tmp_path / "answers.yaml"
    answers.write_text("name: club\nids: int\nrefresh: none\n")
    assert "name: club" in dialect("new", "--answers", str(answers))
    answers.write_text("nane: club\nids: guid\n")
    said = refused("new", "--answers", str(answers))
    assert "did you mean `name`" in said and "`guid` is none of" in said
    assert "name: my-api" in dialect("new", "--yes")


def refused(*arguments):
    done = subprocess.run([binary(), "dialect", *arguments], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 64 and not done.stdout
    return done.stderr

class Guide:
    """A guide's blocks: what is typed, what is changed in a file, and what is shown."""

    def __init__(self, name):
        text = (ROOT / "docs" / "guides" / name).read_text()
        self.blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)

    def changed(self, text, diff):
        """`text` with each run of `-` lines replaced by the run of `+` lines behind it."""
        for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.M):
            before, after = ("\n" + re.sub("^[-+]", "", each, flags=re.M) for each in (old, new))
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        return text


def test_the_guide_is_true(tmp_path):
    """Every command is run as written, every change made, and every line shown is printed."""
    guide = Guide("describe-your-api.md")
    ports = dict(zip(("8790", "8200", "admin"), free_ports(3)))
    with Peer(tmp_path / "old", "peer-secret-0123456789abcdef0123456789abcdef") as peer:
        ports["8100"] = peer.port
        folder = tmp_path / "reader"
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "watchword").symlink_to(binary())
        environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
        environment["WATCHWORD_ADMIN_PORT"] = str(ports["admin"])
        environment.pop("SECRET", None)
        shown, kept = "", ""
        for kind, block in guide.blocks:
            for port in ("8100", "8790", "8200"):
                block = re.sub(rf"\b{port}\b", str(ports[port]), block)
            if kind == "diff":
                file = folder / "mine.yaml"
                file.write_text(guide.changed(file.read_text(), block))
            elif kind == "bash":
                kept += "".join(re.findall(r"^export .*\n", block, re.M))
                done = subprocess.run(
                    ["bash", "-euo", "pipefail", "-c", kept + block],
                    cwd=folder,
                    env=environment,
                    capture_output=True,
                    text=True,
                    timeout=300,
                )
                assert done.returncode == 0, (block, done.stdout, done.stderr)
                shown = done.stdout
            elif kind == "text":
                for line in block.splitlines():
                    assert line in shown, (line, shown)
