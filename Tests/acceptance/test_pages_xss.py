"""Texts of strangers on the pages and in mails: shown as they are, never run.

The pages' content policy is switched off here, so that nothing but the escaping stands between a text and a script.
"""

import urllib.parse

import pytest
import requests

from browser import DESKTOP
from pages import PATH, Guest, Plain
from people import PASSWORD, Person, name
from sockets import CHATOPS, Chat, opened, said
from waiting import PATIENCE

RUN = "window.__xss=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}>',
    f'" autofocus onfocus="{RUN}',
    f"' autofocus onfocus='{RUN}",
    # A mark behind it makes another character of the quote, for who counts characters.
    f'"\u0301 autofocus onfocus={RUN} x="\u0301',
    f"<\u0338script>{RUN}</script>",
    f"\u0600<img src=x onerror={RUN}>",
    f'\u0600" autofocus onfocus={RUN} x=',
    f"</textarea></title></style></script><script>{RUN}</script>",
    "{{{site.name}}}{{#nav}}x{{/nav}}",
    "{{> layout}}{{<layout}}",
    "&lt;img src=x onerror=alert(1)&gt;",
    f"javascript:{RUN}",
    "\u202eright to left\u2066",
]
MANY = "".join(PAYLOADS)
INSERT = "html => { document.body.append(document.createRange().createContextualFragment(html)) }"


def crawl(guest, limit=40):
    """Opens every page that somebody signed in can get to by links, and every step that is folded."""
    seen, left = {}, [guest.url()]
    while left and len(seen) < limit:
        url = left.pop(0)
        if url in seen:
            continue
        guest.page.goto(url)
        guest.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for field in guest.page.locator("input:not([type=hidden]):visible").all()[:8]:
            field.focus()
        seen[url] = guest.page.content()
        assert guest.page.evaluate("typeof window.__xss") == "undefined", url
        for href in guest.page.evaluate("Array.from(document.links, each => each.href)"):
            parts = urllib.parse.urlsplit(href)
            assert parts.scheme in ("http", "https", "mailto"), href
            if href.startswith(guest.url()) and "terminal" not in parts.path:
                left.append(parts._replace(fragment="").geturl())
    return seen


def watched(visits, server, realm, person):
    """A browser without the content policy, in which somebody is signed in."""
    guest = Guest(visits, server, realm, who=person.username, bypass_csp=True, viewport=DESKTOP)
    guest.email, guest.password = person.email, person.password
    return guest.sign_in()


def test_the_trap_works(visits, hosted):
    """That a payload which was not escaped would be seen."""
    guest = Guest(visits, hosted, bypass_csp=True)
    guest.go("/sign-in")
    visits.expected = ["a payload ran", "404"]
    for payload in PAYLOADS[:3]:
        guest.page.evaluate(INSERT, payload)
    visits.hear("a payload ran")


def test_with_the_policy_nothing_runs_even_unescaped(visits, hosted):
    guest = Guest(visits, hosted)
    visits.expected = ["Content Security Policy", "csp for", "404"]
    guest.go("/sign-in")
    for payload in PAYLOADS[:3]:
        guest.page.evaluate(INSERT, payload)
    visits.hear("Content Security Policy")


def chat(server):
    person = Chat(server)
    body = {"email": person.email, "username": person.username, "password": PASSWORD, "password_confirm": PASSWORD}
    answer = person.post("/api/v1/auth/register", json={**body, "full_name": MANY[:255]})
    assert answer.status_code == 201, answer.text
    person.take(answer.json())
    return person


def accepted(make):
    """Those payloads that are taken at all."""
    return [payload for payload in PAYLOADS if make(payload)]


def test_names_of_everything_are_shown_and_not_run(visits, hosted, post):
    person = chat(hosted)

    def server_called(payload):
        made = person.ask("POST", "/api/v1/servers", json={"name": payload})
        return made.json()["id"] if made.status_code == 201 else None

    names = accepted(server_called)
    assert len(names) >= 8, names
    first = person.new_server("first")

    def key_called(payload):
        made = person.ask("POST", "/api/v1/api-keys", json={"server_id": first, "name": payload})
        return made.status_code == 201

    keys = accepted(key_called)
    assert len(keys) >= 8, keys
    for payload in PAYLOADS:
        client = payload.encode("utf-8").decode("latin-1").replace("\n", "")
        headers = {"User-Agent": client, "X-Forwarded-For": payload.encode("ascii", "ignore").decode()}
        form = {"username": person.username, "password": PASSWORD}
        assert requests.post(hosted.url("chatops", "/api/v1/auth/login"), data=form, headers=headers, timeout=PATIENCE).ok
    key = person.new_key(first)["key"]
    hostile = opened(hosted, "chatops", CHATOPS, user_agent_header=PAYLOADS[1])
    with hostile:
        hostile.send(f'{{"type":"auth","api_key":"{key}"}}')
        assert said(hostile)["type"] == "auth_success"
        guest = watched(visits, hosted, "chatops", person)
        seen = crawl(guest, limit=60)
    text = "\n".join(seen.values())
    assert any("/servers/" in url for url in seen) and any("sessions" in url for url in seen), list(seen)
    for payload in names[:2]:
        shown = payload.replace("<", "&lt;").replace(">", "&gt;")
        assert shown in text, f"{payload} is not shown"
    assert "{{{site.name}}}" in text, "a text was read as a template"


