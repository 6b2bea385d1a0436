"""What people with bad intentions try on the hosted pages where it is the browser that must not let them."""

import json
import re

import pytest
from playwright.sync_api import expect

from browser import served
from pages import NEW_PASSWORD, PATH, Guest, Plain, mailed, resident, session_of
from people import PASSWORD

# Each origin is another than the pages': the first shares the host of their cookies, the second not even that.
FOREIGN = ["localhost", "127.0.0.1"]


def attack(url, fields, kind="application/x-www-form-urlencoded"):
    """A page that posts a form as soon as it is opened."""
    inputs = "".join(f'<input name="{key}" value="{value}">' for key, value in fields.items())
    return (
        '<!doctype html><html lang="en"><title>Win a prize</title>'
        f'<form method="post" action="{url}" enctype="{kind}">{inputs}</form>'
        "<script>document.forms[0].submit()</script>"
    )


def every(person):
    """Each form of the pages that somebody who is signed in can send, as an attacker would fill it."""
    password = {"current_password": PASSWORD, "password": NEW_PASSWORD, "new_password": NEW_PASSWORD}
    return {
        "/profile": {"email": "evil@example.com", "username": "evil", "name": "evil", "current_password": PASSWORD},
        "/password": {**password, "confirm": NEW_PASSWORD, "password_confirm": NEW_PASSWORD},
        "/sessions": {"id": "all", "all": "1", "others": "1"},
        "/keys": {"name": "evil", "action": "create"},
        "/servers": {"name": "evil", "action": "create"},
        "/delete": {"current_password": PASSWORD, "password": PASSWORD, "confirm": "yes"},
        "/sign-out": {},
    }


def unchanged(person):
    """Nobody was signed out, no password is another, nothing was made or deleted."""
    assert person.is_signed_in()
    assert "evil" not in person.get(f"{PATH}/profile").text
    assert "evil" not in person.get(f"{PATH}/servers").text
    assert Plain(person.server, person.realm, who=person.username).try_sign_in().status_code == 303


@pytest.mark.parametrize("host", FOREIGN)
def test_another_origins_form_does_nothing(visits, hosted, host):
    guest = Guest(visits, hosted).sign_up().sign_in()
    person = Plain(hosted, who=guest.username)
    for cookie in guest.context.cookies():
        person.http.cookies.set(cookie["name"], cookie["value"])
    stranger = resident(hosted)
    theirs = stranger.form(f"{PATH}/profile")["fields"]["form"]
    own = person.form(f"{PATH}/profile")["fields"]["form"]
    # Without a token, with the attacker's own, and everywhere even with the right one.
    tries = [(path, {**fields, "form": own}) for path, fields in every(guest).items()]
    tries += [("/sign-out", {}), ("/sign-out", {"form": theirs})]
    for path, fields in tries:
        with served(attack(guest.url(path), fields)) as url:
            with guest.page.expect_navigation(url=guest.url(path) + "**"):
                guest.page.goto(url.replace("localhost", host))
    unchanged(person)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data"])
def test_a_form_of_another_type_does_nothing(visits, hosted, kind):
    guest = Guest(visits, hosted).sign_up().sign_in()
    with served(attack(guest.url("/sign-out"), {"form": "x"}, kind)) as url:
        with guest.page.expect_navigation(url=guest.url("/sign-out") + "**"):
            guest.page.goto(url)
    assert guest.is_signed_in()


@pytest.mark.parametrize("host", FOREIGN)
def test_another_origin_signs_nobody_in(visits, hosted, host):
    """An attacker who signs a victim in as the attacker reads what the victim then types."""
    attacker = Plain(hosted).sign_up()
    form = attacker.form(f"{PATH}/sign-in")
    fields = {**form["fields"]}
    for key, kind in form["kinds"].items():
        fields[key] = {"username": attacker.email, "current-password": PASSWORD}.get(kind, fields.get(key, ""))
    victim = Guest(visits, hosted)
    for planted in (False, True):
        if planted:
            for key, value in attacker.cookies.items():
                victim.context.add_cookies([{"name": key, "value": value, "url": hosted.url("chatops")}])
        with served(attack(victim.url("/sign-in"), fields)) as url:
            with victim.page.expect_navigation(url=victim.url("/sign-in") + "**"):
                victim.page.goto(url.replace("localhost", host))
        assert not victim.is_signed_in()


@pytest.mark.parametrize("how", ["fetch", "fetch with cookies", "beacon"])
def test_another_origins_script_does_nothing_and_reads_nothing(visits, hosted, how):
    guest = Guest(visits, hosted).sign_up().sign_in()
    visits.expected = ["CORS policy", "net::ERR_", "403 for", "Failed to load resource"]
    options = {"fetch": "{method: 'POST', mode: 'no-cors', body}", "fetch with cookies": CREDENTIALS}
    call = "navigator.sendBeacon(u, body)" if how == "beacon" else f"await fetch(u, {options[how]})"
    script = f"async u => {{ const body = new URLSearchParams({{form: 'x'}}); try {{ {call} }} catch (e) {{}} }}"
    with served('<!doctype html><html lang="en"><title>Evil</title>') as url:
        guest.page.goto(url)
        guest.page.evaluate(script, guest.url("/sign-out"))
        read = "async u => { try { return await (await fetch(u, INCLUDE)).text() } catch (e) { return '' } }"
        read = read.replace("INCLUDE", "{credentials: 'include'}")
        assert guest.page.evaluate(read, guest.url("/profile")) == "", "another origin reads the pages"
        guest.page.wait_for_timeout(200)
    assert guest.is_signed_in()


CREDENTIALS = "{method: 'POST', credentials: 'include', body}"


