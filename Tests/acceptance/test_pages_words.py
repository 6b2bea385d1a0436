"""Pages in a realm's own words: German from end to end, Arabic from right to left, and no text that is left out."""

import html.parser
import pathlib
import re
import subprocess

import pytest
from playwright.sync_api import expect

from browser import PHONE, looked_at
from machines import Machine
from pages import Guest, Plain, mailed, resident
from people import PASSWORD
from server import Server, binary, refused_start
from waiting import until

WORDS = pathlib.Path(__file__).parent / "words"
# Around every word of a language that nobody speaks.
OPEN, CLOSE = "\u27e6", "\u27e7"


def english():
    """Every word of the built-in file: its key and its text."""
    done = subprocess.run([binary(), "pages", "words"], capture_output=True, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("#")]
    return dict(line.split(" = ", 1) for line in lines)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory, post):
    """ChatOps in German, in Arabic and in marked words; Vsay in marked words as well."""
    folder = tmp_path_factory.mktemp("spoken")
    marked = folder / "marked.txt"
    marked.write_text(
        "".join(f"{key} = {OPEN}{text}{CLOSE}\n" for key, text in english().items() if key != "language")
    )
    words = {"german": WORDS / "de.txt", "arabic": WORDS / "ar.txt", "marked": marked, "vsay": marked}
    configuration = {
        "mail": post.settings(),
        "realms": {realm: {"pages": {"name": "Beispiel", "words": str(file)}} for realm, file in words.items()},
    }
    dialects = {realm: "vsay" if realm == "vsay" else "chatops" for realm in words}
    with Server(folder / "server", dialects=dialects, configuration=configuration) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture
