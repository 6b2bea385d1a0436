"""vsay-agent against the built server, and what the guide tells its readers to type, typed."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import pytest
import requests
from websockets.sync.client import connect

from guides import blocks
from server import Server, binary
from waiting import PATIENCE, until

GUIDE = "connect-your-agents.md"
AGENT = str(pathlib.Path(binary()).parent / "vsay-agent")


class Running:
    """A program that was started, with all that it says."""

    def __init__(self, folder, name, command, environment):
        self.log = folder / f"{name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def text(self):
        return self.log.read_text()

    def says(self, part):
        until(lambda: part in self.text() or self.process.poll() is not None)
        return self.text()

    def ends(self):
        return self.process.wait(PATIENCE)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.ends()


@pytest.fixture
def server(tmp_path):
    with Server(tmp_path, dialects=["chatops", "vsay"]) as server:
        yield server


@pytest.fixture
def started(server):
    running = []

    def start(name, *arguments, program=AGENT, **environment):
        command = [program, *arguments]
        running.append(Running(server.folder, name, command, {**server.environment, **environment}))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


class Owner:
    """Somebody of Vsay with machines."""

    def __init__(self, server):
        self.url = lambda path: server.url("vsay", path)
        self.host = f"localhost:{server.ports['vsay']}"
        person = {"username": "ada", "email": "ada@example.com", "password": "correct horse battery"}
        requests.post(self.url("/api/signup"), json=person).raise_for_status()
        login = requests.post(self.url("/api/login"), json=person).json()
        self.key, self.token = login["user"]["api_key"], login["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def machines(self):
        return requests.get(self.url("/api/machines"), headers=self.headers).json()["machines"]

    def online(self):
        return [each for each in self.machines() if each["status"] == "online"]


@pytest.fixture
def owner(server):
    return Owner(server)


def flags(owner, *more):
    return ["--host", owner.host, "--insecure", "--state", "state.json", *more]


def test_the_command_line_of_the_document(server, owner, started):
    agent = started("agent", "--token", owner.key, *flags(owner))
    (machine,) = until(owner.online)
    shown = pathlib.Path(f"/proc/{agent.process.pid}/cmdline").read_bytes()
    assert owner.key.encode() not in shown and b"--token\0x" in shown
    assert agent.stop() == 0
    until(lambda: not owner.online())
    assert owner.key not in agent.text() + (server.folder / "state.json").read_text()
    # A restart is the same machine, under a new name if it has one.
    again = started("again", *flags(owner, "--name", "lab"), VSAY_TOKEN=owner.key)
    assert [each["agent_id"] for each in until(owner.online)] == [machine["agent_id"]]
    assert [each["name"] for each in owner.machines()] == ["lab"]
    assert owner.key.encode() not in pathlib.Path(f"/proc/{again.process.pid}/environ").read_bytes()


def test_a_server_that_restarts_is_waited_for(server, owner, started):
    agent = started("agent", *flags(owner), VSAY_TOKEN=owner.key)
    until(owner.online)
    server.stop()
    agent.says("next attempt in")
    server.start()
    assert until(owner.online)
    assert agent.process.poll() is None


def test_a_revoked_key_ends_it_with_77(owner, started):
    agent = started("agent", *flags(owner), VSAY_TOKEN=owner.key)
    until(owner.online)
    (key,) = requests.get(owner.url("/api/api-keys"), headers=owner.headers).json()["api_keys"]
    assert requests.delete(owner.url(f"/api/api-keys/{key['id']}"), headers=owner.headers).status_code == 204
    assert agent.ends() == 77
    assert "the API key was revoked" in agent.text()
    again = started("again", *flags(owner), VSAY_TOKEN=owner.key)
    assert again.ends() == 77
    assert owner.key not in agent.text() + again.text()


def test_a_removed_machine_ends_with_69_and_comes_back_as_a_new_one(owner, started):
    agent = started("agent", *flags(owner), VSAY_TOKEN=owner.key)
    (machine,) = until(owner.online)
    assert requests.delete(owner.url(f"/api/machines/{machine['agent_id']}"), headers=owner.headers).ok
    assert agent.ends() == 69
    again = started("again", *flags(owner), VSAY_TOKEN=owner.key)
    (new,) = until(owner.online)
    assert new["agent_id"] != machine["agent_id"]
    assert "is not known to this key's account" in again.text()


def test_two_programs_of_one_state(server, owner, started):
    first = started("first", *flags(owner), VSAY_TOKEN=owner.key)
    until(owner.online)
    second = started("second", *flags(owner), VSAY_TOKEN=owner.key)
    assert second.ends() == 73
    # A copy of the state is the same agent: the newer connection is the one that stays.
    (server.folder / "copy.json").write_bytes((server.folder / "state.json").read_bytes())
    copy = started("copy", "--host", owner.host, "--insecure", "--state", "copy.json", VSAY_TOKEN=owner.key)
    assert first.ends() == 69
    until(lambda: len(owner.online()) == 1)
    assert copy.process.poll() is None


@pytest.mark.parametrize(
    "arguments, code, part",
    [
        (["--host", "localhost:1", "--insecure", "--nosuch"], 64, "--nosuch"),
        (["--insecure"], 64, "--host"),
        (["--host", "example.com", "--insecure"], 78, "TLS"),
        (["--host", "http://localhost:1"], 78, "--insecure"),
        (["--host", "localhost:1", "--dialect", "nosuch"], 78, "nosuch"),
        (["--host", "localhost:1", "--dialect", "stratify"], 78, "no socket"),
        (["--host", "localhost:1", "--token", "a", "--token-file", "b"], 78, "one of them"),
        (["--host", "localhost:1", "--ca", "nosuch.pem"], 78, "nosuch.pem"),
        (["--host", "localhost:1", "--state", "/proc/nosuch/state.json"], 73, "--state"),
    ],
)
def test_slips_are_told_in_one_line(server, started, arguments, code, part):
    agent = started("slip", *arguments, VSAY_TOKEN="a-key")
    assert agent.ends() == code
    assert part in agent.text()
    if code != 64:
        assert len(agent.text().strip().splitlines()) == 1, agent.text()


def test_no_key_and_the_other_name_of_the_program(server, owner, started):
    assert started("none", *flags(owner)).ends() == 78
    other = started("other", "agent", "connect", *flags(owner), program=binary(), VSAY_TOKEN=owner.key)
    until(owner.online)
    assert other.stop() == 0


def test_a_private_authority(tmp_path, started):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        + ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost"],
        check=True,
        capture_output=True,
    )
    files = {"certificate": str(tmp_path / "certificate.pem"), "key": str(tmp_path / "key.pem")}
    settings = {"realms": {"vsay": {"tls": files}}}
    with Server(tmp_path / "tls", dialects=["vsay"], configuration=settings) as server:
        host = f"localhost:{server.ports['vsay']}"
        person = {"username": "ada", "email": "ada@example.com", "password": "correct horse battery"}
        with requests.Session() as session:
            session.trust_env = False
            session.verify = files["certificate"]
            session.post(f"https://{host}/api/signup", json=person).raise_for_status()
            key = session.post(f"https://{host}/api/login", json=person).json()["user"]["api_key"]
        stranger = started("stranger", "--host", host, "--state", "state.json", VSAY_TOKEN=key)
        assert "its certificate is not trusted; --ca FILE" in stranger.says("next attempt in")
        assert stranger.stop() == 0
        agent = started("agent", "--host", host, "--ca", files["certificate"], "--state", "state.json", VSAY_TOKEN=key)
        assert f"online at https://{host}" in agent.says("online at")
        # The certificate is for another name.
        other = f"127.0.0.1:{server.ports['vsay']}"
        wrong = started("wrong", "--host", other, "--ca", files["certificate"], "--state", "other.json", VSAY_TOKEN=key)
        assert "TLS" in wrong.says("next attempt in")
        assert "online" not in wrong.text()


class Reader:
    """Types the guide's blocks, with this server's ports for its own; what one block sets, the next has."""

    def __init__(self, server):
        self.server = server
        self.blocks = [self.here(block) for block in blocks(GUIDE, "bash")]
        self.environment = {**server.environment, "PATH": f"{pathlib.Path(AGENT).parent}:{os.environ['PATH']}"}

    def here(self, text):
        for port, realm in [("3002", "chatops"), ("3003", "vsay")]:
            text = text.replace(f"localhost:{port}", f"localhost:{self.server.ports[realm]}")
        return text

    def type(self, part):
        (block,) = [each for each in self.blocks if part in each]
        kept = "declare -p api token server key key2 vsay jwt machine 2>/dev/null > kept || true; echo ${!-} > pid"
        done = self.server.folder / "typed.txt"
        with open(done, "wb") as out:
            text = f"touch kept; source ./kept\n{block}\n{kept}"
            code = subprocess.run(
                ["bash", "-c", text], cwd=self.server.folder, env=self.environment, stdout=out, stderr=out, timeout=PATIENCE
            ).returncode
        assert code == 0, done.read_text()
        return done.read_text()

    def json(self, name):
        return json.loads((self.server.folder / name).read_text())


def test_the_guide(server, started):
    reader = Reader(server)
    (script,) = blocks(GUIDE, "python")
    (server.folder / "agent.py").write_text(script)
    socket = f"ws://localhost:{server.ports['chatops']}/api/v1/agents/ws"

    reader.type("$api/api-keys -H")
    first = started("first", "agent.py", socket, reader.json("key.json")["key"], program=sys.executable)
    assert "auth_success" in first.says("auth_success")
    assert '"status":"online"' in reader.type("-s $api/servers -H \"Authorization: Bearer $token\"\n")
    reader.type("rotate")
    second = started("second", "agent.py", socket, reader.json("key2.json")["key"], program=sys.executable)
    assert first.ends() == 77 and "4006" in first.text()
    reader.type("DELETE $api")
    assert second.ends() == 77 and "4003" in second.text()

    reader.type("vsay-agent --token-file")
    agent = int((server.folder / "pid").read_text())
    try:
        log = server.folder / "typed.txt"
        assert until(lambda: "online at" in log.read_text())
        log.rename(server.folder / "agent.txt")
        ticket = json.loads(reader.type("/ticket"))
        machine = re.search(r'machine="(\w+)"', (server.folder / "kept").read_text())[1]
        url = f"ws://localhost:{server.ports['vsay']}/api/terminal/{machine}/ws?ticket={ticket['ticket']}"
        with connect(url, open_timeout=PATIENCE) as terminal:
            terminal.send(b"echo $((40 + 2))-there\r")
            seen = b""
            while b"42-there" not in seen:
                seen += terminal.recv(PATIENCE)
    finally:
        os.kill(agent, signal.SIGTERM)
    until(lambda: "stopping" in (server.folder / "agent.txt").read_text())


def test_the_service_unit_of_the_guide(server, started):
    (unit,) = blocks(GUIDE, "ini")
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.M)
    # The program knows these flags: it goes on to what is wrong with the key.
    agent = started("unit", *command.split()[1:], "--state", "unit.json")
    assert agent.ends() == 78 and "there is no API key" in agent.text()
    (codes,) = re.findall(r"^RestartPreventExitStatus=(.*)$", unit, re.M)
    said = subprocess.run([AGENT, "--help"], capture_output=True, text=True).stdout.split("USAGE")[0]
    assert set(codes.split()) == set(re.findall(r"\b[67]\d\b", said))
