"""Terminals at agents that do not do their part: that never answer, that never take what is typed, that are replaced."""

import json
import os
import pathlib
import subprocess
import threading
import time

import pytest
from frames import BINARY, Socket, frame
from machines import CONTROLLED, Machine, Operator
from playwright.sync_api import expect
from rude import WINDOW, Rude
from server import Server, binary
from sockets import ENDS, end_of, gauges, is_open, opened, resident
from waiting import PATIENCE, until

from pages import Guest, vsay_key

UNANSWERED = (4014, "The agent did not answer in time")
UNTAKEN = (4015, "The agent takes no input")
SHORT = 5
VSAY = pathlib.Path(__file__).parents[2] / "Dialects" / "vsay" / "dialect.yaml"


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """A server with the times that it has by itself."""
    with Server(tmp_path_factory.mktemp("patient"), dialects=["vsay"]) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """A server that waits for agents so short that a test can wait for it, and long enough for one that answers."""
    configuration = {"sockets": {"terminal_open_seconds": SHORT, "terminal_input_seconds": SHORT}}
    with Server(tmp_path_factory.mktemp("hasty"), dialects=["vsay"], configuration=configuration) as server:
        yield server
    assert "fault" not in server.log_text().lower()


def asking(owner, agent_id, token=None):
    """A person's socket; whether there is a terminal behind it is the agent's to say."""
    return opened(owner.server, "vsay", owner.path(agent_id, token=token), subprotocols=[CONTROLLED])


def waiting(rude, person, more):
    """Types all that the agent may have, and so much more that waits for its credit."""
    number = rude.start()
    assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "opened"}
    left = WINDOW + more
    while left > 0:
        person.send(b"x" * min(left, 16_384))
        left -= 16_384
    until(lambda: len(rude.typed(number)) == WINDOW)
    return number


def recorded(server, how):
    return until(lambda: f", {how}" in server.run("audit", "--realm", "vsay", "--json").stdout)


# MARK: No answer


def test_an_agent_that_does_not_answer_is_not_waited_for(hasty):
    owner = Operator(hasty)
    with Rude(owner) as rude:
        with asking(owner, rude.agent_id) as person:
            number = rude.asked()
            assert end_of(person) == UNANSWERED
        until(lambda: rude.told("close", number) == [b"not answered"])
        # Late, and for nobody; the agent stays, and its next answer is heard.
        rude.say("opened", number)
        rude.say("data", number, b"late")
        rude.say("exit", number, bytes(4))
        with asking(owner, rude.agent_id) as person:
            following = rude.start(2)
            rude.say("data", following, b"in time")
            assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "opened"}
            assert person.recv(timeout=PATIENCE) == b"in time"
            rude.say("exit", following, bytes(4))
            assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "exit", "status": 0}
        assert is_open(rude.socket)
    until(lambda: gauges(hasty).get('watchword_terminals{realm="vsay"}') == 0)
    assert recorded(hasty, "not answered")


def test_more_than_an_agents_terminals_that_are_not_answered_leave_their_places(hasty):
    owner = Operator(hasty)
    with Rude(owner) as rude:
        persons = [asking(owner, rude.agent_id) for _ in range(64)]
        assert [end_of(person) for person in persons] == [UNANSWERED] * 64
        with asking(owner, rude.agent_id) as person:
            rude.start(65)
            assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "opened"}


def test_the_command_says_that_the_agent_did_not_answer(hasty):
    owner = Operator(hasty)
    with Rude(owner, "mute"):
        done = subprocess.run(
            [binary(), "terminal", "mute", "--host", f"http://localhost:{hasty.ports['vsay']}"],
            env={**os.environ, "WATCHWORD_TOKEN": owner.token}, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE, text=True, start_new_session=True,
        )  # fmt: skip
    assert done.returncode == 255
    assert done.stderr == (
        "watchword terminal: the agent is connected, but did not answer in time: see to its vsay-agent\n"
    )


