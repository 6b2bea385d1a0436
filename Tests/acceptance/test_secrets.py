"""No secret is readable in what is kept or logged."""

import re

import mailbox
from people import Person
from server import DIALECTS, SECRETS


def test_nothing_that_opens_a_door_is_kept_or_logged(own_server):
    server = own_server(configuration={"log": {"level": "trace"}, "mail": {"transport": "file"}})
    server.start()
    secret, mailed = set(), set()
    for realm in DIALECTS:
        person = Person(server, realm, password=f"needle-{realm}-password-91").sign_up()
        first = [person.token, person.refresh_token, person.key]
        person.sign_in()
        person.use()
        person.use(headers={"X-API-Key": person.key or "none"})
        person.try_sign_in("needle-wrong-password-92")
        if person.refresh_token:
            person.refresh()
        if realm == "aethermind":
            person.post("/api/auth/reset-request", json={"email": person.email})
            mailed.add(mailbox.token(server.mail, "reset", person.email))
        if realm in ("aethermind", "authspec"):
            mailed.add(mailbox.token(server.mail, "verify", person.email))
        if realm == "authspec":
            person.post(
                "/api/auth/change-password",
                json={"currentPassword": person.password, "newPassword": "needle-changed-password-93"},
                headers={"Authorization": f"Bearer {person.token}"},
            )
        secret |= {person.password, *first, person.token, person.refresh_token, person.key}
    secret |= {"needle-wrong-password-92", "needle-changed-password-93"} | mailed | set(SECRETS.values())
    secret.discard(None)
    assert len(secret) > 15
    # Malformed requests carry secrets too, and errors are what gets logged.
    for realm in DIALECTS:
        Person(server, realm).post(
            "/api/auth/login", data='{"password": "needle-malformed-94"', headers={"Content-Type": "application/json"}
        )
    secret.add("needle-malformed-94")

    def search(where, data):
        for each in secret:
            assert each.encode() not in data, f"{each[:24]}... is in {where}"
            # A token's signature alone would do as well.
            if each.count(".") == 2:
                assert each.rsplit(".")[-1].encode() not in data, f"the signature of {each[:24]}... is in {where}"

    for _ in range(2):
        search("the log", server.log.read_bytes())
        for file in server.data.rglob("*"):
            if file.is_file():
                search(file, file.read_bytes())
        server.stop()


def test_passwords_are_kept_as_argon2id(own_server):
    server = own_server(dialects=["authspec"])
    server.start()
    Person(server, "authspec").sign_up()
    server.stop()
    kept = b"".join(file.read_bytes() for file in server.data.rglob("*") if file.is_file())
    found = re.findall(rb"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", kept)
    assert found and all(int(memory) >= 19456 and int(passes) >= 2 for memory, passes, _ in found)
