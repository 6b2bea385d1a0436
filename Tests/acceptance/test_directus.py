"""directus-sdk-py of PyPI against the dialect of Directus."""

import mailbox
import pytest
import requests
from directus_sdk_py import DirectusClient

from people import name

PASSWORD = "violet-harbour-77"
OTHER = "copper-lantern-42"


class Visitor:
    def __init__(self, server):
        self.server = server
        self.email = f"{name()}@example.com"

    def url(self, path=""):
        return self.server.url("directus", path)

    def register(self, **more):
        # The client knows no way to register; the status and the empty body are what the product documents.
        answer = requests.post(self.url("/users/register"), json={"email": self.email, "password": PASSWORD, **more})
        assert answer.status_code == 204 and answer.content == b"", answer.text
        return self

    def sign_in(self, password=PASSWORD):
        return DirectusClient(url=self.url(), email=self.email, password=password)


@pytest.fixture
def visitor(server):
    return Visitor(server)


def code(answer):
    return answer.json()["errors"][0]["extensions"]["code"]


def test_sign_in_use_refresh_and_sign_out(visitor):
    client = visitor.register(first_name="Ada", last_name="L.").sign_in()
    assert client.expires == 900_000 and len(client.refresh_token) == 64
    me = client.me()
    assert me["email"] == visitor.email and me["first_name"] == "Ada" and me["status"] == "active"
    before = client.refresh_token
    client.refresh(before)
    assert client.refresh_token != before and client.me()["id"] == me["id"]
    token, refresh = client.temporary_token, client.refresh_token
    client.logout()
    with pytest.raises(AssertionError):
        DirectusClient(url=visitor.url(), token=token).me()
    with pytest.raises(Exception, match="INVALID_CREDENTIALS"):
        client.refresh(refresh)


def test_wrong_password_and_unknown_address_are_alike(visitor):
    visitor.register()
    client = DirectusClient(url=visitor.url())
    wrong = client.login(visitor.email, OTHER)
    assert wrong == client.login("nobody@example.com", OTHER) == {"errors": "Invalid user credentials."}


def test_registering_twice(visitor):
    visitor.register()
    """Nothing tells a stranger that an address is taken."""
    visitor.register()
    assert visitor.sign_in(PASSWORD).me()["email"] == visitor.email


def test_mistakes(visitor):
    login = visitor.url("/auth/login")
    answer = requests.post(login, json={"email": "no address", "password": PASSWORD})
    assert answer.status_code in (400, 401)
    answer = requests.post(login, json={"email": visitor.email})
    assert answer.status_code == 400 and code(answer) == "INVALID_PAYLOAD"
    assert '"password" is required' in answer.json()["errors"][0]["message"]
    assert code(requests.get(visitor.url("/users/me"))) == "FORBIDDEN"
    answer = requests.get(visitor.url("/users/me"), headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 401 and code(answer) == "INVALID_CREDENTIALS"
    answer = requests.get(visitor.url("/nothing/there"))
    assert answer.status_code == 404 and code(answer) == "ROUTE_NOT_FOUND"
    assert answer.json()["errors"][0]["extensions"]["path"] == "/nothing/there"


def test_update_and_delete(visitor):
    client = visitor.register().sign_in()
    changed = client.patch("/users/me", json={"first_name": "Ada", "title": "Countess"})["data"]
    assert changed["first_name"] == "Ada" and changed["title"] == "Countess"
    mine = client.me()["id"]
    assert client.update_user(mine, {"location": "London"})["data"]["location"] == "London"
    other = Visitor(visitor.server).register().sign_in()
    theirs = other.me()["id"]
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        client.update_user(theirs, {"location": "here"})
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        client.delete_user(theirs)
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        client.get(f"/users/{theirs}")
    assert client.get(f"/users/{mine}")["email"] == visitor.email
    client.delete_user(mine)
    with pytest.raises(AssertionError):
        client.me()


def test_reset(visitor):
    client = visitor.register().sign_in()
    for address in (visitor.email, "nobody@example.com"):
        answer = requests.post(visitor.url("/auth/password/request"), json={"email": address})
        assert answer.status_code == 204
    token = mailbox.token(visitor.server.mail, "reset", visitor.email)
    answer = requests.post(visitor.url("/auth/password/reset"), json={"token": token, "password": OTHER})
    assert answer.status_code == 204
    with pytest.raises(AssertionError):
        client.me()
    assert visitor.sign_in(OTHER).me()["email"] == visitor.email
    again = requests.post(visitor.url("/auth/password/reset"), json={"token": token, "password": PASSWORD})
    assert again.status_code == 403 and code(again) == "INVALID_TOKEN"


def test_verify(visitor):
    visitor.register()
    token = mailbox.token(visitor.server.mail, "verify", visitor.email)
    url = visitor.url("/users/register/verify-email")
    answer = requests.get(url, params={"token": token}, allow_redirects=False)
    assert answer.status_code == 302 and "/admin/users/" in answer.headers["Location"]
    assert requests.get(url, params={"token": "nonsense"}, allow_redirects=False).status_code == 403


def test_the_token_in_the_query(visitor):
    client = visitor.register().sign_in()
    answer = requests.get(visitor.url("/users/me"), params={"access_token": client.temporary_token})
    assert answer.json()["data"]["email"] == visitor.email


def test_the_refresh_token_in_a_cookie(visitor):
    visitor.register()
    browser = requests.Session()
    answer = browser.post(visitor.url("/auth/login"), json={"email": visitor.email, "password": PASSWORD, "mode": "cookie"})
    assert set(answer.json()["data"]) == {"access_token", "expires"}
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("directus_refresh_token=") and "HttpOnly" in cookie and "Max-Age=604800" in cookie
    first = browser.cookies["directus_refresh_token"]
    answer = browser.post(visitor.url("/auth/refresh"), json={"mode": "cookie"})
    assert answer.status_code == 200 and browser.cookies["directus_refresh_token"] != first
    assert browser.post(visitor.url("/auth/logout"), json={}).status_code == 204
    assert "directus_refresh_token" not in browser.cookies


def test_the_session_in_a_cookie(visitor):
    visitor.register()
    browser = requests.Session()
    answer = browser.post(visitor.url("/auth/login"), json={"email": visitor.email, "password": PASSWORD, "mode": "session"})
    assert set(answer.json()["data"]) == {"expires"} and "directus_session_token" in browser.cookies
    assert browser.get(visitor.url("/users/me")).json()["data"]["email"] == visitor.email


def test_an_administrator_lists_users(visitor):
    visitor.register()
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        visitor.sign_in().get("/users")
    made = visitor.server.run("account", "set", f"email:{visitor.email}", "role=administrator", "--realm", "directus")
    assert made.returncode == 0, made.stderr
    admin = visitor.sign_in()
    assert visitor.email in {each["email"] for each in admin.get("/users", params={"limit": 1000})}
    found = admin.get_users({"query": {"search": visitor.email}})
    assert [each["email"] for each in found] == [visitor.email]


def test_providers_and_ping(visitor):
    assert requests.get(visitor.url("/auth")).json() == {"data": [], "disableDefault": False}
    assert requests.get(visitor.url("/server/ping")).text == "pong"
