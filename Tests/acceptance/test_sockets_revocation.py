"""Whatever ends the authority of an open socket ends the socket, at once and with its own code.

The times from the acknowledgement of what was done to the close are printed at the end (`pytest -s`); RUNS=20 takes
each cause as often. They are no part of the tests, which hold on a machine that is busy as well.
"""

import json
import os
import statistics
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed

import mailbox
from people import PASSWORD
from sockets import CHATOPS, ENDS, LIVE, Live, chat, end_of, is_open, live_server, opened, said
from waiting import PATIENCE

RUNS = int(os.environ.get("RUNS", "2"))
# The life of a token or of a key whose end is waited for: short, and long enough for whoever opens a socket with it.
SHORT = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    from server import Server

    with Server(tmp_path_factory.mktemp("ends"), dialects={"live": LIVE, "chatops": "chatops"}) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="module")
def times():
    times = {}
    yield times
    print("\n\nfrom the acknowledgement to the close, ms")
    for cause, taken in times.items():
        taken = [each * 1000 for each in taken]
        print(f"{cause:<34} {len(taken):>3} runs  median {statistics.median(taken):7.1f}  most {max(taken):7.1f}")


class Watched:
    """A socket that another thread reads, so that the moment of its end is seen."""

    def __init__(self, socket):
        self.socket, self.end, self.at = socket, None, None
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        try:
            while True:
                self.socket.recv()
        except ConnectionClosed as end:
            self.at = time.monotonic()
            self.end = (end.rcvd.code, end.rcvd.reason) if end.rcvd else None

    def wait(self):
        self.thread.join(PATIENCE)
        assert self.at is not None, "it was not closed"
        return self.end


# MARK: Causes. Each gives the sockets that must end, those that must stay, what ends them, and the end.


def revoked_key(server):
    person = Live(server)
    _, key_id, key = person.new_agent()
    _, _, other = person.new_agent()
    return (
        [person.agent_socket(key)],
        [person.agent_socket(other), person.socket()],
        lambda: person.ask("DELETE", f"/keys/{key_id}"),
        "key_ended",
    )


def key_revoked_by_command(server):
    person = Live(server)
    _, key_id, key = person.new_agent()
    return [person.agent_socket(key)], [person.socket()], lambda: person.command("key", "revoke", key_id), "key_ended"


def key_rotated_without_overlap(server):
    person = Live(server)
    _, key_id, key = person.new_agent()
    return (
        [person.agent_socket(key)],
        [],
        lambda: person.post(f"/keys/{key_id}/rotate", {"overlap": 0}),
        "key_ended",
    )


def key_rotated_by_command(server):
    person = Live(server)
    _, key_id, key = person.new_agent()
    return [person.agent_socket(key)], [], lambda: person.command("key", "rotate", key_id), "key_ended"


def signed_out(server):
    person = Live(server)
    other = person.sign_in()
    return (
        [person.socket(), person.socket("/lasting"), person.socket()],
        [other.socket()],
        lambda: person.post("/logout"),
        "session_ended",
    )


def signed_out_everywhere(server):
    person = Live(server)
    other, stranger = person.sign_in(), Live(server)
    return [person.socket(), other.socket()], [stranger.socket()], lambda: other.post("/logout/all"), "session_ended"


def revoked_session(server):
    person = Live(server)
    other = person.sign_in()
    return (
        [other.socket()],
        [person.socket()],
        lambda: person.ask("DELETE", f"/sessions/{other.session}"),
        "session_ended",
    )


def session_revoked_by_command(server):
    person = Live(server)
    other = person.sign_in()
    return (
        [other.socket()],
        [person.socket()],
        lambda: person.command("session", "revoke", other.session),
        "session_ended",
    )


def changed_password(server):
    """The sockets of the session that changes it stay, those of others end; an agent's key is no password."""
    person = Live(server)
    other = person.sign_in()
    _, _, key = person.new_agent()
    return (
        [other.socket(), other.socket()],
        [person.agent_socket(key)],
        lambda: person.post("/password", {"current": PASSWORD, "new": "amber-lantern-88"}),
        "session_ended",
    )


def password_set_by_command(server):
    person = Live(server)

    def act():
        done = server.run("account", "password", person.email, "--realm", "live", input="amber-lantern-88\n")
        assert done.returncode == 0, done.stderr

    return [person.socket()], [], act, "session_ended"


def reset_password(server):
    person = Live(server)
    person.post("/reset-request", {"email": person.email}, token=None)
    token = mailbox.token(server.mail, "reset", person.email)
    return (
        [person.socket(), person.sign_in().socket()],
        [],
        lambda: person.post("/reset", {"token": token, "password": "amber-lantern-88"}, token=None),
        "session_ended",
    )


