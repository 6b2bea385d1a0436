"""What people are told by mail of their own accounts: over the wire and by commands, in one outbox."""

import http.client
import json

from people import PASSWORD, SIGN_IN, Person
from waiting import PATIENCE, until

REALM = "aethermind"


def notices(server, person):
    """Kind and recipient of each mail to the person that is no link, oldest first."""
    listed = server.json("mail", "list", "--realm", REALM)
    return [mail["kind"] for mail in reversed(listed) if mail["to"] == person.email and mail["kind"] != "verify"]


def sign_in_from(server, person, address):
    connection = http.client.HTTPConnection("127.0.0.1", server.ports[REALM], source_address=(address, 0), timeout=PATIENCE)
    body = json.dumps({"email": person.email, "password": person.password})
    connection.request("POST", SIGN_IN[REALM], body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def test_a_sign_in_from_elsewhere_and_what_an_operator_does_are_told(own_server):
    server = own_server(dialects=[REALM])
    server.start()
    person = Person(server, REALM).sign_up().sign_in()
    assert notices(server, person) == [], "signing up and in is nothing to tell"
    for _ in range(2):
        sign_in_from(server, person, "127.0.0.2")
    assert notices(server, person) == ["new_sign_in"]
    made = server.json("key", "create", person.email, "--name", "spare", "--realm", REALM)
    assert server.run("key", "revoke", made["id"], "--realm", REALM).returncode == 0
    assert notices(server, person) == ["new_sign_in", "key_created", "key_revoked"]
    # They leave like any other mail, and hold neither the key nor the password.
    until(lambda: len(list(server.mail.rglob("*.eml"))) >= 4)
    texts = [file.read_text() for file in server.mail.rglob("*.eml")]
    assert len(texts) == 4
    assert not any(made["secret"] in text or PASSWORD in text for text in texts)
    assert any("127.0.0.2" in text for text in texts)


def test_a_realm_sends_none_where_the_operator_says_so(own_server):
    server = own_server(dialects=[REALM], configuration={"realms": {REALM: {"notices": False}}})
    server.start()
    person = Person(server, REALM).sign_up().sign_in()
    sign_in_from(server, person, "127.0.0.2")
    made = server.json("key", "create", person.email, "--name", "spare", "--realm", REALM)
    assert server.run("key", "revoke", made["id"], "--realm", REALM).returncode == 0
    assert notices(server, person) == []
    kinds = {mail["kind"] for mail in server.json("mail", "list", "--realm", REALM)}
    assert kinds == {"verify"}, "links are sent in any case"