def test_the_page_says_that_the_agent_did_not_answer(visits, hosted):
    guest = Guest(visits, hosted, "vsay").sign_up().sign_in()
    owner = Operator.__new__(Operator)
    owner.server, owner.key = hosted, vsay_key(guest)
    with Rude(owner, "mute") as rude:
        guest.go(f"/machines/{rude.agent_id}/terminal")
        status = guest.page.locator("#terminal-status")
        rude.asked()
        expect(status).to_have_text("Connecting")
        expect(status).to_have_text("The machine is connected, but did not answer in time.")
        guest.page.locator("#terminal-again").click()
        rude.start(2)
        expect(status).to_have_text("Connected")


# MARK: No credit


def test_an_agent_that_takes_nothing_of_what_is_typed_ends_that_terminal(hasty):
    owner = Operator(hasty)
    with Rude(owner) as rude, asking(owner, rude.agent_id) as person:
        number = waiting(rude, person, 1)
        assert end_of(person) == UNTAKEN
        until(lambda: rude.told("close", number) == [b"input not taken"])
        assert is_open(rude.socket)
    assert recorded(hasty, "input not taken")


def test_input_that_is_taken_slowly_ends_nothing(hasty):
    owner = Operator(hasty)
    with Rude(owner) as rude, asking(owner, rude.agent_id) as person:
        number = waiting(rude, person, 60)
        # Each time less than there is, together more.
        for taken in range(1, 4):
            time.sleep(SHORT * 0.4)
            rude.say("credit", number, (20).to_bytes(4, "big"))
            until(lambda: len(rude.typed(number)) == WINDOW + 20 * taken)
        time.sleep(SHORT + 0.5)
        assert is_open(person), "nothing waits any more"


