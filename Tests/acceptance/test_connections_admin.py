"""What an operator sees of open sockets and does to them, how many there may be, and a restart."""

import json

import pytest
import requests
from websockets.exceptions import InvalidStatus

from frames import Ended, Refused, Socket
from sockets import CHATOPS, ENDS, Live, agent, chat, end_of, gauges, is_open, live_server, open_sockets, opened
from waiting import PATIENCE, until


@pytest.fixture
def server(own_server):
    return live_server(own_server)


def connections(server, *words):
    return server.json("connection", "list", *words)


def test_open_sockets_are_listed(server):
    person = Live(server)
    agent_id, key_id, key = person.new_agent()
    assert connections(server) == []
    with person.socket(), person.agent_socket(key), person.socket(f"/agents/{agent_id}/watch"):
        listed = connections(server)
        assert [each["role"] for each in listed] == ["person", "agent", "person"]
        assert {each["account_id"] for each in listed} == {person.id}
        assert {each["realm"] for each in listed} == {"live"}
        assert listed[1]["agent_id"] == agent_id and listed[1]["api_key_id"] == key_id
        assert listed[0]["session_id"] == person.session and listed[0]["expires_at"]
        assert {each["address"] for each in listed} <= {"127.0.0.1", "::1"}
        assert len({each["number"] for each in listed}) == 3
        text = json.dumps(listed)
        assert key not in text and person.token not in text
        assert len(connections(server, "--realm", "live", "--account", person.email)) == 3
        assert [each["agent_id"] for each in connections(server, "--agent", agent_id)] == [agent_id] * len(
            connections(server, "--agent", agent_id)
        )
        assert connections(server, "--realm", "chatops") == []
        table = server.run("connection", "list").stdout
        assert agent_id in table and person.id in table
    until(lambda: connections(server) == [])


@pytest.mark.parametrize("client", ["red\x1b[31m", "\u202eevil", "\x9b31m", "a\tb", "x" * 4000])
def test_a_client_cannot_paint_the_operators_screen(server, client):
    person = Live(server)
    name = client.encode().decode("latin-1")
    try:
        socket = Socket(server.ports["live"], f"/live?token={person.token}", fields=[("User-Agent", name)])
    except (Refused, UnicodeEncodeError):
        return
    with socket:
        socket.message()
        text = server.run("connection", "list").stdout
        assert person.id in text and len(text) < 4000
        bad = [each for each in text if each != "\n" and (ord(each) < 32 or 127 <= ord(each) < 160 or each == "\u202e")]
        assert not bad
        assert "\x1b" not in server.run("connection", "list", "--json").stdout


def test_sockets_are_closed_by_number_account_agent_and_realm(server):
    person, stranger = Live(server), Live(server)
    agent_id, _, key = person.new_agent()

    def close(*words):
        done = server.run("connection", "close", *words)
        assert done.returncode == 0, (done.stdout, done.stderr)
        return int(done.stdout)

    def settled():
        """The server has seen the end of each socket but the stranger's."""
        until(lambda: len(connections(server)) == 1)

    with stranger.socket() as other:
        with person.socket() as one, person.socket() as two:
            number = connections(server, "--realm", "live", "--account", person.email)[0]["number"]
            assert close(str(number)) == 1
            assert end_of(one) == ENDS["operator_closed"] and is_open(two)
        settled()
        with person.agent_socket(key) as machine, person.socket() as two:
            assert close("--realm", "live", "--agent", agent_id) == 1
            assert end_of(machine) == ENDS["operator_closed"] and is_open(two)
        settled()
        with person.agent_socket(key) as machine, person.socket() as two:
            assert close("--realm", "live", "--account", person.email) == 2
            assert end_of(machine) == end_of(two) == ENDS["operator_closed"]
        settled()
        assert is_open(other)
        with person.socket() as two:
            assert close("--realm", "live", "--all") == 2
            assert end_of(two) == end_of(other) == ENDS["operator_closed"]
    with person.socket() as socket:
        assert is_open(socket), "who may connect still may"


def test_a_number_that_is_nobodys(server):
    done = server.run("connection", "close", "999999")
    assert done.returncode != 0 and "Fatal" not in done.stderr
    assert server.run("connection", "close").returncode != 0


def test_only_this_machine_may_ask(server):
    url = f"http://127.0.0.1:{server.admin}/connections"
    assert requests.get(url, timeout=PATIENCE).status_code == 200
    everything = {"realm": "live", "all": True}
    for field in (("Origin", "http://localhost"), ("X-Forwarded-For", "203.0.113.7"), ("Sec-Fetch-Site", "cross-site")):
        headers = dict([field])
        assert requests.get(url, headers=headers, timeout=PATIENCE).status_code == 403
        assert requests.post(url + "/close", json=everything, headers=headers, timeout=PATIENCE).status_code == 403


def test_without_a_server_the_command_says_so(own_server):
    server = own_server(dialects=["chatops"])
    done = server.run("connection", "list")
    assert done.returncode != 0 and done.stderr.strip() and "Fatal" not in done.stderr


