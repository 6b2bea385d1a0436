"""The hosted pages as people meet them: in a browser, and by a client that knows HTML forms and nothing else."""

import html.parser
import re
import urllib.parse

import requests
from playwright.sync_api import expect

from people import PASSWORD, name
from waiting import PATIENCE, until

PATH = "/account"
NEW_PASSWORD = "amber-lantern-88-copper"


class Forms(html.parser.HTMLParser):
    """The forms of a page: where they go, their fields as they would be sent, and what each is for."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = {key: value or "" for key, value in attributes}
        if tag == "form":
            self.forms.append({"action": attributes.get("action", ""), "fields": {}, "kinds": {}})
            self.inside = True
        elif tag in ("input", "button", "select", "textarea") and self.inside and attributes.get("name"):
            form, called = self.forms[-1], attributes["name"]
            if attributes.get("type") not in ("checkbox", "radio") or "checked" in attributes:
                form["fields"].setdefault(called, attributes.get("value", ""))
            form["kinds"][called] = attributes.get("autocomplete", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


class Plain:
    """A client with cookies and forms and no script, that follows no redirect."""

    def __init__(self, server, realm="chatops", who=None):
        self.server, self.realm = server, realm
        self.http = requests.Session()
        self.http.trust_env = False
        self.username = who or name()
        self.email, self.password = f"{self.username}@example.com", PASSWORD

    def url(self, path):
        return urllib.parse.urljoin(self.server.url(self.realm, "/"), path)

    def get(self, path, **options):
        return self.http.get(self.url(path), timeout=PATIENCE, allow_redirects=False, **options)

    def post(self, path, fields, headers=None, **options):
        """As a page of ours would post it; a header of None is left out."""
        headers = {"Origin": self.server.url(self.realm), "Sec-Fetch-Site": "same-origin", **(headers or {})}
        options["headers"] = {key: value for key, value in headers.items() if value is not None}
        return self.http.post(self.url(path), data=fields, timeout=PATIENCE, allow_redirects=False, **options)

    def form(self, path, action=None):
        """The page's form that posts there, else to the page itself."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        wanted = action or path.split("?")[0]
        found = [each for each in Forms(answer.text).forms if (each["action"] or path).split("?")[0] == wanted]
        assert found, f"no form on {path} that goes to {wanted}: {answer.text}"
        return found[0]

    def submit(self, path, values, action=None, headers=None):
        """`values` by the fields' names, or by what `autocomplete` says that they are for."""
        form = self.form(path, action)
        fields = dict(form["fields"])
        for key, value in values.items():
            named = [key] if key in fields else [called for called in fields if form["kinds"].get(called) == key]
            assert named, f"{path} has no field for {key}, only {form['kinds']}"
            fields.update(dict.fromkeys(named, value))
        return self.post(form["action"] or path, fields, headers)

    def sign_up(self):
        about = {"email": self.email, "username": self.username, "password": self.password}
        fields = self.form(f"{PATH}/sign-up")["fields"]
        answer = self.submit(f"{PATH}/sign-up", {key: about[key] for key in about if key in fields})
        assert answer.status_code in (200, 303), answer.text
        return self

    def try_sign_in(self, password=None, path=f"{PATH}/sign-in", **options):
        values = {"username": self.email, "current-password": password or self.password}
        return self.submit(path, values, f"{PATH}/sign-in", **options)

    def sign_in(self):
        answer = self.try_sign_in()
        assert answer.status_code == 303, answer.text
        return self

    @property
    def cookies(self):
        return self.http.cookies.get_dict()

    def is_signed_in(self):
        return self.get(PATH).status_code == 200


def resident(server, realm="chatops"):
    return Plain(server, realm).sign_up().sign_in()


class Guest:
    """Somebody new at a browser of their own, who uses the pages of a realm."""

    def __init__(self, visits, server, realm="chatops", who=None, **options):
        self.visits, self.server, self.realm = visits, server, realm
        self.context = visits.context(**options)
        self.page = self.context.new_page()
        self.username = who or name()
        self.email, self.password = f"{self.username}@example.com", PASSWORD

    def url(self, path=""):
        return self.server.url(self.realm, PATH + path)

    def go(self, path=""):
        self.page.goto(self.url(path))
        return self.page

    def field(self, purpose):
        """By what `autocomplete` says that it is for, as a password manager finds it, or by its name."""
        named = self.page.locator(f'main input[name="{purpose}"]')
        return named if named.count() else self.page.locator(f'main input[autocomplete="{purpose}"]')

    def fill(self, values):
        for purpose, value in values.items():
            expect(self.field(purpose)).to_be_visible()
            self.field(purpose).fill(value)

    def send(self):
        """Presses the button of the page's form."""
        self.page.locator("main form button:not([type=button])").first.click()

    def sees(self, text):
        expect(self.page.locator("main")).to_contain_text(text)

    def heading(self):
        return self.page.locator("h1").inner_text()

    def sign_up(self):
        self.go("/sign-up")
        about = {"email": self.email, "username": self.username, "password": self.password}
        self.fill({key: about[key] for key in about if self.page.locator(f'main input[name="{key}"]').count()})
        self.send()
        return self

    def sign_in(self, password=None, arrived=True):
        self.go("/sign-in")
        self.fill({"username": self.email, "current-password": password or self.password})
        self.send()
        if arrived:
            expect(self.page.locator("body.inside")).to_be_attached()
        return self

    def again(self):
        """The same person at another browser."""
        other = Guest(self.visits, self.server, self.realm, who=self.username)
        other.password = self.password
        return other

    def is_signed_in(self):
        self.go()
        return not self.page.url.split("?")[0].endswith("/sign-in")


def session_of(cookies):
    """The token of the pages' session among a browser's cookies."""
    [found] = [value for key, value in cookies.items() if "watchword-" in key and "form" not in key]
    return found


def links(text):
    return re.findall(r"https?://[^\s<>\"]+", text)


def mailed(post, person, subject=None, count=1):
    """The link of a mail that leads on: the one with a token."""
    text = post.wait_for(person.email, count, subject=subject).get_body(("plain",)).get_content()
    found = [link for link in links(text) if re.search(r"[?&]token=|/#/", link)]
    assert found, text
    return found[0]


def button(page, name):
    return page.get_by_role("button", name=re.compile(name, re.I))


def menu(page, name):
    page.get_by_role("navigation", name="Account").get_by_role("link", name=re.compile(f"^{name}$", re.I)).click()


def tab(page, name):
    page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name=name, exact=True).click()


def shows(page, text):
    """What the page shows when it is loaded again; presence comes a moment after the socket."""

    def there():
        page.reload()
        return text in page.locator("main").inner_text()

    return until(there, every=0.2)


def pasted(guest):
    """What is in the clipboard, as a person finds out: by pasting it."""
    page = guest.context.new_page()
    page.goto(guest.url("/nothing-here"))
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    text = page.locator("#paste").input_value()
    page.close()
    return text


def vsay_key(guest):
    """The account's API key, by the pages."""
    guest.go("/keys")
    page = guest.page
    show = page.get_by_role("button", name=re.compile("show", re.I))
    if show.count():
        show.first.click()
    else:
        guest.fill({"name": "machine"})
        button(page, "create api key").click()
    return page.locator("#secret").inner_text()
