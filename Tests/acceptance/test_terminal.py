"""A working terminal on a machine: `vsay-agent` there, a person here, the server between them."""

import hashlib
import json
import os
import re
import signal
import time

import pytest
import requests
from websockets.exceptions import InvalidStatus

from machines import Machine, Operator
from sockets import ENDS, gauges, opened, resident
from waiting import PATIENCE, until

BIG = 10_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    from server import Server

    with Server(tmp_path_factory.mktemp("terminals"), dialects=["vsay"]) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="module")
def owner(server):
    return Operator(server)


@pytest.fixture(scope="module")
def machine(server, owner, tmp_path_factory):
    with Machine(server, owner.key, tmp_path_factory.mktemp("machine")) as machine:
        machine.id = owner.online("machine")
        yield machine


@pytest.fixture
def terminal(owner, machine):
    with owner.terminal(machine.id) as terminal:
        yield terminal.quiet()


def test_a_command_is_run(terminal):
    assert terminal.run("echo $((6 * 7))") == "42\n"
    assert terminal.run("printf 'ä水🄑'") == "ä水🄑"
    assert terminal.run("test -t 0 && test -t 1 && test -t 2 && echo all") == "all\n"


def test_bytes_of_all_values_come_through(terminal):
    every = 'i=0; while [ $i -lt 256 ]; do printf "\\\\$(printf %03o $i)"; i=$((i+1)); done'
    terminal.type(f"stty raw; {every}; stty sane -echo; echo d''one\n")
    terminal.until(lambda: b"done" in terminal.output)
    assert bytes(range(256)) in terminal.output


def test_the_size_is_the_persons(owner, machine):
    with owner.terminal(machine.id, size=(101, 37)) as terminal:
        terminal.quiet()
        assert terminal.run("stty size") == "37 101\n"
        terminal.resize(132, 50)
        until(lambda: terminal.run("stty size") == "50 132\n")
        terminal.run("trap 'echo sized' WINCH")
        terminal.resize(80, 24)
        terminal.type("\n")
        terminal.shows("sized")
        assert terminal.run("stty size").strip() == "24 80"


def test_control_c_interrupts(terminal, machine):
    terminal.type("sleep 1000; echo slept-$?\n")
    # A shell that has not begun it yet may lose the key.
    until(lambda: machine.runs("sleep"))
    terminal.type("\x03")
    assert terminal.run("echo alive").endswith("alive\n")


def test_the_exit_status_is_told(owner, machine):
    with owner.terminal(machine.id) as terminal:
        terminal.type("exit 7\n")
        assert terminal.end()[0] == 1000
        assert terminal.controls[-1] == {"type": "exit", "status": 7}
    with owner.terminal(machine.id) as terminal:
        terminal.type("kill -9 $$\n")
        assert terminal.end()[0] == 1000
        assert terminal.controls[-1] == {"type": "exit", "status": -9}


def test_a_plain_client_needs_no_subprotocol(owner, machine):
    """As xterm.js' AttachAddon speaks: text or bytes in, bytes out, a size as JSON, the end in the close's words."""
    with owner.terminal(machine.id, controlled=False, size=(90, 30)) as terminal:
        terminal.socket.send("stty -echo; stty size; echo rea''dy\n")
        assert terminal.shows(r"30 90\r?\nready")
        terminal.resize(91, 31)
        terminal.type(b"stty size\n")
        assert terminal.shows("31 91")
        # What only looks like a size is typed.
        terminal.socket.send('echo \'{"type":"resize","cols":"x"}\'\n')
        assert terminal.shows("resize")
        terminal.type("exit 3\n")
        assert terminal.end() == (1000, "exit 3")