def test_agents_are_listed_with_their_presence(server):
    person = chat(server)
    server_id = person.new_server("web-1")
    key = person.new_key(server_id)["key"]

    def listed():
        (one,) = [
            each
            for each in server.json("agent", "list", "--account", person.email, "--realm", "chatops")
            if each["id"] == server_id
        ]
        return one

    assert listed()["online"] is False and listed()["name"] == "web-1"
    with agent(server, key):
        until(lambda: listed()["online"] is True)
        until(lambda: listed()["last_seen_at"])
    until(lambda: listed()["online"] is False)
    assert listed()["address"] in ("127.0.0.1", "::1")


def test_sockets_are_counted(server):
    person = Live(server)
    agent_id, _, key = person.new_agent()
    with person.socket() as one, person.agent_socket(key), Socket(server.ports["chatops"], CHATOPS):
        # One that has yet to authenticate is counted when the upgrade is done, of which its client knows before.
        until(lambda: gauges(server)['watchword_sockets_unauthenticated{realm="chatops"}'] == 1)
        found = gauges(server)
        assert found['watchword_sockets{realm="live",role="person"}'] == 1
        assert found['watchword_sockets{realm="live",role="agent"}'] == 1
        one.send("ping")
        assert one.recv(timeout=PATIENCE) == "pong"
        person.post("/logout")
        end_of(one)
    until(lambda: open_sockets(server) == 0)
    until(lambda: gauges(server).get('watchword_sockets_ended_total{realm="live",cause="session_ended"}') == 1)
    assert gauges(server)['watchword_sockets_opened_total{realm="live",role="person"}'] == 1
    with pytest.raises(InvalidStatus):
        opened(server, "live", "/live?token=nothing")
    until(lambda: any(key.startswith('watchword_sockets_refused_total{realm="live"') for key in gauges(server)))


def refused(open_one):
    """How one too many is told so: before the upgrade with a status, or after it with a code."""
    try:
        socket = open_one()
    except Refused as refusal:
        return refusal.status
    try:
        return socket.closed()
    except (Ended, TimeoutError):
        return None
    finally:
        socket.close()


def test_an_account_has_so_many(own_server):
    server = live_server(own_server, sockets={"per_account": 5})
    person, other = Live(server), Live(server)
    held = [person.socket() for _ in range(5)]
    path = f"/live?token={person.token}"
    assert refused(lambda: Socket(server.ports["live"], path)) in (429, 503, 1013)
    with other.socket() as socket:
        assert is_open(socket), "another account is not held up"
    held.pop().close()
    until(lambda: open_sockets(server) == 4)
    with person.socket() as socket:
        assert is_open(socket)
    for socket in held:
        assert is_open(socket)
        socket.close()


def test_an_address_has_so_many(own_server):
    server = live_server(own_server, sockets={"per_address": 5})
    people = [Live(server) for _ in range(6)]
    held = [person.socket() for person in people[:5]]
    path = f"/live?token={people[5].token}"
    assert refused(lambda: Socket(server.ports["live"], path)) in (429, 503, 1013)
    with Socket(server.ports["live"], path, source="127.0.0.9") as socket:
        assert "hello" in socket.message()
    for socket in held:
        assert is_open(socket)
        socket.close()


def test_there_are_so_many_in_all(own_server):
    server = live_server(own_server, sockets={"connections": 5})
    person = Live(server)
    held = [person.socket() for _ in range(5)]
    assert refused(lambda: Socket(server.ports["live"], f"/live?token={person.token}")) in (503, 1013)
    person.ask("GET", "/me")
    for socket in held:
        assert is_open(socket)
        socket.close()


def test_a_graceful_stop_tells_everyone_and_takes_them_back(server):
    person, owner = Live(server), chat(server)
    _, _, key = person.new_agent()
    server_key = owner.new_key(owner.new_server())["key"]
    with person.socket() as one, person.agent_socket(key) as two, agent(server, server_key) as three:
        with Socket(server.ports["chatops"], CHATOPS) as waiting:
            assert server.stop() == 0
            assert end_of(one) == end_of(two) == end_of(three) == ENDS["server_stopping"]
            assert waiting.closed() == 1012
    server.start()
    with person.socket() as one, person.agent_socket(key) as two, agent(server, server_key) as three:
        assert is_open(one) and is_open(two) and is_open(three)


def test_a_client_that_takes_no_notice_does_not_hold_up_the_stop(server):
    person = Live(server)
    with Socket(server.ports["live"], f"/live?token={person.token}") as socket:
        socket.message()
        assert server.stop() == 0


def test_after_a_kill_presence_is_not_believed(server):
    person = chat(server)
    server_id = person.new_server()
    key = person.new_key(server_id)["key"]
    with agent(server, key):
        server.kill()
    server.start()
    until(lambda: person.servers()[server_id]["status"] == "offline")
    with agent(server, key):
        until(lambda: person.servers()[server_id]["status"] == "online")


def test_a_socket_of_another_realm_opens_nothing(server):
    person, owner = Live(server), chat(server)
    key = owner.new_key(owner.new_server())["key"]
    with pytest.raises(InvalidStatus) as refusal:
        opened(server, "live", "/agent", additional_headers={"X-API-Key": key})
    assert refusal.value.response.status_code == 401
    with pytest.raises(InvalidStatus) as refusal:
        opened(server, "live", f"/live?token={owner.token}")
    assert refusal.value.response.status_code == 401
    assert person
