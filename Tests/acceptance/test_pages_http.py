"""The pages of every realm by plain HTTP: what stands on every answer, cookies, forged forms, links, hosts."""

import html
import itertools
import re
import secrets

import pytest
import requests

import mailbox
from server import DIALECTS, PRODUCTS, refused_start
from waiting import PATIENCE

REALMS = DIALECTS + PRODUCTS
PASSWORD = "Violet-harbour-77"
# What each answer that is no asset has, word for word.
STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
OUTSIDE = ["sign-in", "sign-up", "forgot-password", "signed-out", "verify-email", "reset-password"]
INSIDE = ["", "profile", "password", "sessions", "delete"]
counter = itertools.count()


class Visitor:
    """A browser as far as HTTP goes: keeps cookies, reads forms, follows no redirect by itself."""

    def __init__(self, server, realm):
        self.server, self.realm = server, realm
        self.session = requests.Session()
        self.session.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        self.email = f"pages-{secrets.token_hex(4)}-{next(counter)}@example.com"

    def get(self, path, **options):
        where = path if path.startswith("/") else f"/account/{path}".rstrip("/")
        return self.session.get(self.server.url(self.realm, where), allow_redirects=False, timeout=PATIENCE, **options)

    def post(self, path, fields, **options):
        where = path if path.startswith("/") else f"/account/{path}".rstrip("/")
        options = {"headers": {"Sec-Fetch-Site": "same-origin"}, **options}
        return self.session.post(
            self.server.url(self.realm, where), data=fields, allow_redirects=False, timeout=PATIENCE, **options
        )

    def form(self, path):
        """The names and values of the form that a page posts to itself."""
        return fields(self.get(path).text, f"/account/{path}".rstrip("/"))

    def submit(self, path, **typed):
        return self.post(path, {**self.form(path), **typed})

    def sign_up(self):
        found = self.form("sign-up")
        typed = {"email": self.email, "password": PASSWORD}
        if "username" in found:
            typed["username"] = re.sub(r"\W", "", self.email.split("@")[0])
        answer = self.submit("sign-up", **typed)
        assert answer.status_code == 303, (self.realm, answer.text)
        assert answer.headers["Location"].startswith("/account/sign-in?done=")
        return answer

    def sign_in(self, password=PASSWORD):
        return self.submit("sign-in", identity=self.email, password=password)

    def arrive(self):
        """Signs up, confirms the address where that is needed, and signs in."""
        self.sign_up()
        answer = self.sign_in()
        if answer.status_code != 303:
            link = mailbox.token(self.server.mail, "verify", self.email)
            found = fields(self.get("verify-email", params={"token": link}).text, "/account/verify-email")
            assert self.post("verify-email", found).status_code == 303
            answer = self.sign_in()
        assert answer.status_code == 303, (self.realm, answer.text)
        return self


def fields(page, action):
    for form in re.findall(r'<form method="post" action="([^"]*)"(.*?)</form>', page, re.S):
        if form[0] == action:
            inputs = re.findall(r"<input\b[^>]*>", form[1])
            named = [(re.search(r' name="([^"]*)"', each), re.search(r' value="([^"]*)"', each)) for each in inputs]
            return {name[1]: html.unescape(value[1]) if value else "" for name, value in named if name}
    raise AssertionError((action, page))


def strict(answer):
    for name, value in STRICT.items():
        assert answer.headers.get(name) == value, (answer.url, name, answer.headers.get(name))
    assert not any(name.lower().startswith("access-control-") for name in answer.headers)


@pytest.fixture(scope="module")
def people(server):
    """One signed-in visitor of each realm."""
    return {realm: Visitor(server, realm).arrive() for realm in REALMS}


@pytest.mark.parametrize("realm", REALMS)
def test_every_page_answers_strictly(server, people, realm):
    stranger = Visitor(server, realm)
    for page in OUTSIDE:
        answer = stranger.get(page)
        assert answer.status_code in (200, 303), (page, answer.status_code)
        assert answer.headers.get("Content-Type", "text/html; charset=utf-8") == "text/html; charset=utf-8"
        strict(answer)
        assert "words." not in answer.text and "{{" not in answer.text
    for page in INSIDE:
        asked = stranger.get(page)
        assert asked.status_code == 303 and asked.headers["Location"].startswith("/account/sign-in"), page
        strict(asked)
        answer = people[realm].get(page)
        assert answer.status_code == 200, page
        strict(answer)
        assert "words." not in answer.text and "{{" not in answer.text
    for page in ("nowhere", "assets/none.css", "keys/x/y"):
        answer = stranger.get(page)
        assert answer.status_code == 404 and answer.headers["Content-Type"].startswith("text/html")
        strict(answer)