def test_ten_megabytes_come_intact_to_a_slow_reader(owner, machine, tmp_path):
    file = tmp_path / "big"
    file.write_bytes(os.urandom(BIG // 2).hex().encode())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with owner.terminal(machine.id) as terminal, owner.terminal(machine.id) as other:
        terminal.quiet()
        other.quiet()
        terminal.output = b""
        terminal.type(f"stty raw; cat {file}; stty sane -echo; echo ' d''one'\n")
        pieces, count, started = [], 0, time.monotonic()
        while count < BIG:
            assert terminal.read(), (terminal.code, count)
            count += len(terminal.output)
            pieces.append(terminal.output)
            terminal.output = b""
            # Slow at first, so that everything on the way fills up.
            if count < 1_000_000:
                time.sleep(0.02)
            if len(pieces) == 20:
                assert other.run("echo not held up") == "not held up\n"
        took = time.monotonic() - started
        print(f"\n{BIG} bytes to a slow reader in {took:.1f} s")
        assert hashlib.sha256(b"".join(pieces)[:BIG]).hexdigest() == digest
        terminal.output = b"".join(pieces)[BIG:]
        terminal.shows("done")


def test_a_person_who_never_reads_is_closed_and_holds_nobody_up(owner, machine):
    from frames import BINARY, Socket, frame

    with Socket(owner.server.ports["vsay"], owner.path(machine.id), buffer=4096) as deaf:
        before = resident(owner.server)
        deaf.send(frame(BINARY, "yes 0123456789012345678901234567890123456789\n"))
        started = time.monotonic()
        with owner.terminal(machine.id) as other:
            other.quiet()
            for _ in range(20):
                assert other.run("echo not held up") == "not held up\n"
                time.sleep(0.1)
        assert resident(owner.server) - before < 30_000
        until(lambda: not machine.children(), within=300)
        print(f"\na person who never reads was closed after {time.monotonic() - started:.1f} s")
        deaf.hung_up()


def test_much_is_taken_from_a_person(terminal, tmp_path):
    """A megabyte pasted, more than any window, into a program that is slow to read."""
    file = tmp_path / "pasted"
    data = os.urandom(500_000).hex().encode()
    # A terminal that is not raw yet would lose what is more than a line.
    terminal.type(f"stty raw; echo ra''w; sleep 1; head -c {len(data)} > {file}; stty sane -echo; echo ' d''one'\n")
    terminal.shows("raw")
    for start in range(0, len(data), 10_000):
        terminal.type(data[start : start + 10_000])
    terminal.shows("done", within=300)
    assert file.read_bytes() == data


def test_two_terminals_at_once_are_two(owner, machine):
    with owner.terminal(machine.id) as one, owner.terminal(machine.id) as two:
        one.quiet(), two.quiet()
        one.run("where=one")
        two.run("where=two")
        assert one.run("echo $where") == "one\n" and two.run("echo $where") == "two\n"
        assert one.run("tty") != two.run("tty")


def test_a_terminal_that_is_left_leaves_nothing(owner, machine):
    until(lambda: not machine.children())
    before = machine.descriptors()
    for number in range(20):
        with owner.terminal(machine.id) as terminal:
            terminal.quiet()
            if number % 2:
                terminal.type("sleep 300 & sleep 300\n")
            else:
                terminal.type("exit\n")
                terminal.end()
    until(lambda: not machine.children())
    until(lambda: machine.descriptors() <= before)
    until(lambda: gauges(owner.server).get('watchword_terminals{realm="vsay"}', 0) == 0)


def test_a_person_who_is_cut_leaves_nothing(owner, machine):
    from frames import Socket

    until(lambda: not machine.children())
    for _ in range(5):
        socket = Socket(owner.server.ports["vsay"], owner.path(machine.id))
        until(machine.children)
        socket.close()
    until(lambda: not machine.children())


def test_the_machine_does_not_show_its_key(owner, machine):
    assert owner.key.encode() not in open(f"/proc/{machine.process.pid}/cmdline", "rb").read()
    assert owner.key not in machine.log_text() and owner.token not in machine.log_text()
    with owner.terminal(machine.id) as terminal:
        terminal.quiet()
        assert owner.key not in terminal.run("env; cat /proc/$PPID/cmdline")
    assert owner.token not in owner.server.log_text()
    assert machine.state.stat().st_mode & 0o077 == 0


def refused(owner, path, **options):
    with pytest.raises(InvalidStatus) as refusal:
        opened(owner.server, "vsay", path, **options)
    response = refusal.value.response
    return response.status_code, bytes(response.body)


def test_only_the_owner_gets_a_terminal(owner, machine):
    stranger = Operator(owner.server)
    foreign = refused(stranger, stranger.path(machine.id))
    assert foreign[0] == 404
    assert foreign == refused(stranger, stranger.path("0" * 24)) == refused(stranger, stranger.path("nothing"))
    assert refused(owner, f"/api/terminal/{machine.id}/ws")[0] == 401
    assert refused(owner, f"/api/terminal/{machine.id}/ws?token=nothing") == (
        401,
        b'{"error":"Invalid or expired token"}',
    )
    assert refused(owner, f"/api/terminal/{machine.id}/ws?token={owner.key}")[0] == 401, "a key is not for people"
    assert not [name for name in stranger.machines()]


def test_a_shared_machine_is_the_other_ones_until_it_is_not(owner, machine):
    friend = Operator(owner.server)
    headers = {"Authorization": f"Bearer {owner.token}"}
    machine_url = owner.server.url("vsay", f"/api/machines/{machine.id}")
    shared = requests.post(f"{machine_url}/share", json={"email": friend.email}, headers=headers, timeout=PATIENCE)
    assert shared.status_code in (200, 201, 204), shared.text
    assert "machine" in friend.machines()
    with friend.terminal(machine.id) as theirs, owner.terminal(machine.id) as own:
        theirs.quiet(), own.quiet()
        assert theirs.run("echo hello") == "hello\n"
        gone = requests.post(f"{machine_url}/unshare", json={"email": friend.email}, headers=headers, timeout=PATIENCE)
        assert gone.status_code in (200, 204), gone.text
        assert theirs.end() == ENDS["agent_removed"]
        assert own.run("echo still here") == "still here\n"
    assert refused(friend, friend.path(machine.id))[0] == 404


def test_the_end_of_the_session_ends_the_terminal_and_its_shell(owner, machine):
    server = owner.server
    operator = Operator(server)
    with Machine(server, operator.key, machine.folder.parent, name="of-a-session") as other:
        agent_id = operator.online("of-a-session")
        with operator.terminal(agent_id) as terminal:
            terminal.quiet()
            terminal.type("sleep 300\n")
            until(lambda: other.runs("sleep"))
            done = server.run("session", "list", operator.email, "--realm", "vsay", "--json")
            for session in json.loads(done.stdout):
                server.run("session", "revoke", session["id"], "--realm", "vsay")
            assert terminal.end() == ENDS["session_ended"]
        until(lambda: not other.children())


def test_a_terminal_on_a_machine_that_is_away(owner, machine):
    server = owner.server
    with Machine(server, owner.key, machine.folder.parent, name="away") as other:
        agent_id = owner.online("away")
        with owner.terminal(agent_id) as terminal:
            terminal.quiet()
            other.kill()
            code, _ = terminal.end()
            assert code == ENDS["agent_offline"][0]
    until(lambda: not owner.is_online("away"))
    try:
        with opened(server, "vsay", owner.path(agent_id)) as socket:
            from sockets import end_of

            assert end_of(socket)[0] == ENDS["agent_offline"][0]
    except InvalidStatus as refusal:
        assert refusal.response.status_code in (409, 503)


def test_a_restarted_machine_is_the_same(owner, machine):
    other = Machine(owner.server, owner.key, machine.folder.parent, name="again")
    with other:
        first = owner.online("again")
    assert other.process.returncode == 0
    until(lambda: not owner.is_online("again"))
    with other:
        assert owner.online("again") == first


def test_a_revoked_key_ends_the_program(owner, machine, tmp_path):
    operator = Operator(owner.server)
    with Machine(owner.server, operator.key, tmp_path) as other:
        operator.online("machine")
        headers = {"Authorization": f"Bearer {operator.token}"}
        keys = requests.get(owner.server.url("vsay", "/api/api-keys"), headers=headers, timeout=PATIENCE).json()["api_keys"]
        for key in keys:
            path = owner.server.url("vsay", f"/api/api-keys/{key['id']}")
            assert requests.delete(path, headers=headers, timeout=PATIENCE).status_code == 204
        assert other.process.wait(PATIENCE) == 77
        assert "key" in other.log_text()


def test_a_removed_machine_ends_the_program(owner, tmp_path):
    with Machine(owner.server, owner.key, tmp_path, name="removed") as other:
        agent_id = owner.online("removed")
        done = owner.server.run("agent", "remove", agent_id, "--realm", "vsay", "--yes")
        assert done.returncode == 0, done.stderr
        assert other.process.wait(PATIENCE) == 69


def test_a_wrong_key_ends_the_program_at_once(owner, tmp_path):
    other = Machine(owner.server, "0" * 64, tmp_path).start()
    assert other.process.wait(PATIENCE) == 77
    assert "0" * 64 not in other.log_text()


def test_a_machine_without_terminals_is_only_online(owner, tmp_path):
    with Machine(owner.server, owner.key, tmp_path, "--no-terminal", name="only-online"):
        agent_id = owner.online("only-online")
        try:
            with owner.terminal(agent_id) as terminal:
                assert terminal.controls[0]["type"] == "refused"
        except (InvalidStatus, AssertionError) as refusal:
            assert isinstance(refusal, InvalidStatus) or "closed with" in str(refusal)


def test_a_restarted_server_has_its_machines_back(own_server, tmp_path):
    server = own_server(dialects=["vsay"])
    server.start()
    operator = Operator(server)
    with Machine(server, operator.key, tmp_path) as machine:
        agent_id = operator.online("machine")
        with operator.terminal(agent_id) as terminal:
            terminal.quiet()
            assert server.stop() == 0
            assert terminal.end()[0] in (1012, 4007)
        until(lambda: not machine.children())
        server.start()
        assert operator.online("machine") == agent_id
        with operator.terminal(agent_id) as terminal:
            assert terminal.quiet().run("echo back") == "back\n"
        server.kill()
        time.sleep(1)
        server.start()
        # It comes back later each time: after half a minute at most if the first start was slow.
        assert operator.online("machine") == agent_id
        assert machine.process.poll() is None
        machine.process.send_signal(signal.SIGTERM)
        assert machine.process.wait(PATIENCE) == 0


def test_terminals_are_audited(owner, machine):
    with owner.terminal(machine.id) as terminal:
        terminal.quiet()
        terminal.type("exit\n")
        terminal.end()

    def audited():
        text = owner.server.run("audit", "--realm", "vsay", "--json").stdout
        return re.search("terminal", text) and machine.id in text and owner.id in text

    until(audited)
