"""ChatOps' agents over a real socket: the document's exchange word for word, and what its sibling pages promise."""

import json
import time

import pytest
from websockets.exceptions import ConnectionClosed

from sockets import CHATOPS, ENDS, agent, chat, end_of, is_open, opened, said
from waiting import PATIENCE, until


def refused(server, first):
    """Everything that an agent is told whose first message is not taken."""
    with opened(server, "chatops", CHATOPS) as socket:
        socket.send(first)
        heard = []
        try:
            while True:
                heard.append(socket.recv(timeout=PATIENCE))
        except ConnectionClosed as end:
            return heard, end.rcvd.code, end.rcvd.reason


def auth(key):
    return json.dumps({"type": "auth", "api_key": key})


def test_the_exchange_of_the_document(server):
    person = chat(server)
    server_id = person.new_server()
    key = person.new_key(server_id)["key"]
    with opened(server, "chatops", CHATOPS) as socket:
        socket.send('{\n  "type": "auth",\n  "api_key": "' + key + '"\n}')
        answer = socket.recv(timeout=PATIENCE)
        assert isinstance(answer, str)
        expected = {"type": "auth_success", "server_id": server_id, "message": "Connected successfully"}
        assert json.loads(answer) == expected
        assert list(json.loads(answer)) == list(expected), "the members in the order of the document"
        assert is_open(socket)


def test_a_first_message_may_hold_more(server):
    person = chat(server)
    key = person.new_key(person.new_server())["key"]
    with opened(server, "chatops", CHATOPS) as socket:
        socket.send(json.dumps({"hostname": "web-1", "api_key": key, "type": "auth", "extra": {"a": [1]}}))
        assert said(socket)["type"] == "auth_success"


def test_every_refusal_says_the_same(server):
    person, other = chat(server), chat(server)
    alive, gone = person.new_server(), other.new_server()
    revoked, orphan, good = person.new_key(alive), other.new_key(gone), person.new_key(alive)
    assert person.ask("DELETE", f"/api/v1/api-keys/{revoked['id']}").status_code == 204
    assert other.ask("DELETE", f"/api/v1/servers/{gone}").status_code in (200, 204)
    firsts = {
        "an unknown key": auth("chatops_" + "x" * 32),
        "an unknown key of the right form": auth(good["key"][:-6] + "zzzzzz"),
        "a revoked key": auth(revoked["key"]),
        "a key of a server that was deleted": auth(orphan["key"]),
        "a person's token": auth(person.token),
        "no key": '{"type":"auth"}',
        "an empty key": auth(""),
        "a key that is no text": '{"type":"auth","api_key":7}',
        "a key of null": '{"type":"auth","api_key":null}',
        "a key with a space": auth(good["key"] + " "),
        "another type": json.dumps({"type": "hello", "api_key": good["key"]}),
        "no type": json.dumps({"api_key": good["key"]}),
        "a ping before it": '{"type":"ping"}',
        "a list": "[]",
        "a text": '"auth"',
        "nothing": "",
        "no JSON": "auth " + good["key"],
        "JSON cut short": auth(good["key"])[:-1],
        "bytes": auth(good["key"]).encode(),
    }
    words = json.dumps({"type": "error", "message": "Invalid or inactive API key"})
    answers = {kind: refused(server, first) for kind, first in firsts.items()}
    for kind, (heard, code, _) in answers.items():
        assert [json.loads(each) for each in heard] == [json.loads(words)], kind
        assert code == 1008, kind
    assert len({json.dumps(answer) for answer in answers.values()}) == 1, answers
    with agent(server, good["key"]):
        pass


def test_servers_are_made_listed_renamed_and_deleted(server):
    person, stranger = chat(server), chat(server)
    first, second = person.new_server("web-1"), person.new_server("web-2")
    assert {each["name"] for each in person.servers().values()} == {"web-1", "web-2"}
    assert stranger.servers() == {}
    path = f"/api/v1/servers/{first}"
    assert person.ask("GET", path).json()["name"] == "web-1"
    renamed = person.ask("PUT", path, json={"name": "web-1b"})
    assert renamed.status_code == 200 and renamed.json()["name"] == "web-1b", renamed.text
    assert person.ask("GET", path).json()["name"] == "web-1b"
    for method, body in (("GET", None), ("PUT", {"name": "mine"}), ("DELETE", None)):
        answers = [stranger.ask(method, f"/api/v1/servers/{each}", json=body) for each in (first, "0" * 36, "nothing")]
        assert {answer.status_code for answer in answers} == {404}, method
        assert len({answer.text for answer in answers}) == 1, method
    assert person.servers()[first]["name"] == "web-1b"
    assert person.ask("DELETE", path).status_code in (200, 204)
    assert set(person.servers()) == {second}
    assert person.ask("GET", path).status_code == 404