def disabled_account(server):
    person, stranger = Live(server), Live(server)
    _, _, key = person.new_agent()
    return (
        [person.socket(), person.agent_socket(key)],
        [stranger.socket()],
        lambda: person.command("account", "disable", person.email),
        "account_closed",
    )


def deleted_account(server):
    person, stranger = Live(server), Live(server)
    _, _, key = person.new_agent()
    return (
        [person.socket(), person.agent_socket(key)],
        [stranger.socket()],
        lambda: person.ask("DELETE", "/me"),
        "account_closed",
    )


def account_deleted_by_command(server):
    person = Live(server)
    _, _, key = person.new_agent()
    return (
        [person.socket(), person.agent_socket(key)],
        [],
        lambda: person.command("account", "delete", person.email, "--yes"),
        "account_closed",
    )


def removed_agent(server):
    person = Live(server)
    agent, _, key = person.new_agent()
    other, _, other_key = person.new_agent()
    return (
        [person.agent_socket(key), person.socket(f"/agents/{agent}/watch")],
        [person.agent_socket(other_key), person.socket(f"/agents/{other}/watch"), person.socket()],
        lambda: person.ask("DELETE", f"/agents/{agent}"),
        "agent_removed",
    )


def unshared_agent(server):
    person, friend = Live(server), Live(server)
    agent, _, key = person.new_agent()
    person.post(f"/agents/{agent}/shares", {"email": friend.email})
    return (
        [friend.socket(f"/agents/{agent}/watch")],
        [person.agent_socket(key), person.socket(f"/agents/{agent}/watch"), friend.socket()],
        lambda: person.post(f"/agents/{agent}/unshare", {"email": friend.email}),
        "agent_removed",
    )


