"""The API Authentication Specification's flow in a browser: an app at an origin of its own, whose client is the document's
wrapper; mails lead to hosted pages, and what ends a token leads back to sign-in."""

import functools
import http.server
import threading

import jwt
import mailbox
import people
import pytest
import requests
from playwright.sync_api import expect
from server import ROOT, Server
from waiting import PATIENCE, until

SPA = ROOT / "Tests" / "acceptance" / "spa"
OTHER = "lantern-orchard-52"


class Files(http.server.SimpleHTTPRequestHandler):
    """The app, told where its API is."""

    api = ""

    def do_GET(self):
        if self.path == "/":
            body = (SPA / "index.html").read_text().replace("{{api}}", self.api).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The app's origin, and the server that lets its pages read answers."""
    handler = functools.partial(Files, directory=SPA)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        origin = f"http://localhost:{files.server_port}"
        configuration = {"realms": {"authspec": {"cors_origins": [origin]}}}
        folder = tmp_path_factory.mktemp("app")
        with Server(folder, dialects=["authspec"], configuration=configuration) as server:
            Files.api = server.url("authspec")
            threading.Thread(target=files.serve_forever, daemon=True).start()
            yield origin, server
            files.shutdown()


class Visitor:
    """Somebody at the app, by its own words."""

    def __init__(self, app, visits):
        self.origin, self.server = app
        self.visits = visits
        self.page = visits.page()
        self.email = f"{people.name()}@example.com"
        self.password = people.PASSWORD
        self.page.goto(self.origin + "/")

    def submit(self, form, **fields):
        form = self.page.locator(f"#{form}")
        for label, value in fields.items():
            form.get_by_label(label.replace("_", " "), exact=True).fill(value)
        form.get_by_role("button").click()

    def register(self):
        self.page.goto(self.origin + "/#register")
        self.submit("register", Email=self.email, Password=self.password)
        expect(self.page.get_by_role("status")).to_contain_text("check your email")
        expect(self.page.locator("#sign-in")).to_be_visible()
        return self

    def sign_in(self, password=None):
        self.submit("sign-in", Email=self.email, Password=password or self.password)
        return self

    def is_in(self):
        expect(self.page.locator("#email")).to_have_text(self.email)
        expect(self.page.locator("#me")).to_be_visible()
        assert self.token
        return self

    def is_out(self):
        expect(self.page.locator("#sign-in")).to_be_visible()
        expect(self.page.locator("#me")).to_be_hidden()
        return self

    @property
    def token(self):
        return self.page.evaluate("localStorage.getItem('auth_token')")

    @property
    def is_verified(self):
        return self.server.json("account", "show", self.email, "--realm", "authspec")["verified"] is True

    def me(self, token):
        url = self.server.url("authspec", "/api/auth/me")
        return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE).status_code

    def provokes(self, *statuses):
        """Chromium says of each such answer to a script that a resource failed to load."""
        self.visits.expected += [text for status in statuses for text in (f"{status} for ", f"a status of {status} ")]


@pytest.fixture
def visitor(app, visits):
    return Visitor(app, visits)


def test_registers_and_verifies_by_the_link_of_the_mail(visitor):
    visitor.register()
    token = mailbox.token(visitor.server.mail, "verify", visitor.email)
    link = f"{visitor.server.url('authspec')}/verify-email?token={token}"
    assert [True] == [link in text for to, _, _, text in mailbox.messages(visitor.server.mail) if to == visitor.email]

    # What looks into mail for its reader follows links; that uses nothing up.
    for method in ("GET", "HEAD", "GET"):
        assert requests.request(method, link, timeout=PATIENCE).status_code == 200

    page = visitor.visits.page()
    page.goto(link)
    page.get_by_role("button", name="Confirm my email").click()
    expect(page.get_by_text("Your email is confirmed.")).to_be_visible()
    assert "token=" not in page.url
    assert visitor.is_verified

    # Once.
    page.goto(link)
    page.get_by_role("button", name="Confirm my email").click()
    expect(page.get_by_text("Your email was already confirmed.")).to_be_visible()


def test_the_route_that_verifies_stays_for_programs(visitor):
    visitor.register()
    token = mailbox.token(visitor.server.mail, "verify", visitor.email)
    assert not visitor.is_verified
    url = visitor.server.url("authspec", "/api/auth/verify-email")
    assert requests.get(url, params={"token": token}, timeout=PATIENCE).json() == {"message": "Email verified successfully"}
    assert visitor.is_verified