def test_a_key_is_shown_once_and_is_its_servers_owners(server):
    person, stranger = chat(server), chat(server)
    first, second = person.new_server(), person.new_server()
    made = person.new_key(first, "main")
    assert made["key"].startswith("chatops_") and made["server_id"] == first and made["name"] == "main"
    person.new_key(second)
    listed = person.ask("GET", "/api/v1/api-keys", params={"server_id": first})
    assert [each["id"] for each in listed.json()] == [made["id"]]
    assert made["key"] not in listed.text and "key" not in listed.json()[0]
    assert stranger.ask("POST", "/api/v1/api-keys", json={"server_id": first, "name": "x"}).status_code == 404
    assert stranger.ask("DELETE", f"/api/v1/api-keys/{made['id']}").status_code == 404
    assert stranger.ask("GET", "/api/v1/api-keys", params={"server_id": first}).status_code in (200, 404)
    with agent(server, made["key"]):
        pass


def test_a_revoked_key_drops_its_socket(server):
    person = chat(server)
    server_id = person.new_server()
    made, kept = person.new_key(server_id), person.new_key(person.new_server())
    with agent(server, made["key"]) as socket, agent(server, kept["key"]) as other:
        assert person.ask("DELETE", f"/api/v1/api-keys/{made['id']}").status_code == 204
        assert end_of(socket) == ENDS["key_ended"]
        assert is_open(other), "another key's socket stays"
        assert refused(server, auth(made["key"]))[1] == 1008


def test_a_deleted_server_drops_its_socket(server):
    person = chat(server)
    server_id = person.new_server()
    with agent(server, person.new_key(server_id)["key"]) as socket:
        assert person.ask("DELETE", f"/api/v1/servers/{server_id}").status_code in (200, 204)
        assert end_of(socket)[0] in (ENDS["agent_removed"][0], ENDS["key_ended"][0])


def test_a_rotated_key_is_good_until_the_end_of_the_overlap(server):
    person = chat(server)
    server_id = person.new_server()
    made = person.new_key(server_id)
    with agent(server, made["key"]) as socket:
        before = time.monotonic()
        answer = person.ask("POST", f"/api/v1/api-keys/{made['id']}/rotate", json={"overlap": 3})
        assert answer.status_code in (200, 201), answer.text
        new = answer.json()["key"]
        assert new != made["key"]
        assert end_of(socket) == ENDS["key_ended"]
        assert time.monotonic() - before > 2.9, "closed before the end of the overlap"
    assert refused(server, auth(made["key"]))[1] == 1008
    with agent(server, new) as socket:
        assert is_open(socket)


def test_both_keys_open_within_the_overlap(server):
    person = chat(server)
    made = person.new_key(person.new_server())
    answer = person.ask("POST", f"/api/v1/api-keys/{made['id']}/rotate", json={"overlap": 60})
    for key in (made["key"], answer.json()["key"]):
        with agent(server, key) as socket:
            assert is_open(socket)


def test_presence_is_shown(server):
    person = chat(server)
    server_id = person.new_server()
    key = person.new_key(server_id)["key"]

    def state():
        return person.servers()[server_id]["status"]

    assert state() == "offline"
    with agent(server, key):
        until(lambda: state() == "online")
        until(lambda: person.servers()[server_id]["last_seen"])
        assert person.ask("GET", f"/api/v1/servers/{server_id}").json()["status"] == "online"
    until(lambda: state() == "offline")
    assert person.servers()[server_id]["last_seen"], "when it was seen last stays"


def test_the_newer_of_two_agents_with_one_key_stays(server):
    person = chat(server)
    server_id = person.new_server()
    key = person.new_key(server_id)["key"]
    with agent(server, key) as older, agent(server, key) as newer:
        assert end_of(older) == ENDS["replaced"]
        assert is_open(newer)
        until(lambda: person.servers()[server_id]["status"] == "online")
        time.sleep(0.3)
        assert person.servers()[server_id]["status"] == "online", "the end of the older does not take it offline"


def test_two_keys_of_one_server_are_one_agent(server):
    person = chat(server)
    server_id = person.new_server()
    first, second = (person.new_key(server_id, each)["key"] for each in ("a", "b"))
    with agent(server, first) as older, agent(server, second) as newer:
        assert end_of(older) == ENDS["replaced"]
        assert is_open(newer)


def test_a_ping_of_the_application_is_answered(server):
    person = chat(server)
    with agent(server, person.new_key(person.new_server())["key"]) as socket:
        for _ in range(3):
            socket.send('{"type": "ping"}')
            assert said(socket) == {"type": "pong"}
        assert is_open(socket)


def test_the_socket_is_no_plain_route(server):
    import requests

    answer = requests.get(server.url("chatops", CHATOPS), timeout=PATIENCE)
    assert answer.status_code == 426
    assert answer.headers["Upgrade"].lower() == "websocket"
    assert list(answer.json()) == ["detail"]


@pytest.mark.parametrize("path", ["/api/v1/agents/ws/", "/api/v1/agents", "/api/v1/servers", "/"])
def test_no_other_path_is_a_socket(server, path):
    from websockets.exceptions import InvalidStatus

    with pytest.raises(InvalidStatus) as refusal:
        opened(server, "chatops", path)
    assert refusal.value.response.status_code in (401, 404, 405)


def test_a_restart_lets_the_agents_come_back(own_server):
    server = own_server(dialects=["chatops"])
    server.start()
    person = chat(server)
    key = person.new_key(person.new_server())["key"]
    with agent(server, key) as socket:
        assert server.stop() == 0
        assert end_of(socket) == ENDS["server_stopping"]
    server.start()
    with agent(server, key) as socket:
        assert is_open(socket)
