"""The variables that the documents name work, for the realm that speaks the dialect; with the realm's name they win."""

import time

import jwt
import pytest

from people import Person
from server import DIALECTS
from tokens import claims_of

LONG = "a-secret-from-the-environment-that-is-long-enough-for-HS512-0123456789"
OTHER = "another-secret-from-the-environment-456"


def lives(person):
    return [round((claims_of(token)["exp"] - time.time()) / 60) for token in (person.token, person.refresh_token)]


def test_stratify(own_server):
    server = own_server(
        dialects=["stratify"],
        secrets=None,
        environment={
            "JWT_SECRET_KEY": LONG,
            "JWT_ALGORITHM": "HS512",
            "JWT_ACCESS_TOKEN_EXPIRE_MINUTES": "5",
            "JWT_REFRESH_TOKEN_EXPIRE_DAYS": "2",
        },
    )
    server.start()
    person = Person(server, "stratify").sign_up().sign_in()
    assert jwt.get_unverified_header(person.token) == {"alg": "HS512", "typ": "JWT"}
    jwt.decode(person.token, LONG, algorithms=["HS512"])
    assert lives(person) == [5, 2 * 24 * 60]
    assert person.use().status_code == 200


def test_aethermind(own_server):
    server = own_server(dialects=["aethermind"], secrets=None, environment={"JWT_SECRET": LONG})
    server.start()
    jwt.decode(Person(server, "aethermind").sign_up().token, LONG, algorithms=["HS256"])


def test_chatops(own_server):
    server = own_server(
        dialects=["chatops"],
        secrets=None,
        environment={"SECRET_KEY": LONG, "ACCESS_TOKEN_EXPIRE_MINUTES": "7", "REFRESH_TOKEN_EXPIRE_DAYS": "1"},
    )
    server.start()
    person = Person(server, "chatops").sign_up()
    jwt.decode(person.token, LONG, algorithms=["HS256"])
    assert lives(person) == [7, 24 * 60]


def test_the_realms_name_wins(own_server):
    server = own_server(
        dialects=["aethermind", "vsay", "stratify"],
        secrets=None,
        environment={
            "JWT_SECRET": LONG,
            "VSAY__JWT_SECRET": OTHER,
            "JWT_ACCESS_TOKEN_EXPIRE_MINUTES": "5",
            "STRATIFY__JWT_ACCESS_TOKEN_EXPIRE_MINUTES": "6",
        },
    )
    server.start()
    jwt.decode(Person(server, "aethermind").sign_up().token, LONG, algorithms=["HS256"])
    jwt.decode(Person(server, "vsay").sign_up().sign_in().token, OTHER, algorithms=["HS256"])
    assert lives(Person(server, "stratify").sign_up().sign_in())[0] == 6


def test_realms_have_keys_of_their_own(own_server):
    """Without variables each realm makes a secret, keeps it, and it opens no other realm."""
    server = own_server(secrets=None)
    server.start()
    people = {realm: Person(server, realm).sign_up().sign_in() for realm in DIALECTS}
    for realm, person in people.items():
        for other in DIALECTS:
            assert (people[other].use(person.token).status_code == 200) == (realm == other)
    server.stop()
    server.start()
    assert all(person.use().status_code == 200 for person in people.values()), "sessions outlive a restart"


@pytest.mark.parametrize("variable,value", [("WATCHWORD_LOG_LEVEL", "debug")])
def test_a_variable_of_watchword(own_server, variable, value):
    server = own_server(dialects=["authspec"], environment={variable: value})
    server.start()
    Person(server, "authspec").sign_up()