def german(visits, spoken):
    return Guest(visits, spoken, "german", locale="de-DE", permissions=["clipboard-read", "clipboard-write"])


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_signing_up_and_in_and_an_api_key_in_german(german, post):
    page = german.page
    # Signing up, with what is wrong told at its input and above.
    german.go("/sign-up")
    assert page.locator("html").get_attribute("lang") == "de" and german.heading() == "Konto anlegen"
    expect(page).to_have_title("Konto anlegen · Beispiel")
    german.fill({"email": german.email, "username": german.username, "password": "password"})
    page.locator("form").first.evaluate("each => { each.noValidate = true }")
    press(page, "Konto anlegen")
    expect(page.get_by_role("alert")).to_contain_text("Etwas stimmt noch nicht")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Passwort: (Mindestens \d+ Zeichen|Dieses Passwort)"))
    expect(page).to_have_title(re.compile("^Nicht erledigt: "))
    looked_at(page, "words-german-sign-up")
    german.fill({"password": PASSWORD})
    press(page, "Konto anlegen")
    german.sees("Fast fertig: sieh in deine Mails.")
    # The mail's link, a page that asks, and what follows.
    page.goto(mailed(post, german))
    assert german.heading() == "E-Mail-Adresse bestätigen"
    press(page, "Adresse bestätigen")
    german.sees("Deine E-Mail-Adresse ist bestätigt.")
    # Signing in: refused first; a script shows the password.
    german.go("/sign-in")
    german.fill({"username": german.email, "current-password": "not this one"})
    press(page, "Anmelden")
    german.sees("Dieser Name und dieses Passwort gehören nicht zusammen.")
    german.fill({"current-password": german.password})
    page.get_by_role("button", name="Passwort anzeigen").click()
    expect(german.field("current-password")).to_have_attribute("type", "text")
    looked_at(page, "words-german-sign-in")
    press(page, "Anmelden")
    expect(page.locator("body.inside")).to_be_attached()
    assert german.heading() == "Dein Konto"
    looked_at(page, "words-german-overview")
    # A server, its key, and the key in the clipboard.
    page.get_by_role("navigation", name="Konto").get_by_role("link", name="Server", exact=True).click()
    german.sees("Noch keine Server")
    page.get_by_role("link", name="Neuer Server").click()
    german.fill({"name": "web-1"})
    press(page, "Server anlegen")
    german.sees("Server angelegt.")
    page.get_by_role("navigation", name="Teile dieser Seite").get_by_role("link", name="API-Schlüssel").click()
    german.fill({"name": "deploy"})
    press(page, "API-Schlüssel anlegen")
    german.sees("Er wird nie wieder angezeigt.")
    press(page, "Kopieren")
    expect(page.get_by_role("button", name="Kopiert", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#secret").inner_text()
    looked_at(page, "words-german-api-keys")
    page.locator("summary", has_text="Widerrufen").click()
    press(page, "Schlüssel widerrufen")
    german.sees("Der Schlüssel ist widerrufen.")
    german.go("/sessions")
    german.sees("Chrome unter Linux")
    german.go("/nothing")
    assert german.heading() == "Hier ist nichts"


def test_pages_are_read_from_right_to_left(visits, spoken, post):
    guest = Guest(visits, spoken, "arabic", locale="ar")
    page = guest.page
    guest.go("/sign-in")
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    guest.fill({"username": "nobody@example.com", "current-password": "not this one"})
    guest.send()
    guest.sees("هذا الاسم وكلمة المرور لا يتطابقان.")
    # What is beside the password is where a line ends: on the left.
    button, field = page.locator("[data-reveal]").bounding_box(), guest.field("current-password").bounding_box()
    assert button["x"] < field["x"] + field["width"] / 2
    looked_at(page, "words-arabic-sign-in")
    guest.sign_up()
    page.goto(mailed(post, guest))
    guest.send()
    guest.sign_in()
    looked_at(page, "words-arabic-overview")
    guest.go("/servers/new")
    guest.fill({"name": "web-1"})
    guest.send()
    page.locator(".tabs a").nth(1).click()
    guest.fill({"name": "deploy"})
    page.get_by_role("button", name="إنشاء مفتاح API").click()
    # A key is read from left to right wherever it stands.
    assert page.locator("#secret").evaluate("each => getComputedStyle(each).direction") == "ltr"
    nav, main = page.locator(".side").bounding_box(), page.locator("main").bounding_box()
    assert nav["x"] > main["x"]
    looked_at(page, "words-arabic-api-keys")


class Texts(html.parser.HTMLParser):
    """What a page says: its texts, and those of its attributes, without what is between OPEN and CLOSE."""

    SAID = ("aria-label", "title", "placeholder", "alt", "data-done", "data-label")

    def __init__(self, text):
        super().__init__()
        self.said, self.language = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = {key: value or "" for key, value in attributes}
        if tag == "html":
            self.language = attributes["lang"]
        self.said += [attributes[key] for key in self.SAID if key in attributes]

    def handle_data(self, data):
        self.said.append(data)

    def left(self):
        """What is in nobody's words; words within words (a noun) are taken out from the inside."""
        for text in self.said:
            before = None
            while before != text:
                before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
            yield " ".join(text.split())


# What is data, whoever reads it: the product, codes, signs, a time in UTC.
DATA = re.compile(
    r"^(Beispiel|· Beispiel|Vsay|[^A-Za-z]*|\d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC|127\.0\.0\.1|::1|user|web-1|laptop|(: )?deploy)$"
)


def left_out(answer, *data):
    """The texts of a page that come from no file of words."""
    assert answer.headers["Content-Type"].startswith("text/html"), answer.headers
    found = Texts(answer.text)
    return [text for text in found.left() if not DATA.match(text) and text not in data]


def test_no_page_says_anything_that_is_not_in_the_file(spoken):
    stranger = Plain(spoken, "marked")
    for path in ("sign-in", "sign-up", "forgot-password", "request-verification", "verify-email?token=x",
                 "reset-password?token=x", "signed-out", "nothing-here"):  # fmt: skip
        assert left_out(stranger.get(f"/account/{path}")) == [], path
    assert left_out(stranger.try_sign_in(), stranger.email) == []
    assert left_out(stranger.submit("/account/sign-up", {"email": "x", "password": "x"})) == []
    assert left_out(stranger.post("/account/sign-in", {"form": "stale"})) == []

    person = resident(spoken, "marked")
    person.submit("/account/servers/new", {"name": "web-1"})
    [server] = set(re.findall(r'href="(/account/servers/(?!new)[^"/]+)"', person.get("/account/servers").text))
    own = (person.email, person.username, server.rsplit("/", 1)[1])
    made = person.submit(f"{server}/keys", {"name": "deploy"})
    secret = re.search(r'<code id="secret"[^>]*>([^<]+)<', made.text)[1]
    allowed = {*own, secret, f"{secret[:12]}…"}
    for answer in [made] + [
        person.get(f"/account{path}")
        for path in ("", "/profile", "/password", "/sessions", "/delete", "/servers", "/servers/new")
    ] + [person.get(server), person.get(f"{server}/keys"), person.get(f"{server}/connections")]:  # fmt: skip
        texts = [
            text
            for text in left_out(answer, *allowed)
            # Addresses, commands, ids and the beginnings of keys are in code.
            if not re.search(r"^(Python$|python-requests|wss?://|\{\"type\"|[\w.-]+…$)", text)
        ]
        assert texts == [], answer.url
    refused = person.submit("/account/password", {"current_password": "x"})
    assert refused.status_code == 422 and left_out(refused, *allowed) == []


def test_the_terminal_and_its_keys_say_it_in_the_realms_words(visits, spoken, tmp_path):
    guest = Guest(visits, spoken, "vsay", viewport=PHONE, has_touch=True, is_mobile=True)
    guest.sign_up().sign_in()
    page = guest.page
    guest.go("/keys")
    guest.send()
    key = page.locator("#secret").inner_text()
    with Machine(spoken, key, tmp_path, name="laptop"):
        until(lambda: "laptop" in guest.go("/machines").locator("main").inner_text(), every=0.3)
        page.get_by_role("link", name="laptop").click()
        page.locator(".tabs a").last.click()
        expect(page.locator("#terminal")).to_have_attribute("data-state", "open")
        expect(page.locator("#terminal-status")).to_have_text(f"{OPEN}Connected{CLOSE}")
        expect(page.locator("#terminal-keys button").first).to_have_text(f"{OPEN}Esc{CLOSE}")
        left = [text for text in Texts(page.content()).left() if not DATA.match(text)]
        # What is in the terminal is the program's.
        screen = page.locator("[data-rows]").inner_text()
        assert [text for text in left if text not in (*screen.split("\n"), "0000000000", guest.username)] == []
        page.locator("#terminal").tap()
        page.keyboard.type("exit 3\n")
        expect(page.locator("#terminal-status")).to_have_text(f"{OPEN}The program has ended, with status 3.{CLOSE}")


def test_mistakes_stop_the_start_with_their_places(tmp_path):
    file = tmp_path / "de.txt"
    file.write_text("language = de\nsign_in.titel = Anmelden\nwait.hours = {{nummer}} Stunden\nagents.now = \x07\n")
    configuration = {"realms": {"authspec": {"pages": {"words": str(file)}}}}
    for arguments in (("serve",), ("config", "check")):
        code, said = refused_start(
            tmp_path / arguments[0], arguments, dialects=["authspec"], configuration=configuration
        )
        assert code == 78, said
        assert "the words of the pages of realm `authspec` cannot be used" in said
        assert f"{file}:2:1: error: no word `sign_in.titel` (did you mean `sign_in.title`?)" in said
        assert f"{file}:3:14: error: no value `nummer` in this text (did you mean `number`?): it has `number`" in said
        assert f"{file}:3:14: error: `{{{{number}}}}` is missing" in said
        assert f"{file}:4:14: error: U+0007 is a control character" in said


def test_the_command_prints_what_to_translate_and_what_is_missing(spoken):
    whole = spoken.run("pages", "words")
    assert whole.returncode == 0 and whole.stdout == (pathlib.Path(__file__).parents[2] / "Web/words/en.txt").read_text()
    # The German is complete, the Arabic is not.
    assert spoken.run("pages", "words", "--missing", "--realm", "german").stdout == ""
    lacking = spoken.run("pages", "words", "--missing", "--realm", "arabic").stdout
    assert "sign_in.unverified = " in lacking and "sign_in.title = " not in lacking and "# Errors\n" in lacking
    assert spoken.run("pages", "words", "--missing").returncode == 64


def test_changed_words_are_taken_up_by_a_reload(own_server, tmp_path):
    file = tmp_path / "de.txt"
    file.write_text("language = de\nsign_in.title = Anmelden\n")
    configuration = {"realms": {"authspec": {"pages": {"words": str(file)}}}}
    server = own_server(dialects=["authspec"], configuration=configuration).start()
    stranger = Plain(server, "authspec")
    assert "<h1>Anmelden</h1>" in stranger.get("/account/sign-in").text
    file.write_text("language = de\nsign_in.title = Hereinspaziert\n")
    assert server.run("dialect", "reload").stdout == "authspec: reloaded\n"
    assert "<h1>Hereinspaziert</h1>" in stranger.get("/account/sign-in").text
    file.write_text("sign_in.titel = x\n")
    refused = server.run("dialect", "reload")
    assert refused.returncode != 0 and "did you mean `sign_in.title`?" in refused.stdout + refused.stderr
    assert "<h1>Hereinspaziert</h1>" in stranger.get("/account/sign-in").text
