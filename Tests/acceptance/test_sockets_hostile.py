"""Sockets from hostile hands: nothing hangs or leaks, and others keep being served."""

import json
import os
import socket as sockets_of_python
import struct
import time

import pytest

from frames import CONTINUATION, PING, PONG, TEXT, Ended, Refused, Socket, frame, opening
from sockets import CHATOPS, Live, agent, by_hand, chat, descriptors, live_server, open_sockets, resident, settled
from waiting import PATIENCE, until

# The whole number takes a minute or two: SOCKETS=10000.
MANY = int(os.environ.get("SOCKETS", "2000"))


@pytest.fixture(autouse=True)
def others_are_served(socket_server, somebody):
    """After each test somebody else is answered, and nothing of the hostile one stays."""
    before = descriptors(socket_server)
    yield
    somebody.ask("GET", "/me")
    with somebody.socket() as socket:
        socket.send("ping")
        assert socket.recv(timeout=PATIENCE) == "pong"
    # A few more for the connections that a test kept to the store or to plain routes.
    settled(socket_server, before + 5)


def test_a_first_message_comes_in_time_or_never(socket_server):
    started = time.monotonic()
    with Socket(socket_server.ports["live"], "/first") as socket:
        assert json.loads(socket.message()) == {"type": "welcome"}
        heard = [json.loads(socket.message())]
        assert heard == [{"type": "refused"}]
        assert socket.closed() in (4401, 4008)
    assert time.monotonic() - started > 0.8


def test_bytes_do_not_put_the_deadline_off(socket_server):
    started = time.monotonic()
    with Socket(socket_server.ports["live"], "/first") as socket:
        socket.send(frame(TEXT, "x", fin=False))
        try:
            while time.monotonic() - started < PATIENCE:
                socket.send(frame(PING), frame(CONTINUATION, "x", fin=False))
                time.sleep(0.05)
        except OSError:
            pass
        # The close is sent after a second, and a peer that does not answer it is given five more.
        assert time.monotonic() - started < PATIENCE
        while socket.code is None:
            socket.receive()
        assert socket.code in (4401, 4008)


def test_a_handshake_that_is_never_finished_is_ended(socket_server):
    """Half of it is no better than half of a request."""
    with sockets_of_python.create_connection(("127.0.0.1", socket_server.ports["live"]), timeout=PATIENCE) as connection:
        connection.sendall(opening("/first", socket_server.ports["live"])[:-2])
        answer = connection.recv(65536)
    assert answer == b"" or b" 408 " in answer


@pytest.mark.parametrize("size", [4_200, 9_000, 70_000, 2_000_000])
def test_a_first_message_too_long(socket_server, size):
    with Socket(socket_server.ports["chatops"], CHATOPS) as socket:
        try:
            socket.text(json.dumps({"type": "auth", "api_key": "x" * size}))
        except OSError:
            pass
        assert socket.closed() in (1008, 1009)


def test_nothing_is_kept_for_a_length_that_is_only_said(socket_server):
    """A frame that says two gigabytes, or a hundred with a megabyte each: nothing is put by for them."""
    before = resident(socket_server)
    held = []
    for _ in range(100):
        socket = Socket(socket_server.ports["chatops"], CHATOPS)
        try:
            socket.send(b"\x81\xff" + (2**31).to_bytes(8, "big") + b"\0\0\0\0" + b"x" * 1000)
        except OSError:
            pass
        held.append(socket)
    time.sleep(0.5)
    grown = resident(socket_server) - before
    for socket in held:
        socket.close()
    assert grown < 40_000, f"{grown} KiB for a hundred frames that were only announced"


def test_a_flood_of_pings_is_answered_in_little(somebody):
    """Of a hundred thousand that are waiting the last is answered: no memory goes into answers that nobody needs."""
    before = resident(somebody.server)
    with by_hand(somebody) as socket:
        for number in range(1000):
            socket.send(frame(PING, str(number)) * 100)
        heard = None
        while heard != b"999":
            opcode, heard = socket.receive()
            assert opcode == PONG
        socket.text("ping")
        assert socket.message() == "pong"
    assert resident(somebody.server) - before < 40_000


def test_a_flood_of_messages_is_bounded(somebody):
    with by_hand(somebody) as socket:
        try:
            for _ in range(400):
                socket.send(frame(TEXT, "nothing in it") * 50)
        except OSError:
            pass
        try:
            code = socket.closed()
        except (Ended, OSError):
            code = None
        assert code in (None, 1008, 1013), code


