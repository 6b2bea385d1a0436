"""With throttling as it is by default: bounded, told in the dialect's shape, and no way to lock an owner out."""

import json

import pytest

import wire
from people import Person
from waiting import PATIENCE

SHAPE = {"aethermind": "error", "chatops": "detail", "vsay": "error", "authspec": "error", "stratify": "detail"}


@pytest.mark.parametrize("realm", list(SHAPE))
def test_guessing_is_bounded(own_server, realm):
    server = own_server(dialects=[realm], configuration={"throttle": {"enabled": True}})
    server.start()
    person = Person(server, realm).sign_up().sign_in()
    answers = []
    for number in range(400):
        answers.append(person.try_sign_in(f"guess-number-{number}"))
        if answers[-1].status_code == 429:
            break
    last = answers[-1]
    assert last.status_code == 429, "four hundred guesses were let through"
    assert {answer.status_code for answer in answers[:-1]} == {400 if realm == "authspec" else 401}
    assert list(last.json()) == [SHAPE[realm]]
    assert int(last.headers["Retry-After"]) >= 1
    assert last.headers["Content-Type"] == "application/json"
    assert person.use().status_code == 200, "a session that is there stays"
    # From another address the owner still gets in.
    import http.client

    connection = http.client.HTTPConnection(
        "127.0.0.1", server.ports[realm], source_address=("127.0.0.2", 0), timeout=PATIENCE
    )
    if realm in ("chatops", "stratify"):
        body, kind = f"username={person.email}&password={person.password}", "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps({"email": person.email, "password": person.password}), "application/json"
    from people import SIGN_IN

    connection.request("POST", SIGN_IN[realm], body, {"Content-Type": kind})
    assert connection.getresponse().status == 200, "a stranger locked the owner out"


def test_a_few_hundred_good_sign_ins_pass(own_server):
    server = own_server(dialects=["authspec"], configuration={"throttle": {"enabled": True}})
    server.start()
    person = Person(server, "authspec").sign_up()
    codes = {person.try_sign_in().status_code for _ in range(60)}
    assert codes == {200}


def test_a_forwarding_field_is_not_believed(own_server):
    server = own_server(dialects=["authspec"], configuration={"throttle": {"enabled": True}})
    server.start()
    codes = []
    for number in range(400):
        answer = wire.request(
            server.ports["authspec"],
            "POST",
            "/api/auth/login",
            [
                ("Content-Type", "application/json"),
                ("X-Forwarded-For", f"203.0.113.{number % 250}"),
                ("Forwarded", f"for=198.51.100.{number % 250}"),
            ],
            json.dumps({"email": "somebody@example.com", "password": f"guess-number-{number}"}).encode(),
        )
        codes.append(answer.status)
        if answer.status == 429:
            break
    assert codes[-1] == 429