def test_a_machine_names_itself(visits, hosted):
    """Its name, and the program that it says it is, come from the machine."""
    person = Person(hosted, "vsay").sign_up().sign_in()
    taken = []
    for payload in PAYLOADS:
        headers = {"Authorization": f"Bearer {person.key}"}
        answer = requests.post(
            hosted.url("vsay", "/api/agents/register"), json={"name": payload}, headers=headers, timeout=PATIENCE
        )
        taken += [payload] if answer.status_code == 201 else []
    assert len(taken) >= 8
    seen = crawl(watched(visits, hosted, "vsay", person), limit=60)
    assert any("/machines/" in url for url in seen)


def test_a_username_is_shown_and_not_run(visits, hosted):
    made = []
    for number, payload in enumerate(PAYLOADS):
        person = Chat(hosted, who=name())
        person.username = f"{payload[:50]}{number}"
        body = {"email": person.email, "username": person.username, "password": PASSWORD, "password_confirm": PASSWORD}
        if person.post("/api/v1/auth/register", json=body).status_code == 201:
            made.append(person)
    assert len(made) >= 4
    for person in made[:4]:
        guest = Guest(visits, hosted, bypass_csp=True)
        guest.email = person.email
        guest.sign_in()
        for path in ("", "/profile"):
            guest.go(path)
            assert guest.page.evaluate("typeof window.__xss") == "undefined"


# What a browser checks before it sends, an attacker does not.
UNCHECKED = """for (const form of document.forms) form.noValidate = true;
for (const input of document.querySelectorAll('main form input')) {
  input.removeAttribute('maxlength');
  if (input.type === 'email') input.type = 'text';
}"""


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/forgot-password", "/verify-email", "/reset-password"])
def test_what_was_typed_is_shown_again_and_not_run(visits, hosted, path):
    guest = Guest(visits, hosted, bypass_csp=True)
    for payload in PAYLOADS[:9]:
        names = ("next", "done", "token", "email", "uid", "identity", "via", "error")
        query = urllib.parse.urlencode(dict.fromkeys(names, payload))
        guest.go(f"{path}?{query}")
        page = guest.page
        page.evaluate(UNCHECKED)
        for field in page.locator("main input:not([type=hidden])").all():
            field.fill(payload)
        guest.send()
        page.wait_for_load_state()
        assert page.evaluate("typeof window.__xss") == "undefined", payload


def test_paths_are_not_reflected(visits, hosted):
    guest = Guest(visits, hosted, bypass_csp=True)
    for payload in PAYLOADS[:9]:
        for path in ("/", "/servers/", "/assets/"):
            guest.go(path + urllib.parse.quote(payload, safe=""))
            assert guest.page.evaluate("typeof window.__xss") == "undefined"


def html_of(message):
    part = message.get_body(("html",))
    assert part is not None, f"{message['Subject']} has no HTML part"
    return part.get_content()


def test_mails_run_nothing_and_load_nothing(visits, hosted, post):
    person = chat(hosted)
    client = PAYLOADS[1] + PAYLOADS[3]
    answer = requests.post(
        hosted.url("chatops", "/api/v1/auth/login"),
        data={"username": person.username, "password": PASSWORD},
        headers={"User-Agent": client},
        timeout=PATIENCE,
    )
    assert answer.ok
    server_id = person.new_server(PAYLOADS[1])
    made = person.new_key(server_id, PAYLOADS[0])
    assert person.ask("DELETE", f"/api/v1/api-keys/{made['id']}").status_code == 204
    visitor = Plain(hosted, who=person.username)
    visitor.submit(f"{PATH}/forgot-password", {"username": person.email})
    post.wait_for(person.email, subject="assword")
    messages = post.to(person.email)
    assert len(messages) >= 2
    page = visits.page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    for message in messages:
        html = html_of(message)
        page.set_content(html)
        page.wait_for_timeout(50)
        assert page.evaluate("typeof window.__xss") == "undefined", message["Subject"]
        assert page.evaluate("document.querySelectorAll('script, iframe, object, form, img[src^=http]').length") == 0
        assert "\n" not in str(message["Subject"]) and "<script" not in html
    assert not [url for url in requested if not url.startswith(("about:", "data:"))], requested


def test_a_name_is_no_header_of_a_mail(hosted, post):
    person = Chat(hosted)
    body = {"email": person.email, "username": person.username, "password": PASSWORD, "password_confirm": PASSWORD}
    evil = "x\r\nBcc: victim@example.com\r\n\r\nevil"
    answer = person.post("/api/v1/auth/register", json={**body, "full_name": evil})
    if answer.status_code != 201:
        assert person.post("/api/v1/auth/register", json=body).status_code == 201
    Plain(hosted, who=person.username).submit(f"{PATH}/forgot-password", {"username": person.email})
    message = post.wait_for(person.email, subject="assword")
    assert message["Bcc"] is None and message.recipients == [person.email]
    assert not post.to("victim@example.com")
