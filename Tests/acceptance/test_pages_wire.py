"""What people with bad intentions send to the hosted pages by hand, without a browser that would stop them."""

import re
import urllib.parse

import pytest
import requests

import wire
from pages import NEW_PASSWORD, PATH, Plain, links, mailed, resident, session_of
from people import PASSWORD, PROTECTED, Person, name, signed_in
from waiting import PATIENCE

REFUSED = {400, 403, 415}
ORIGINS = {
    "another origin": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "another origin of an old browser": {"Origin": "https://evil.example", "Sec-Fetch-Site": None},
    "another port": {"Origin": "http://localhost:1", "Sec-Fetch-Site": "same-site"},
    "another port of an old browser": {"Origin": "http://localhost:1", "Sec-Fetch-Site": None},
    "a site that begins alike": {"Origin": "http://localhost.evil.example", "Sec-Fetch-Site": None},
    "a page without origin": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
}


@pytest.mark.parametrize("headers", ORIGINS.values(), ids=ORIGINS)
def test_a_good_token_from_another_origin_is_refused(hosted, headers):
    person = resident(hosted)
    form = person.form(PATH, f"{PATH}/sign-out")
    assert person.post(form["action"], form["fields"], headers).status_code == 403
    assert person.is_signed_in()
    assert person.post(form["action"], form["fields"]).status_code == 303
    assert not person.is_signed_in()


def test_a_token_is_its_sessions(hosted):
    person, stranger = resident(hosted), resident(hosted)
    before = Plain(hosted).form(f"{PATH}/sign-in")["fields"]["form"]
    theirs = stranger.form(f"{PATH}/profile")["fields"]["form"]
    own = person.form(f"{PATH}/profile")["fields"]["form"]
    assert own not in (before, theirs)
    bad = {"none": {}, "empty": {"form": ""}, "another's": {"form": theirs}, "a visitor's": {"form": before}}
    bad |= {"cut": {"form": own[:-1]}, "longer": {"form": own + "A"}, "twice": {"form": [own, theirs]}}
    for kind, fields in bad.items():
        assert person.post(f"{PATH}/sign-out", fields).status_code in REFUSED, kind
        assert person.is_signed_in(), kind
    again = Plain(hosted, who=person.username).sign_in()
    assert again.form(f"{PATH}/profile")["fields"]["form"] != own, "another session of one account"


def test_each_sign_in_is_a_new_session(hosted):
    person = resident(hosted)
    first = session_of(person.cookies)
    person.http.cookies.clear()
    person.sign_in()
    assert session_of(person.cookies) != first


def test_a_session_ended_is_no_session(hosted):
    person = resident(hosted)
    kept = dict(person.cookies)
    form = person.form(PATH, f"{PATH}/sign-out")
    assert person.post(form["action"], form["fields"]).status_code == 303
    person.http.cookies.update(kept)
    assert not person.is_signed_in(), "the cookie of a session that ended still opens the pages"


def test_a_session_of_pages_is_no_bearer_token_nor_the_other_way_round(hosted):
    person = resident(hosted)
    token = session_of(person.cookies)
    assert person.is_signed_in()
    for header in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"access_token={token}"}, {"X-API-Key": token}):
        answer = requests.get(hosted.url("chatops", PROTECTED["chatops"]), headers=header, timeout=PATIENCE)
        assert answer.status_code == 401
    key = next(key for key, value in person.cookies.items() if value == token)
    api = signed_in(hosted, "chatops")
    other = Plain(hosted)
    for value in (api.token, api.refresh_token):
        other.http.cookies.set(key, value)
        assert not other.is_signed_in()


def test_a_session_of_another_realm_opens_nothing(hosted):
    person = resident(hosted)
    other = Plain(hosted, "authspec")
    for key, value in person.cookies.items():
        other.http.cookies.set(key, value)
        other.http.cookies.set(key.replace("chatops", "authspec"), value)
    assert not other.is_signed_in()


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/account//evil.example",
    "/account/..//evil.example/",
    "/account/%2e%2e//evil.example",
    "/account/\t//evil.example",
    "/%09/evil.example",
    "/account@evil.example",
    "/account.evil.example",
    "/accountx",
    "http:evil.example",
    "javascript:window.__xss=1",
    "data:text/html,<script>window.__xss=1</script>",
    " //evil.example",
    "/account\r\nLocation: https://evil.example",
    "/account/profile\r\nSet-Cookie: a=b",
    "%2f%2fevil.example",
]