def test_a_forgotten_password_is_reset_on_pages_and_the_app_signs_in_with_the_new_one(visitor):
    visitor.register().sign_in().is_in()
    token = visitor.token
    elsewhere = visitor.visits.page()
    elsewhere.goto(visitor.origin + "/")
    elsewhere.get_by_role("link", name="Forgot your password?").click()
    elsewhere.get_by_label("Email").fill(visitor.email)
    elsewhere.get_by_role("button", name="Mail me a link").click()
    expect(elsewhere.get_by_text("a mail with a link is on its way")).to_be_visible()
    code = mailbox.token(visitor.server.mail, "reset", visitor.email)
    elsewhere.goto(visitor.server.url("authspec", f"/reset-password?token={code}"))
    elsewhere.get_by_label("New password").fill(OTHER)
    elsewhere.get_by_role("button", name="Save password").click()
    expect(elsewhere.get_by_text("you were signed out everywhere")).to_be_visible()

    # The app finds out at its next request.
    assert visitor.me(token) == 401
    visitor.provokes(400, 401)
    visitor.page.reload()
    visitor.is_out().sign_in()
    expect(visitor.page.get_by_role("status")).to_have_text("Invalid email or password")
    visitor.sign_in(OTHER).is_in()


def test_the_token_is_kept_and_sent_in_the_header(visitor):
    visitor.register().sign_in().is_in()
    assert jwt.get_unverified_header(visitor.token)["alg"] == "HS256"
    expect(visitor.page.locator("#role")).to_have_text("user")
    with visitor.page.expect_request("**/api/auth/me") as asked:
        visitor.page.reload()
    # A preflight goes before it, and it is itself asked with the token.
    assert asked.value.header_value("authorization") == f"Bearer {visitor.token}"
    assert asked.value.header_value("origin") == visitor.origin
    visitor.is_in()
    # No cookie has been set: nothing but the header proves who asks.
    assert visitor.page.context.cookies() == []


def test_a_wrong_password_is_said_and_stays_at_sign_in(visitor):
    visitor.provokes(400)
    visitor.register().sign_in("not-the-password-9")
    expect(visitor.page.get_by_role("status")).to_have_text("Invalid email or password")
    visitor.is_out()
    assert visitor.token is None


def test_a_revoked_session_leads_back_to_sign_in(visitor):
    visitor.register().sign_in().is_in()
    dead = visitor.token
    done = visitor.server.run("session", "revoke", "--account", visitor.email, "--realm", "authspec")
    assert done.returncode == 0, done.stderr
    until(lambda: visitor.me(dead) == 401)  # A running server learns of it within a moment.
    visitor.provokes(401)
    visitor.page.get_by_role("button", name="Who am I?").click()
    visitor.is_out()
    expect(visitor.page.get_by_role("status")).to_have_text("Please sign in again.")

    # The dead token is still sent along, as the wrapper does: signing in asks for none and replaces it.
    assert visitor.token == dead
    visitor.sign_in().is_in()
    assert visitor.token != dead and visitor.me(dead) == 401


def test_a_change_of_password_gives_a_new_token_and_ends_the_old(visitor):
    visitor.register().sign_in().is_in()
    old = visitor.token
    visitor.provokes(400)
    visitor.submit("change", Current_password="not-the-password-9", New_password=OTHER)
    expect(visitor.page.get_by_role("status")).to_have_text("Current password is incorrect")
    assert visitor.token == old and visitor.me(old) == 200
    visitor.is_in()

    visitor.submit("change", Current_password=visitor.password, New_password=OTHER)
    expect(visitor.page.get_by_role("status")).to_have_text("Password changed successfully")
    new = visitor.token
    assert new != old
    assert visitor.me(old) == 401 and visitor.me(new) == 200
    visitor.page.get_by_role("button", name="Who am I?").click()
    visitor.page.reload()
    visitor.is_in()


def test_signing_out_removes_the_token_and_ends_it(visitor):
    visitor.register().sign_in().is_in()
    token = visitor.token
    visitor.page.get_by_role("button", name="Log out").click()
    visitor.is_out()
    expect(visitor.page.get_by_role("status")).to_have_text("Logged out successfully")
    assert visitor.token is None
    assert visitor.me(token) == 401
    # Neither going back nor loading it again brings the account back.
    visitor.provokes(401)
    visitor.page.go_back()
    visitor.page.reload()
    visitor.is_out()


def test_another_origin_may_not_read_answers(visitor):
    visitor.register().sign_in().is_in()
    token = visitor.token
    # Another host name is another origin; the same files are there.
    page = visitor.visits.page()
    page.goto(visitor.origin.replace("localhost", "127.0.0.1") + "/")
    visitor.visits.expected += ["CORS policy", "net::ERR_FAILED"]
    read = page.evaluate(
        """([url, token]) => fetch(url, {headers: {Authorization: `Bearer ${token}`}}).then(() => 'read', () => 'refused')""",
        [visitor.server.url("authspec", "/api/auth/me"), token],
    )
    assert read == "refused"