def test_a_peer_that_asks_and_never_reads_costs_little(somebody):
    before = resident(somebody.server)
    with by_hand(somebody, buffer=4096, timeout=1) as socket:
        started = time.monotonic()
        try:
            while time.monotonic() - started < 10:
                socket.send(frame(PING, b"x" * 125) * 200)
        except OSError:
            pass
        assert resident(somebody.server) - before < 40_000


def test_a_silent_peer_is_pinged_and_ended(own_server):
    """Half open: it neither closes nor answers the ping."""
    person = Live(live_server(own_server, sockets={"ping_seconds": 5, "pong_seconds": 2}))
    started = time.monotonic()
    with by_hand(person) as socket:
        opcode, _ = socket.receive()
        assert opcode == PING and time.monotonic() - started > 4.5
        assert socket.closed() == 4009


def test_a_peer_that_answers_pings_stays(own_server):
    person = Live(live_server(own_server, sockets={"ping_seconds": 5, "pong_seconds": PATIENCE}))
    with by_hand(person) as socket:
        for _ in range(3):
            opcode, payload = socket.receive()
            assert opcode == PING
            socket.send(frame(PONG, payload))
        socket.text("ping")
        assert socket.message() == "pong"


def test_a_peer_that_is_gone_without_a_word_is_forgotten(socket_server, somebody):
    held = [by_hand(somebody) for _ in range(20)]
    for socket in held:
        # A reset, as from a machine that lost its power and came back.
        socket.socket.setsockopt(sockets_of_python.SOL_SOCKET, sockets_of_python.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close()
    until(lambda: open_sockets(socket_server) == 0)


def test_a_peer_that_does_not_answer_the_close_is_cut(somebody):
    other = somebody.sign_in()
    with by_hand(other) as socket:
        other.post("/logout")
        while socket.code is None:
            socket.receive()
        socket.hung_up()


def test_an_address_has_so_many_that_are_not_authenticated(own_server):
    server = live_server(own_server, sockets={"unauthenticated_per_address": 10})
    held = [Socket(server.ports["chatops"], CHATOPS) for _ in range(10)]
    try:
        with pytest.raises((Refused, Ended)) as refused:
            Socket(server.ports["chatops"], CHATOPS).closed()
        if refused.type is Refused:
            assert refused.value.status in (429, 503)
        with Socket(server.ports["chatops"], CHATOPS, source="127.0.0.9"):
            pass
        # An open one counts no more once it has authenticated.
        person = chat(server)
        key = person.new_key(person.new_server())["key"]
        held.pop().close()
        until(lambda: open_sockets(server) < 10)
        with agent(server, key), Socket(server.ports["chatops"], CHATOPS):
            pass
    finally:
        for socket in held:
            socket.close()


def test_many_connects_in_a_row(socket_server):
    """Half of them authenticate and all are dropped without a word, while somebody else is answered."""
    person = chat(socket_server)
    key = person.new_key(person.new_server())["key"]
    port, before, memory = socket_server.ports["chatops"], descriptors(socket_server), resident(socket_server)
    first = frame(TEXT, json.dumps({"type": "auth", "api_key": key}))
    started, slowest, failed = time.monotonic(), 0.0, 0
    for number in range(MANY):
        try:
            with Socket(port, CHATOPS) as socket:
                if number % 2:
                    socket.send(first)
                    assert "auth_success" in socket.message()
        except (Refused, Ended, OSError) as error:
            failed += 1
            assert failed < 5, error
        if number % 200 == 0:
            asked_at = time.monotonic()
            assert person.use().ok
            slowest = max(slowest, time.monotonic() - asked_at)
    took = time.monotonic() - started
    settled(socket_server, before + 5)
    grown = resident(socket_server) - memory
    beside = f"the slowest answer beside them {slowest * 1000:.0f} ms"
    print(f"\n{MANY} connects in {took:.1f} s, {beside}, {grown} KiB more")
    assert failed == 0
    assert grown < 60_000


def test_many_that_never_finish_the_handshake(socket_server, somebody):
    port, before = socket_server.ports["live"], descriptors(socket_server)
    held = []
    for number in range(500):
        connection = sockets_of_python.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        connection.sendall(opening("/live", port)[: 20 + number % 80])
        held.append(connection)
    somebody.ask("GET", "/me")
    with somebody.socket() as socket:
        socket.send("ping")
        assert socket.recv(timeout=PATIENCE) == "pong"
    for connection in held:
        connection.close()
    until(lambda: descriptors(socket_server) <= before + 10)