@pytest.mark.parametrize("next", ELSEWHERE)
def test_nothing_leads_elsewhere(hosted, next):
    person = Plain(hosted).sign_up()
    path = f"{PATH}/sign-in?{urllib.parse.urlencode({'next': next})}"
    answer = person.try_sign_in(path=path)
    assert answer.status_code == 303, answer.text
    there = urllib.parse.urljoin(person.url(PATH), answer.headers["Location"])
    parts = urllib.parse.urlsplit(there)
    assert f"{parts.scheme}://{parts.netloc}" == hosted.url("chatops"), there
    assert re.fullmatch(rf"{PATH}(/[a-z/-]*)?", parts.path), there
    assert "Set-Cookie" not in there and answer.headers.get("Set-Cookie", "").count("a=b") == 0
    shown = Plain(hosted).get(path)
    assert shown.status_code == 200 and 'href="https://evil' not in shown.text and "<script>w" not in shown.text


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-Host", "X-Forwarded-Server"])
def test_links_do_not_come_from_the_request(hosted, post, header):
    person = resident(hosted)
    visitor = Plain(hosted, who=person.username)
    form = visitor.form(f"{PATH}/forgot-password")
    body = urllib.parse.urlencode({**form["fields"], "identity": person.email}).encode()
    cookie = "; ".join(f"{key}={value}" for key, value in visitor.cookies.items())
    headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", cookie), ("Sec-Fetch-Site", "none")]
    before = len(post.to(person.email))
    host = "evil.example" if header == "Host" else "localhost"
    if header != "Host":
        headers.append((header, "host=evil.example;proto=https" if header == "Forwarded" else "evil.example"))
    answer = wire.request(hosted.ports["chatops"], "POST", f"{PATH}/forgot-password", headers, body, host=host)
    assert b"evil.example" not in answer.body and "evil.example" not in str(answer.headers)
    if answer.status in (200, 303):
        message = post.wait_for(person.email, before + 1)
        assert "evil.example" not in message.as_string()
        found = links(message.get_body(("plain",)).get_content())
        assert found and all(link.startswith(hosted.url("chatops")) for link in found), found
    else:
        assert header == "Host" and answer.status in (400, 403, 421), answer.status


def pages_of(person):
    """Every page that links and navigation of somebody signed in lead to."""
    found, left = {}, [PATH]
    while left:
        path = left.pop().split("#")[0]
        if path in found:
            continue
        found[path] = person.get(path)
        for href in re.findall(r'href="([^"]+)"', found[path].text):
            where = urllib.parse.urlsplit(urllib.parse.urljoin(person.url(path), href.replace("&amp;", "&")))
            if where.netloc == urllib.parse.urlsplit(person.url("/")).netloc and "/assets/" not in where.path:
                left.append(where.path)
    return found


def test_no_page_is_kept_framed_or_run_by_others(hosted):
    person = resident(hosted)
    found = pages_of(person)
    assert len(found) >= 6, list(found)
    visitor = Plain(hosted)
    outside = ["/sign-in", "/sign-up", "/forgot-password", "/verify-email", "/reset-password", "/signed-out", "/none"]
    for path in outside:
        found[f"signed out: {path}"] = visitor.get(PATH + path)
    for path, answer in found.items():
        headers = answer.headers
        policy = {each.split()[0]: each.split()[1:] for each in headers["Content-Security-Policy"].split(";")}
        assert policy["default-src"] == ["'none'"] and policy["script-src"] == ["'self'"], path
        assert policy["frame-ancestors"] == ["'none'"] and policy["base-uri"] == ["'none'"], path
        assert policy["form-action"] == ["'self'"] and "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff", path
        assert "no-store" in headers["Cache-Control"] and headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin" and "Permissions-Policy" in headers, path
        assert answer.status_code >= 300 or headers["Content-Type"] == "text/html; charset=utf-8", path
        assert answer.status_code < 500, path
        assert " style=" not in answer.text and not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=", answer.text), path
        assert person.password not in answer.text and session_of(person.cookies) not in answer.text, path


def test_cookies_are_kept_close(hosted):
    person = resident(hosted)
    answer = Plain(hosted, who=person.username).try_sign_in()
    fields = answer.raw.headers.getlist("Set-Cookie")
    assert fields
    for field in fields:
        parts = [part.strip().lower() for part in field.split(";")]
        assert {"httponly", "samesite=lax", "path=/"} <= set(parts), field
        assert not any(part.startswith("domain") for part in parts), field
        assert field.startswith("watchword-chatops"), field


def test_a_mail_scanner_that_follows_links_uses_nothing_up(hosted, post):
    person = Plain(hosted).sign_up()
    link = mailed(post, person)
    for _ in range(3):
        assert requests.get(link, timeout=PATIENCE).status_code == 200
        assert requests.head(link, timeout=PATIENCE).status_code == 200
    page = urllib.parse.urlsplit(link)
    form = person.form(f"{page.path}?{page.query}", f"{PATH}/verify-email")
    assert person.post(form["action"], form["fields"]).status_code == 303


