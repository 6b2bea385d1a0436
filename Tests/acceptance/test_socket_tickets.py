"""Tickets for browsers: single use, of one session, one path and one origin, and never in a log."""

import time

import pytest
from websockets.exceptions import InvalidStatus

from people import name
from sockets import ENDS, Live, end_of, is_open, live_server, opened, said


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    from server import Server
    from sockets import LIVE

    folder = tmp_path_factory.mktemp("tickets")
    configuration = {
        "log": {"level": "trace"},
        "realms": {"live": {"cors_origins": ["https://app.example.com", "https://other.example.com"]}},
    }
    with Server(folder, dialects={"live": LIVE}, configuration=configuration) as server:
        yield server


def ticket(person, path="/live", origin=None, **options):
    headers = {"Origin": origin} if origin else None
    given = person.post("/tickets", {"socket": path}, headers=headers, **options)
    assert 0 < given["expires_in"] <= 30
    return given["ticket"]


def use(person, text, path="/live", origin=None):
    socket = opened(person.server, "live", f"{path}?ticket={text}", origin=origin)
    assert said(socket)["type"] in ("hello", "watching")
    return socket


def refusal(person, text, path="/live", origin=None):
    with pytest.raises(InvalidStatus) as refused:
        opened(person.server, "live", f"{path}?ticket={text}", origin=origin)
    return refused.value.response.status_code


def test_a_ticket_opens_one_socket(server):
    person = Live(server)
    text = ticket(person)
    with use(person, text) as socket:
        assert is_open(socket)
        assert refusal(person, text) == 401, "a second time while the first is open"
    assert refusal(person, text) == 401


def test_only_a_signed_in_caller_gets_one(server):
    person = Live(server)
    person.ask("POST", "/tickets", {"socket": "/live"}, token=None, expected=(401,))
    person.ask("POST", "/tickets", {"socket": "/live"}, token="nothing", expected=(401,))
    person.ask("POST", "/tickets", {}, expected=(400, 422))


def test_two_tickets_are_two(server):
    person = Live(server)
    first, second = ticket(person), ticket(person)
    assert first != second and len(first) >= 43
    with use(person, second), use(person, first):
        pass


def test_a_ticket_is_of_its_path(server):
    person = Live(server)
    agent, _, _ = person.new_agent()
    other, _, _ = person.new_agent()
    text = ticket(person, f"/agents/{agent}/watch")
    assert refusal(person, text) == 401
    with use(person, ticket(person, f"/agents/{agent}/watch"), f"/agents/{agent}/watch"):
        pass
    assert refusal(person, ticket(person, f"/agents/{agent}/watch"), f"/agents/{other}/watch") == 401
    assert refusal(person, ticket(person), f"/agents/{agent}/watch") == 401


def test_a_ticket_for_no_socket_is_refused(server):
    person = Live(server)
    for path in ("/nowhere", "/me", "", "live", "https://elsewhere.example.com/live", "/live?x=1\r\n", 7, None):
        person.ask("POST", "/tickets", {"socket": path}, expected=(400, 404, 422))


def test_a_ticket_is_of_its_origin(server):
    person = Live(server)
    here, there = "https://app.example.com", "https://other.example.com"
    assert refusal(person, ticket(person, origin=here), origin=there) == 401
    assert refusal(person, ticket(person, origin=here)) == 401, "without an origin"
    assert refusal(person, ticket(person), origin=here) == 401, "asked for by no page"
    with use(person, ticket(person, origin=here), origin=here) as socket:
        assert is_open(socket)


def test_a_ticket_ends_with_its_session(server):
    person = Live(server)
    text = ticket(person)
    person.post("/logout")
    assert refusal(person, text) == 401


def test_a_socket_by_ticket_ends_with_its_session(server):
    person = Live(server)
    with use(person, ticket(person)) as socket:
        person.post("/logout")
        assert end_of(socket) == ENDS["session_ended"]


def test_a_ticket_is_the_accounts_that_asked(server):
    owner, other = Live(server), Live(server)
    agent, _, _ = owner.new_agent()
    path = f"/agents/{agent}/watch"
    # Whether a ticket is given for what is not one's own or not: it opens nothing.
    answer = other.ask("POST", "/tickets", {"socket": path}, expected=(201, 400, 404))
    if answer.status_code == 201:
        assert refusal(other, answer.json()["ticket"], path) == 404
    with use(owner, ticket(owner), "/live") as socket:
        assert is_open(socket)


TEXTS = ["", "x", "a" * 43, "a" * 5000, "%00", "%ff%fe", "..%2f", "a&ticket=b"]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_other_text_is_a_ticket(server, text):
    person = Live(server)
    assert refusal(person, text) in (400, 401, 414, 431)
    assert refusal(person, ticket(person) + "&ticket=" + ticket(person)) in (400, 401)
    assert refusal(person, ticket(person) + "&token=nothing") in (400, 401), "two ways at once"


def test_a_ticket_is_no_token(server):
    person = Live(server)
    text = ticket(person)
    person.ask("GET", "/me", token=text, expected=(401,))
    assert refusal(person, "x&token=" + text) in (400, 401)


def test_a_ticket_expires(server):
    person = Live(server)
    text = ticket(person)
    time.sleep(31)
    assert refusal(person, text) == 401


def test_tickets_and_tokens_are_in_no_log_and_no_file(own_server):
    server = live_server(own_server, log={"level": "trace"})
    person = Live(server)
    text, wasted = ticket(person), ticket(person)
    with use(person, text), person.socket():
        refusal(person, text)
        refusal(person, wasted, "/nowhere")
        refusal(person, name() + wasted)
    server.stop()
    for secret in (text, wasted, person.token, person.token.rsplit(".")[-1], person.refresh_token):
        assert secret not in server.log_text()
        for file in server.data.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes(), file