@pytest.mark.parametrize("host", FOREIGN)
def test_no_page_is_shown_in_a_frame(visits, hosted, host):
    guest = Guest(visits, hosted).sign_up().sign_in()
    visits.expected = ["frame-ancestors", "X-Frame-Options", "ERR_BLOCKED_BY_RESPONSE", "Failed to load resource"]
    elements = ('<iframe src="{}"></iframe>', '<object data="{}"></object>', '<embed src="{}">')
    for path in ("", "/sign-in", "/delete"):
        body = "".join(element.format(guest.url(path)) for element in elements)
        with served('<!doctype html><html lang="en"><title>x</title>' + body) as url:
            guest.page.goto(url.replace("localhost", host), wait_until="networkidle")
            for frame in guest.page.frames[1:]:
                assert "<form" not in frame.content(), f"{path} is shown in a frame"
    visits.hear("frame-ancestors")


def test_a_window_that_opened_ours_does_not_reach_it(visits, hosted):
    guest = Guest(visits, hosted).sign_up().sign_in()
    with served('<!doctype html><html lang="en"><title>Evil</title>') as url:
        guest.page.goto(url)
        with guest.context.expect_page() as opened:
            guest.page.evaluate("u => { window.other = window.open(u) }", guest.url("/profile"))
        # Cross-origin-opener-policy cuts the two apart once the answer is there.
        opened.value.wait_for_url(guest.url("/profile"))
        guest.page.wait_for_function("window.other.closed")


def test_a_planted_session_is_replaced(visits, hosted):
    attacker = resident(hosted)
    planted = session_of(attacker.cookies)
    victim = Guest(visits, hosted).sign_up()
    key = next(key for key, value in attacker.cookies.items() if value == planted)
    for value in ("web_" + "A" * 43, "x"):
        victim.context.add_cookies([{"name": key, "value": value, "url": victim.url()}])
        victim.sign_in()
        now = session_of({each["name"]: each["value"] for each in victim.context.cookies()})
        assert now not in (planted, value)
    # The attacker's own session, planted, is not made the victim's.
    victim.context.clear_cookies()
    victim.context.add_cookies([{"name": key, "value": planted, "url": victim.url()}])
    victim.go()
    victim.context.clear_cookies(name=key)
    victim.sign_in()
    assert victim.username not in attacker.get(PATH).text and attacker.is_signed_in()
    assert session_of({each["name"]: each["value"] for each in victim.context.cookies()}) != planted


def test_a_way_back_is_kept(visits, hosted):
    guest = Guest(visits, hosted).sign_up()
    guest.go("/profile")
    guest.fill({"username": guest.email, "current-password": PASSWORD})
    guest.send()
    expect(guest.page).to_have_url(re.compile(r"/account/profile$"))


def test_with_tls_no_other_host_can_set_the_cookies(visits, own_server, tmp_path):
    from mailbox import Authority

    authority = Authority(tmp_path / "tls")
    files = {"certificate": str(authority.folder / "server.pem"), "key": str(authority.folder / "server.key")}
    server = own_server(dialects=["chatops"], configuration={"realms": {"chatops": {"tls": files}}})
    server.start()
    person = Plain(server)
    person.url = lambda path: f"https://localhost:{server.ports['chatops']}{path}"
    person.http.verify = str(authority.certificate)
    same = {"Origin": person.url("")}
    about = {"email": person.email, "username": person.username, "password": PASSWORD}
    assert person.submit(f"{PATH}/sign-up", about, headers=same).status_code in (200, 303)
    for field in person.try_sign_in(headers=same).raw.headers.getlist("Set-Cookie"):
        assert field.startswith("__Host-watchword-chatops"), field
        assert "secure" in field.lower() and "domain" not in field.lower(), field
    guest = Guest(visits, server, who=person.username, ignore_https_errors=True)
    guest.url = lambda path="": person.url(PATH + path)
    guest.sign_in()
    [kept] = [each for each in guest.context.cookies() if each["name"] == "__Host-watchword-chatops"]
    assert kept["secure"] and kept["httpOnly"] and kept["sameSite"] == "Lax"


def test_the_back_button_shows_nothing_after_signing_out(visits, hosted):
    guest = Guest(visits, hosted).sign_up().sign_in()
    guest.go()
    guest.sees(guest.email)
    guest.page.locator("header form button").click()
    expect(guest.page.locator("body.outside")).to_be_attached()
    for _ in range(3):
        guest.page.go_back(wait_until="load")
        assert guest.email not in guest.page.content()
        if "/account" not in guest.page.url:
            break


FOLLOW = "u => { const a = document.createElement('a'); a.href = u; document.body.append(a); a.click() }"


def test_tokens_of_links_go_nowhere(visits, hosted, post):
    """Not to another site as referrer, not into the log, not to a page's own parts."""
    guest = Guest(visits, hosted).sign_up()
    visitor = Guest(visits, hosted, who=guest.username)
    visitor.go("/forgot-password")
    visitor.page.locator("main input:not([type=hidden])").fill(guest.email)
    visitor.send()
    link = mailed(post, guest, "assword")
    token = re.search(r"token=([^&\s]+)", link)[1]
    seen = []
    visitor.page.on("request", lambda request: seen.append((request.url, request.headers)))
    visitor.page.goto(link, wait_until="networkidle")
    with served('<!doctype html><html lang="en"><title>Elsewhere</title>') as url:
        with visitor.page.expect_navigation(url=url):
            visitor.page.evaluate(FOLLOW, url)
        assert visitor.page.evaluate("document.referrer") == ""
    others = [(url, headers) for url, headers in seen if url != link]
    assert others and not [each for each in others if token in json.dumps(each)]
    assert token not in hosted.log_text()