def test_a_token_a_ping_and_a_close_are_read_behind_input_that_waits(patient):
    owner = Operator(patient)
    with Rude(owner) as rude:
        with asking(owner, rude.agent_id) as person:
            waiting(rude, person, WINDOW)
            assert is_open(person), "a ping is answered"
            person.send(json.dumps({"type": "auth", "token": "garbage"}))
            assert end_of(person)[0] == 1008
        with asking(owner, rude.agent_id) as person:
            number = rude.start(2)
            person.send(b"x" * (WINDOW // 8))
            for _ in range(15):
                person.send(b"x" * (WINDOW // 8))
            person.close(1000)
            assert person.close_code == 1000, "its close frame was answered"
        until(lambda: rude.told("close", number) == [b"left"])


def test_a_size_overtakes_input_that_waits(patient):
    owner = Operator(patient)
    with Rude(owner) as rude, asking(owner, rude.agent_id) as person:
        number = waiting(rude, person, 1000)
        person.send(json.dumps({"type": "resize", "cols": 101, "rows": 37}))
        until(lambda: rude.told("resize", number) == [bytes([0, 101, 0, 37])])


def test_a_terminal_outlives_its_token_though_input_waits(own_server, tmp_path):
    dialect = tmp_path / "short.yaml"
    text = VSAY.read_text()
    assert "ttl: 24h, claims" in text
    dialect.write_text(text.replace("ttl: 24h, claims", "ttl: 12s, claims"))
    server = own_server(dialects={"vsay": dialect}).start()
    owner = Operator(server)
    with Rude(owner) as rude:
        first = owner.sign_in().token
        signed_in = time.monotonic()
        with asking(owner, rude.agent_id, first) as person:
            waiting(rude, person, 100_000)
            time.sleep(max(0, signed_in + 7 - time.monotonic()))
            person.send(json.dumps({"type": "auth", "token": owner.sign_in().token}))
            time.sleep(max(0, signed_in + 13 - time.monotonic()))
            assert is_open(person), "the first token is past its end"
            assert end_of(person) == ENDS["token_expired"], "the last token's end counts"


def test_who_types_on_without_end_is_not_read_on(patient):
    """A flood at an agent that takes nothing: bounded in memory, and its neighbours do not notice."""
    owner = Operator(patient)
    with Rude(owner) as rude:
        path = owner.path(rude.agent_id)
        with Socket(patient.ports["vsay"], path) as flooding, asking(owner, rude.agent_id) as person:
            rude.asked(2)
            rude.say("opened", 1), rude.say("opened", 2)
            assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "opened"}
            before, sent, piece = resident(patient), 0, frame(BINARY, b"x" * 16_000)
            flooding.socket.settimeout(5)
            with pytest.raises(TimeoutError):
                while sent < 64_000_000:
                    flooding.send(piece)
                    sent += len(piece)
            until(lambda: len(rude.typed(1)) == WINDOW)
            grown = resident(patient) - before
            print(f"\n{sent} bytes were taken of a flood, {grown} KiB more in memory")
            assert sent < 32_000_000 and grown < 20_000
            for turn in range(20):
                person.send(b"turn %d" % turn)
                until(lambda: rude.typed(2).endswith(b"turn %d" % turn))
                rude.say("data", 2, b"seen")
                assert person.recv(timeout=PATIENCE) == b"seen"
        until(lambda: rude.told("close", 1) == [b"left"])


# MARK: Many, and the newest


def test_one_of_many_terminals_that_is_stuck_holds_up_no_other(patient, tmp_path):
    owner = Operator(patient)
    with Machine(patient, owner.key, tmp_path) as machine:
        agent_id = owner.online("machine")
        stuck = owner.terminal(agent_id).quiet()
        stuck.type("stty raw; echo raw; sleep 300\n")
        stuck.shows("raw")
        typing = threading.Thread(target=lambda: flood(stuck), daemon=True)
        typing.start()
        deaf = Socket(patient.ports["vsay"], owner.path(agent_id), buffer=4096)
        deaf.send(frame(BINARY, "yes 0123456789012345678901234567890123456789\n"))
        others = [owner.terminal(agent_id).quiet() for _ in range(20)]
        for turn in range(3):
            for number, other in enumerate(others):
                assert other.run(f"echo {turn} {number}") == f"{turn} {number}\n"
        for other in others:
            other.close()
        deaf.close()
        # All of it hangs up, though its program reads nothing.
        stuck.socket.socket.close()
        typing.join(PATIENCE)
        until(lambda: not machine.children())


def flood(terminal):
    try:
        for _ in range(200):
            terminal.type(b"y" * 16_384)
    except Exception:
        # The connection was taken from under it.
        pass


def test_the_newest_connection_of_an_agent_has_its_terminals(patient):
    owner = Operator(patient)
    with Rude(owner, "twice") as older:
        person, waiting_person = asking(owner, older.agent_id), None
        older.start()
        assert json.loads(person.recv(timeout=PATIENCE)) == {"type": "opened"}
        waiting_person = asking(owner, older.agent_id)
        older.asked(2)
        with Rude(owner, "twice", agent_id=older.agent_id) as newer:
            until(lambda: older.end == ENDS["replaced"])
            assert end_of(person) == ENDS["agent_offline"]
            assert end_of(waiting_person) == ENDS["agent_offline"]
            with asking(owner, older.agent_id) as again:
                assert newer.start() == 1, "numbers are a connection's own"
                assert json.loads(again.recv(timeout=PATIENCE)) == {"type": "opened"}
    assert recorded(patient, "agent offline")


def test_a_machine_that_is_replaced_hangs_up_its_shells(patient, tmp_path):
    owner = Operator(patient)
    machine = Machine(patient, owner.key, tmp_path, name="taken").start()
    agent_id = owner.online("taken")
    terminal = owner.terminal(agent_id).quiet()
    terminal.type("sleep 300\n")
    shells = until(lambda: len(machine.children()) >= 2 and machine.children())
    with Rude(owner, "taken", agent_id=agent_id):
        assert terminal.end() == ENDS["agent_offline"]
        assert machine.process.wait(PATIENCE) != 0
        assert "took its place" in machine.log_text()
        until(lambda: not any(pathlib.Path(f"/proc/{process}").exists() for process, _ in shells))