@pytest.mark.parametrize("realm", REALMS)
def test_assets_may_be_kept_for_ever(server, realm):
    visitor = Visitor(server, realm)
    page = visitor.get("sign-in").text
    assets = re.findall(r'(?:href|src)="(/account/assets/[^"]+)"', page)
    assert len(assets) >= 3
    for asset in assets:
        answer = visitor.get(asset)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"] and answer.headers["X-Content-Type-Options"] == "nosniff"
        again = visitor.get(asset, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and not again.content
    for outside in re.findall(r'(?:href|src|action)="([^"#]+)"', page):
        assert outside.startswith("/account"), outside


@pytest.mark.parametrize("realm", REALMS)
def test_a_browser_at_the_root_is_led_to_the_pages(server, realm):
    visitor = Visitor(server, realm)
    answer = visitor.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/account"
    plain = visitor.get("/", headers={"Accept": "application/json"})
    assert plain.status_code == 404 and "json" in plain.headers["Content-Type"]


def test_head_is_get_without_a_body_and_other_methods_are_told(server):
    url = server.url("chatops", "/account/sign-in")
    head = requests.head(url, timeout=PATIENCE)
    assert head.status_code == 200 and int(head.headers["Content-Length"]) > 500
    strict(head)
    wrong = requests.put(url, timeout=PATIENCE)
    assert wrong.status_code == 405 and set(wrong.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    strict(wrong)


@pytest.mark.parametrize("realm", REALMS)
def test_cookies(server, realm):
    visitor = Visitor(server, realm)
    first = visitor.get("sign-in")
    before = first.headers["Set-Cookie"]
    visitor.sign_up()
    answer = visitor.sign_in()
    if answer.status_code == 303:
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith(f"watchword-{realm}=web_")
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
        token = visitor.session.cookies[f"watchword-{realm}"]
        assert token not in visitor.get("").text
        signed_out = visitor.post("sign-out", fields(visitor.get("").text, "/account/sign-out"))
        assert signed_out.headers["Location"] == "/account/signed-out"
        assert "Max-Age=0" in signed_out.headers["Set-Cookie"]
        visitor.session.cookies.set(f"watchword-{realm}", token, domain="localhost.local", path="/")
        assert visitor.get("").status_code == 303, "the token of a session that ended"
    assert "HttpOnly" in before and "SameSite=Lax" in before


def test_behind_tls_cookies_are_bound_to_the_host(own_server):
    server = own_server(
        dialects=["authspec"],
        configuration={
            "realms": {"authspec": {"public_url": "https://auth.example.com", "trusted_proxies": ["127.0.0.1/32"]}}
        },
    )
    with server:
        fields_of_proxy = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Host": "auth.example.com"}
        answer = requests.get(server.url("authspec", "/account/sign-in"), headers=fields_of_proxy, timeout=PATIENCE)
        assert answer.status_code == 200
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-watchword-authspec-form=") and "Secure" in cookie
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        clear = {**fields_of_proxy, "X-Forwarded-Proto": "http"}
        assert requests.get(server.url("authspec", "/account/sign-in"), headers=clear, timeout=PATIENCE).status_code == 403


@pytest.mark.parametrize("realm", REALMS)
def test_forged_forms_change_nothing(people, realm):
    visitor = people[realm]
    found = fields(visitor.get("password").text, "/account/password")
    typed = {"current_password": PASSWORD, "password": "Another-harbour-78"}
    forged = [
        ({}, {}),
        ({"form": "x"}, {}),
        (found, {"Sec-Fetch-Site": "cross-site"}),
        (found, {"Sec-Fetch-Site": "same-site"}),
        (found, {"Origin": "https://evil.example"}),
        (found, {"Origin": "http://localhost.evil.example"}),
    ]
    for hidden, headers in forged:
        answer = visitor.post("password", {**hidden, **typed}, headers=headers or {"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 403, (hidden, headers, answer.status_code)
        strict(answer)
    json = visitor.session.post(
        visitor.server.url(realm, "/account/password"), json={**found, **typed}, allow_redirects=False, timeout=PATIENCE
    )
    assert json.status_code == 415
    assert visitor.get("", params={"current_password": PASSWORD}).status_code == 200
    assert Visitor(visitor.server, realm).submit(
        "sign-in", identity=visitor.email, password="Another-harbour-78"
    ).status_code in (401, 422)


@pytest.mark.parametrize("realm", REALMS)
def test_a_web_token_is_no_bearer_token(people, realm):
    visitor = people[realm]
    token = visitor.session.cookies[f"watchword-{realm}"]
    assert token.startswith("web_")
    paths = {
        "aethermind": "/api/agents", "chatops": "/api/v1/servers", "vsay": "/api/machines", "authspec": "/api/auth/me",
        "stratify": "/api/v1/auth/me", "directus": "/users/me", "fastapi-users": "/users/me",
        "mattermost": "/api/v4/users/me", "pocketbase": "/api/collections/users/auth-refresh",
    }
    for value in (f"Bearer {token}", token, f"Token {token}"):
        ask = requests.post if realm == "pocketbase" else requests.get
        answer = ask(visitor.server.url(realm, paths[realm]), headers={"Authorization": value}, timeout=PATIENCE)
        assert answer.status_code == 401, (realm, answer.status_code, answer.text)


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "/account/../evil", "/api"])
def test_no_open_redirect(server, target):
    visitor = Visitor(server, "chatops")
    visitor.sign_up()
    found = visitor.get("sign-in", params={"next": target})
    assert target not in found.text
    answer = visitor.post(
        "sign-in",
        {**fields(found.text, "/account/sign-in"), "next": target, "identity": visitor.email, "password": PASSWORD},
    )
    assert answer.status_code == 303 and answer.headers["Location"] == "/account"


def test_after_signing_in_one_is_where_one_wanted_to_be(server):
    visitor = Visitor(server, "chatops")
    visitor.sign_up()
    asked = visitor.get("sessions")
    page = visitor.get(asked.headers["Location"])
    answer = visitor.post(
        "sign-in", {**fields(page.text, "/account/sign-in"), "identity": visitor.email, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/account/sessions"


def test_hosts_that_a_client_makes_up_are_in_no_link(server):
    visitor = Visitor(server, "chatops")
    poison = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    visitor.sign_up()
    page = visitor.get("forgot-password", headers=poison)
    assert page.status_code == 200 and "evil.example" not in page.text
    assert "evil.example" not in str(page.headers)
    found = fields(page.text, "/account/forgot-password")
    sent = visitor.post("forgot-password", {**found, "identity": visitor.email}, headers=poison)
    assert sent.status_code == 303 and "evil.example" not in sent.headers["Location"]
    mailbox.token(server.mail, "reset", visitor.email)
    for to, _, _, text in mailbox.messages(server.mail):
        assert "evil.example" not in text
        if to == visitor.email:
            assert server.url("chatops") in text


@pytest.mark.parametrize("realm", REALMS)
def test_links_of_mails_lead_to_pages_that_only_show(server, realm):
    visitor = Visitor(server, realm)
    visitor.sign_up()
    found = visitor.form("forgot-password")
    assert visitor.post("forgot-password", {**found, "identity": visitor.email}).status_code == 303
    link = None
    token = mailbox.token(server.mail, "reset", visitor.email)
    for to, kind, seen, text in mailbox.messages(server.mail):
        if to == visitor.email and kind == "reset" and seen == token:
            link = next(each for each in re.findall(r"https?://\S+", text) if token in each)
    path = link.removeprefix(server.url(realm))
    assert path.startswith("/"), link
    shown = visitor.get(path.split("#")[0])
    assert shown.status_code == 200 and shown.headers["Content-Type"].startswith("text/html"), (link, shown.text)
    strict(shown)
    for _ in range(3):
        visitor.get(path.split("#")[0])
    page = visitor.get("reset-password", params={"token": token})
    answer = visitor.post(
        "reset-password", {**fields(page.text, "/account/reset-password"), "password": "Another-harbour-78"}
    )
    assert answer.status_code == 303, answer.text
    if visitor.sign_in().status_code == 303:
        raise AssertionError("the old password opens the account")


@pytest.mark.parametrize("realm", ["aethermind", "vsay", "mattermost"])
def test_api_keys_are_made_replaced_and_revoked(people, realm):
    visitor = people[realm]

    def keys():
        return re.findall(r'name="do" value="revoke">\s*<input type="hidden" name="id" value="([^"]+)"', visitor.get("keys").text)

    def act(**typed):
        return visitor.post("keys", {"form": visitor.form("keys")["form"], **typed})

    def secret(answer):
        return html.unescape(re.search(r'<code id="secret"[^>]*>([^<]+)</code>', answer.text)[1])

    before = set(keys())
    made = act(do="create", name="<b>CI</b>", life="30")
    assert made.status_code == 200 and "&lt;b&gt;CI" in made.text and "<b>CI" not in made.text
    strict(made)
    first = secret(made)
    (key,) = set(keys()) - before
    assert first not in visitor.get("keys").text
    second = secret(act(do="rotate", id=key, overlap="24"))
    assert second != first
    if realm == "aethermind":
        for each in (first, second):
            answer = requests.get(visitor.server.url(realm, "/api/agents"), headers={"X-API-Key": each}, timeout=PATIENCE)
            assert answer.status_code == 200
    for each in keys():
        gone = act(do="revoke", id=each)
        assert gone.headers["Location"] == "/account/keys?done=key_revoked"
    assert keys() == []
    if realm == "aethermind":
        answer = requests.get(visitor.server.url(realm, "/api/agents"), headers={"X-API-Key": second}, timeout=PATIENCE)
        assert answer.status_code == 401
        assert "100 requests" in visitor.get("").text


def test_pages_can_be_elsewhere_dressed_and_turned_off(own_server, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    pages = {
        "path": "/me", "name": "The Shop", "logo": str(logo), "color": "#ffee00", "support": "help@example.com",
        "session_hours": 1,
    }
    realms = {"authspec": {"pages": pages}, "stratify": {"pages": {"enabled": False}}}
    with own_server(dialects=["authspec", "stratify"], configuration={"realms": realms}) as server:
        page = requests.get(server.url("authspec", "/me/sign-in"), timeout=PATIENCE)
        assert page.status_code == 200 and "The Shop" in page.text and "help@example.com" in page.text
        picture = re.search(r'<img src="([^"]+)"', page.text)[1]
        shown = requests.get(server.url("authspec", picture), timeout=PATIENCE)
        assert shown.headers["Content-Type"] == "image/svg+xml" and shown.content == logo.read_bytes()
        theme = re.search(r'href="(/me/assets/theme[^"]+)"', page.text)[1]
        text = requests.get(server.url("authspec", theme), timeout=PATIENCE).text
        assert "--accent:#ffee00" in text and "--on-accent:#000000" in text, "black can be read on yellow"
        assert requests.get(server.url("authspec", "/account/sign-in"), timeout=PATIENCE).status_code == 404
        off = requests.get(server.url("stratify", "/account/sign-in"), timeout=PATIENCE)
        assert off.status_code == 404 and "json" in off.headers["Content-Type"]
        lines = server.log_text().splitlines()
        assert any(line.split() == ["pages", "of", "authspec", server.url("authspec", "/me")] for line in lines)
        assert not any("pages of stratify" in line for line in lines)


def test_pages_where_a_route_is_stop_the_start(tmp_path):
    code, printed = refused_start(
        tmp_path, dialects=["authspec"], configuration={"realms": {"authspec": {"pages": {"path": "/api/auth"}}}}
    )
    assert code == 78
    assert "would be where authspec has POST /api/auth/login" in printed and "pages.path" in printed


def test_pages_are_counted_and_never_logged_with_what_is_secret(own_server):
    with own_server(dialects=["chatops"], configuration={"log": {"level": "debug"}}) as server:
        visitor = Visitor(server, "chatops").arrive()
        visitor.get("reset-password", params={"token": "a-token-of-a-link"})
        assert visitor.get("").status_code == 200
        metrics = requests.get(f"http://127.0.0.1:{server.admin}/metrics", timeout=PATIENCE).text
        counted = re.search(
            r'watchword_requests_total\{realm="chatops",operation="site",status="2xx"\} (\d+)', metrics
        )
        assert int(counted[1]) >= 3
        log = server.log_text()
        assert "route=/account/reset-password" in log
        for secret in ("a-token-of-a-link", visitor.session.cookies["watchword-chatops"], PASSWORD, visitor.email):
            assert secret not in log