def masked(text):
    """What differs from visit to visit."""
    text = re.sub(r'name="form" value="[^"]*"', "", text)
    return re.sub(r"p[0-9a-f]{8}\d+(@example\.com)?", "somebody", text)


def test_strangers_learn_nothing_of_accounts(hosted):
    known, unknown = resident(hosted), Plain(hosted)

    def answers(about):
        visitor = Plain(hosted, who=about.username)
        forgot = visitor.submit(f"{PATH}/forgot-password", {"username": about.email})
        signed = visitor.try_sign_in("not-the-password-7")
        fields = {"email": about.email, "username": name(), "password": NEW_PASSWORD}
        made = visitor.submit(f"{PATH}/sign-up", fields)
        return [
            (each.status_code, masked(each.headers.get("Location", "")), masked(each.text), sorted(each.headers))
            for each in (forgot, signed, made)
        ]

    assert answers(known) == answers(unknown)
    assert known.is_signed_in()
    assert Plain(hosted, who=known.username).try_sign_in().status_code == 303


def test_guessing_by_pages_and_by_the_api_is_bounded_together(own_server):
    server = own_server(dialects=["chatops"], configuration={"throttle": {"enabled": True}})
    server.start()
    person = Plain(server).sign_up()
    api = Person(server, "chatops", who=person.username)
    api.username = person.email
    form = person.form(f"{PATH}/sign-in")
    fields = {**form["fields"]}
    for key, kind in form["kinds"].items():
        fields[key] = {"username": person.email, "current-password": "guess-number-1"}.get(kind, fields.get(key, ""))
    for _ in range(400):
        answer = person.post(f"{PATH}/sign-in", fields)
        if answer.status_code == 429:
            break
        assert answer.status_code in (401, 422), answer.status_code
    assert answer.status_code == 429, "four hundred guesses were let through"
    assert int(answer.headers["Retry-After"]) >= 1 and "<form" in answer.text
    assert api.try_sign_in("guess-number-2").status_code == 429, "the API has a count of its own"


ODD = [
    ("no type", None, b"a=b", {400, 403, 415}),
    ("JSON", "application/json", b'{"form":"x"}', {400, 403, 415}),
    ("a broken escape", "application/x-www-form-urlencoded", b"form=%zz", {400, 403}),
    ("no UTF-8", "application/x-www-form-urlencoded", b"form=%ff%fe", {400, 403}),
    ("a zero", "application/x-www-form-urlencoded", b"form=%00", {400, 403}),
    ("many fields", "application/x-www-form-urlencoded", b"a=1&" * 5000, {400, 403, 413}),
    ("much", "application/x-www-form-urlencoded", b"a=" + b"x" * 300_000, {400, 403, 413}),
    ("nothing", "application/x-www-form-urlencoded", b"", {400, 403}),
]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/forgot-password", "/verify-email", "/profile", "/none"])
@pytest.mark.parametrize("kind,media,body,expected", ODD, ids=[each[0] for each in ODD])
def test_odd_bodies_are_refused_on_a_page(hosted, path, kind, media, body, expected):
    headers = [("Content-Type", media)] if media else []
    answer = wire.request(hosted.ports["chatops"], "POST", PATH + path, headers, body)
    assert answer.status in expected | {"/profile": {303}, "/none": {404}}.get(path, set())


@pytest.mark.parametrize(
    "target",
    [
        f"{PATH}/assets/../../../../etc/passwd",
        f"{PATH}/assets/%2e%2e%2f%2e%2e%2fetc/passwd",
        f"{PATH}/assets/",
        f"{PATH}/assets/style.css",
        f"{PATH}/assets/style.0000000000000000.css",
        f"{PATH}/%00",
        f"{PATH}/{'a' * 7000}",
        f"{PATH}/servers/{'%2e' * 50}",
        f"{PATH}/servers/<script>",
        f"{PATH}/sign-in?next=%ff",
        f"{PATH}/sign-in?next=a&next=b",
        f"{PATH}/sign-in?done=<script>window.__xss=1</script>",
        f"{PATH}/sign-in?done=nothing",
        f"{PATH}/verify-email?token=",
        f"{PATH}/reset-password?token=%22%3E%3Cscript%3E",
        f"{PATH}/../account/profile",
        f"{PATH}//",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_odd_addresses_are_answered(hosted, target, method):
    answer = wire.request(hosted.ports["chatops"], method, target)
    assert answer.status < 500, answer.status
    assert b"root:" not in answer.body and b"<script>" not in answer.body
    if method not in ("GET", "HEAD"):
        assert answer.status not in (200, 303), (method, target, answer.status)