CAUSES = [
    revoked_key,
    key_revoked_by_command,
    key_rotated_without_overlap,
    key_rotated_by_command,
    signed_out,
    signed_out_everywhere,
    revoked_session,
    session_revoked_by_command,
    changed_password,
    password_set_by_command,
    reset_password,
    disabled_account,
    deleted_account,
    account_deleted_by_command,
    removed_agent,
    unshared_agent,
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
def test_what_ends_an_authority_ends_its_sockets(server, times, cause):
    for _ in range(RUNS):
        ending, staying, act, end = cause(server)
        watched = [Watched(socket) for socket in ending]
        act()
        acknowledged = time.monotonic()
        for each in watched:
            # A key goes with its agent: either may be told.
            told = each.wait()
            if cause is removed_agent and told == ENDS["key_ended"]:
                continue
            assert told == ENDS[end], cause.__name__
        times.setdefault(cause.__name__, []).append(max(max(each.at for each in watched) - acknowledged, 0))
        for socket in staying:
            assert is_open(socket), "more was ended than what had ended"
            socket.close()


def test_the_session_that_changes_the_password_keeps_its_socket(server):
    person = Live(server)
    with person.socket() as socket:
        token = person.post("/password", {"current": PASSWORD, "new": "amber-lantern-88"})["token"]
        # Where the old token ended with the change, so did the socket; where the session goes on, it stays.
        person.token, old = token, person.token
        kept = person.ask("GET", "/me", token=old, expected=(200, 401)).status_code == 200
        if kept:
            assert is_open(socket)
        else:
            assert end_of(socket) == ENDS["session_ended"]
    with person.socket() as socket:
        assert is_open(socket)


def test_neither_refresh_nor_renewal_nor_a_kept_key_closes(server):
    person = Live(server)
    agent, key_id, key = person.new_agent()
    with person.socket() as socket, person.agent_socket(key) as machine:
        given = person.post("/refresh", {"refresh_token": person.refresh_token}, token=None)
        person.token = given["token"]
        person.post("/renew")
        person.new_agent()
        person.post("/keys", {"agent_id": agent, "name": "another"})
        person.post(f"/keys/{key_id}/rotate", {"overlap": 60})
        time.sleep(0.5)
        assert is_open(socket) and is_open(machine)


def test_a_key_past_its_end_ends_its_socket(server, times):
    person = Live(server)
    before = time.monotonic()
    _, _, key = person.new_agent(ttl=SHORT)
    after = time.monotonic()
    watched = Watched(person.agent_socket(key))
    assert watched.wait() == ENDS["key_ended"]
    assert watched.at > before + SHORT - 0.5
    times.setdefault("a key past its end", []).append(max(watched.at - after - SHORT, 0))


def test_the_old_key_of_a_rotation_ends_with_the_overlap(server, times):
    person = Live(server)
    _, key_id, key = person.new_agent()
    watched = Watched(person.agent_socket(key))
    before = time.monotonic()
    new = person.post(f"/keys/{key_id}/rotate", {"overlap": 2})["key"]
    after = time.monotonic()
    assert watched.wait() == ENDS["key_ended"]
    assert watched.at > before + 1.5
    times.setdefault("the end of an overlap", []).append(max(watched.at - after - 2, 0))
    with person.agent_socket(new) as socket:
        assert is_open(socket)


# MARK: The end of a token


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    from server import Server

    folder = tmp_path_factory.mktemp("short")
    with Server(folder, dialects={"live": LIVE}, environment={"LIVE_ACCESS_SECONDS": str(SHORT)}) as server:
        yield server


def test_the_end_of_the_token_ends_the_socket(short, times):
    before = time.monotonic()
    person = Live(short)
    after = time.monotonic()
    watched, lasting = Watched(person.socket()), person.socket("/lasting")
    assert watched.wait() == ENDS["token_expired"]
    # A token says its end in whole seconds.
    assert watched.at > before + SHORT - 1.5
    times.setdefault("the end of a token", []).append(max(watched.at - after - SHORT, 0))
    assert is_open(lasting), "where the dialect says so the session decides alone"
    person.take(person.sign_in().__dict__)
    person.post("/logout/all")
    assert end_of(lasting) == ENDS["session_ended"]


def test_a_new_token_in_band_keeps_the_socket(short):
    person = Live(short)
    with person.socket() as socket:
        # Together longer than any of the tokens lives.
        for _ in range(2):
            time.sleep(SHORT * 0.6)
            given = person.post("/refresh", {"refresh_token": person.refresh_token}, token=None)
            person.token, person.refresh_token = given["token"], given["refresh_token"]
            socket.send(json.dumps({"type": "auth", "token": person.token}))
            assert is_open(socket)
        ended = end_of(socket)
        assert ended == ENDS["token_expired"], "the last token's end counts"


def test_a_socket_moves_to_the_session_of_its_new_token(short):
    person = Live(short)
    with person.socket() as socket:
        other = person.sign_in()
        socket.send(json.dumps({"type": "auth", "token": other.token}))
        assert is_open(socket)
        person.post("/logout")
        time.sleep(0.3)
        assert is_open(socket), "the session it began with is no longer its own"
        other.post("/logout")
        assert end_of(socket) == ENDS["session_ended"]


@pytest.mark.parametrize("kind", ["somebody else's", "garbage", "an ended session's", "an expired one"])
def test_another_token_in_band_is_refused(short, kind):
    person, other = Live(short), Live(short)
    if kind == "an expired one":
        old = person.token
        time.sleep(SHORT + 0.2)
        person = person.sign_in()
        token = old
    elif kind == "an ended session's":
        again = person.sign_in()
        token = again.token
        again.post("/logout")
    else:
        token = other.token if kind == "somebody else's" else "nothing"
    socket = person.socket()
    socket.send(json.dumps({"type": "auth", "token": token}))
    code, _ = end_of(socket)
    assert code in (1008, 4002)
    # Whatever comes of the socket, it never becomes the other's.
    assert short.run("connection", "list", "--realm", "live", "--account", other.email, "--json").stdout.strip() in (
        "[]",
        "",
    )


def test_an_agent_of_chatops_ends_with_its_account(server, times):
    for _ in range(RUNS):
        person = chat(server)
        sockets = []
        for _ in range(10):
            key = person.new_key(person.new_server())["key"]
            socket = opened(server, "chatops", CHATOPS)
            socket.send(json.dumps({"type": "auth", "api_key": key}))
            assert said(socket)["type"] == "auth_success"
            sockets.append(Watched(socket))
        done = server.run("account", "disable", person.email, "--realm", "chatops")
        acknowledged = time.monotonic()
        assert done.returncode == 0, done.stderr
        assert {each.wait() for each in sockets} == {ENDS["account_closed"]}
        times.setdefault("ten agents, account disabled", []).append(
            max(max(each.at for each in sockets) - acknowledged, 0)
        )


def test_what_is_revoked_while_a_socket_opens_never_stays(server):
    """Sign-outs race handshakes: a socket may be refused or be ended, and never stays."""
    for _ in range(10):
        person = Live(server)
        found = []

        def open_it(person=person, found=found):
            try:
                found.append(end_of(person.socket()))
            except TimeoutError:
                found.append("stayed")
            except Exception as refusal:
                found.append(type(refusal).__name__)

        threads = [threading.Thread(target=open_it) for _ in range(4)]
        for thread in threads:
            thread.start()
        person.post("/logout")
        for thread in threads:
            thread.join()
        assert "stayed" not in found, found


def test_two_processes_tell_each_other(own_server):
    """What a command does while another process serves is known to that one too: `live_server` and `run` are two."""
    server = live_server(own_server)
    person = Live(server)
    with person.socket() as socket:
        person.command("session", "revoke", person.session)
        assert end_of(socket) == ENDS["session_ended"]
