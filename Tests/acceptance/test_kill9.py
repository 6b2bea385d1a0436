"""What was acknowledged before SIGKILL is there after it."""

import threading

import pytest
import requests

from people import Person, name
from waiting import until

ROUNDS = 3


@pytest.mark.parametrize("round", range(ROUNDS))
def test_acknowledged_writes_survive(own_server, round):
    server = own_server(configuration={"hashing": {"lanes": 2}})
    server.start()
    registered, refreshed, changed = [], [], []
    exchanges, changes = [], []
    stop = threading.Event()

    def register(realm):
        while not stop.is_set():
            person = Person(server, realm, name())
            try:
                person.sign_up()
            except requests.RequestException:
                return
            registered.append(person)

    def refresh():
        person = Person(server, "stratify", name()).sign_up().sign_in()
        used = None
        while not stop.is_set():
            before = person.refresh_token
            try:
                answer = person.refresh()
            except requests.RequestException:
                break
            assert answer.status_code == 200
            used = before
            person.take(answer.json())
            exchanges.append(used)
        refreshed.append((person, used))

    def change():
        person = Person(server, "authspec", name()).sign_up().sign_in()
        dead, count = None, 0
        while not stop.is_set():
            count += 1
            new = f"changed-{count}-{name()}"
            try:
                answer = person.post(
                    "/api/auth/change-password",
                    json={"currentPassword": person.password, "newPassword": new},
                    headers={"Authorization": f"Bearer {person.token}"},
                )
            except requests.RequestException:
                person.unsure = new
                break
            assert answer.status_code == 200
            dead, person.token, person.password = person.token, answer.json()["token"], new
            person.unsure = None
            changes.append(dead)
        changed.append((person, dead))

    workers = [threading.Thread(target=register, args=(realm,)) for realm in ("aethermind", "vsay", "stratify")]
    workers += [threading.Thread(target=refresh), threading.Thread(target=change)]
    for worker in workers:
        worker.start()
    until(lambda: len(registered) > 3 and exchanges and changes)
    stop.wait(0.5 + round)
    server.kill()
    stop.set()
    for worker in workers:
        worker.join()
    assert refreshed and changed

    server.start()
    for person in registered:
        assert person.try_sign_in().status_code == 200, f"{person.email} of {person.realm} is lost"
    for person, used in refreshed:
        # The last pair that was acknowledged is good, unless the one in flight replaced it unseen.
        if used is not None:
            assert person.use().status_code in (200, 401)
            assert person.refresh(used).status_code == 401, "a used refresh token came back to life"
    for person, dead in changed:
        passwords = [person.password] + ([person.unsure] if person.unsure else [])
        assert any(person.try_sign_in(password).status_code == 200 for password in passwords)
        if dead:
            assert person.use(dead).status_code == 401, "an ended session came back to life"
    assert server.stop() == 0


def test_a_stop_by_signal_finishes_requests(own_server):
    server = own_server()
    server.start()
    codes, stop = [], threading.Event()

    def register():
        while not stop.is_set():
            person = Person(server, "aethermind", name())
            try:
                codes.append((person, person.sign_up(range(200, 600)).last.status_code))
            except requests.RequestException:
                return

    workers = [threading.Thread(target=register) for _ in range(4)]
    for worker in workers:
        worker.start()
    until(lambda: len(codes) > 8)
    assert server.stop() == 0
    stop.set()
    for worker in workers:
        worker.join()
    assert {code for _, code in codes} <= {201, 503}
    server.start()
    for person, code in codes:
        if code == 201:
            assert person.try_sign_in().status_code == 200
