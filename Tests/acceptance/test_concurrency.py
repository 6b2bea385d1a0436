"""What must hold when many ask at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import mailbox
from people import PASSWORD, Person, name, signed_in
from server import DIALECTS
from waiting import PATIENCE


def at_once(count, work):
    """Runs `work(n)` count times, all let go together; gives what each returned."""
    gate = threading.Barrier(count)

    def one(number):
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.parametrize("realm", DIALECTS)
def test_one_address_registers_once(server, realm):
    person = Person(server, realm)
    codes = at_once(12, lambda _: Person(server, realm, person.username).sign_up(range(200, 500)).last.status_code)
    assert len([code for code in codes if code < 300]) == 1, codes
    assert set(codes) <= {200, 201, 400, 409}, codes
    assert person.try_sign_in().status_code == 200


@pytest.mark.parametrize("realm", ["chatops", "vsay", "stratify"])
def test_one_username_registers_once(server, realm):
    username = name()

    def register(number):
        person = Person(server, realm, username)
        person.email = f"{name()}@example.com"
        return person.sign_up(range(200, 500)).last.status_code

    codes = at_once(12, register)
    assert len([code for code in codes if code < 300]) == 1, codes


def test_a_refresh_token_is_exchanged_once(server):
    person = signed_in(server, "stratify")
    answers = at_once(12, lambda _: person.refresh())
    granted = [answer for answer in answers if answer.status_code == 200]
    assert len(granted) <= 1, [answer.status_code for answer in answers]
    assert all(answer.status_code in (200, 401) for answer in answers)
    # The others presented a used token, so the family has ended.
    for answer in granted:
        assert person.refresh(answer.json()["refresh_token"]).status_code == 401
        assert person.use(answer.json()["access_token"]).status_code == 401


def test_a_reusable_refresh_token_serves_all(server):
    person = signed_in(server, "chatops")
    answers = at_once(12, lambda _: person.refresh())
    assert [answer.status_code for answer in answers] == [200] * 12
    assert all(person.use(answer.json()["access_token"]).status_code == 200 for answer in answers)


@pytest.mark.parametrize("realm", ["aethermind", "authspec"])
def test_a_mailed_token_works_once(server, realm):
    import requests

    person = Person(server, realm).sign_up()
    token = mailbox.token(server.mail, "verify", person.email)

    def verify(_):
        if realm == "aethermind":
            return person.post("/api/auth/verify-email", json={"token": token}).status_code
        return requests.get(
            server.url(realm, "/api/auth/verify-email"), params={"token": token}, timeout=PATIENCE
        ).status_code

    codes = at_once(12, verify)
    assert sorted(codes) == [200] + [400] * 11, codes


def test_a_reset_token_works_once(server):
    person = Person(server, "aethermind").sign_up()
    person.post("/api/auth/reset-request", json={"email": person.email})
    token = mailbox.token(server.mail, "reset", person.email)
    passwords = [f"new-password-{number}-harbour" for number in range(8)]
    codes = at_once(
        8,
        lambda n: person.post("/api/auth/reset-password", json={"token": token, "password": passwords[n]}).status_code,
    )
    assert sorted(codes) == [200] + [400] * 7, codes
    opened = [password for password in [PASSWORD, *passwords] if person.try_sign_in(password).status_code == 200]
    assert opened == [passwords[codes.index(200)]]


def test_sign_ins_at_once_have_tokens_of_their_own(server):
    for realm in DIALECTS:
        person = Person(server, realm).sign_up()
        answers = at_once(8, lambda _: person.try_sign_in().json())
        tokens = {answer.get("token", answer.get("access_token")) for answer in answers}
        assert len(tokens) == 8, realm
        assert all(person.use(token).status_code == 200 for token in tokens)


def test_a_password_change_is_won_by_one(server):
    person = signed_in(server, "authspec")
    tokens = [person.sign_in().token for _ in range(6)]
    passwords = [f"changed-password-{number}-amber" for number in range(6)]
    codes = at_once(
        6,
        lambda n: (
            person.post(
                "/api/auth/change-password",
                json={"currentPassword": PASSWORD, "newPassword": passwords[n]},
                headers={"Authorization": f"Bearer {tokens[n]}"},
            ).status_code
        ),
    )
    assert codes.count(200) == 1 and set(codes) <= {200, 400, 401}, codes
    assert person.try_sign_in(passwords[codes.index(200)]).status_code == 200
    assert person.try_sign_in().status_code == 400


def test_uses_of_a_key_at_once_never_pass_the_limit(server):
    person = Person(server, "aethermind").sign_up()

    def use(_):
        return [person.use(headers={"X-API-Key": person.key}).status_code for _ in range(15)]

    codes = sum(at_once(8, use), [])
    assert codes.count(200) == 100 and set(codes) == {200, 429}, (codes.count(200), set(codes))
