"""Signing up and in, and the links of mails, as people do it: in a browser, with mail from a real SMTP server."""

import re
import urllib.parse

import pytest
import requests
from playwright.sync_api import expect

from browser import looked_at, shot
from pages import NEW_PASSWORD, PATH, Guest, mailed, resident
from people import PASSWORD, PROTECTED, Person
from waiting import PATIENCE

ENTRY = ["/sign-in", "/sign-up", "/forgot-password", "/request-verification", "/verify-email", "/reset-password"]


def test_from_nothing_to_an_account(visits, hosted, post):
    guest = Guest(visits, hosted, "aethermind")
    page = guest.go()
    expect(page).to_have_url(re.compile(r"/account/sign-in$"))
    page.get_by_role("link", name="Create an account").click()
    looked_at(page, "sign-up")
    page.get_by_label("Email").fill(guest.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("status").first).to_contain_text("check your mail")
    looked_at(page, "sign-in-after-sign-up")

    link = mailed(post, guest)
    assert link.startswith(hosted.url("aethermind")), link
    mail = visits.page()
    mail.set_content(post.wait_for(guest.email).get_body(("html",)).get_content())
    shot(mail, "mail-verify")
    page.goto(link)
    looked_at(page, "verify-email")
    page.get_by_role("button", name="Confirm my email").click()
    guest.sees("Your email is confirmed.")

    page.get_by_label("Email").fill(guest.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("header")).to_contain_text(guest.email)
    expect(page).to_have_url(re.compile(r"/account$"))
    said = Person(hosted, "aethermind", who=guest.username).sign_in().last.json()
    assert said["user"]["email"] == guest.email

    page.get_by_role("button", name="Sign out").click()
    guest.sees("You are signed out")
    looked_at(page, "signed-out")
    assert not guest.is_signed_in()


def test_a_link_works_once(visits, hosted, post):
    guest = Guest(visits, hosted, "aethermind").sign_up()
    link = mailed(post, guest)
    for first in (True, False):
        guest.page.goto(link)
        guest.page.get_by_role("button", name="Confirm my email").click()
        if first:
            guest.sees("Your email is confirmed.")
    expect(guest.page.get_by_role("alert").or_(guest.page.get_by_role("status")).first).to_be_visible()


def test_a_forgotten_password(visits, hosted, post):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    api = Person(hosted, "chatops", who=guest.username).sign_in()
    other = guest.again()
    page = other.go("/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    looked_at(page, "forgot-password")
    other.fill({"username": guest.username})
    other.send()
    other.sees("If there is an account, a mail with a link is on its way.")
    looked_at(page, "forgot-password-done")
    link = mailed(post, guest, "assword")
    page.goto(link)
    looked_at(page, "reset-password")
    other.fill({"new-password": "short"})
    page.evaluate("document.querySelector('main form').noValidate = true")
    other.send()
    expect(page.get_by_role("alert")).to_be_focused()
    looked_at(page, "reset-password-refused")
    assert "short" not in page.content().replace("short time", "")
    other.fill({"new-password": NEW_PASSWORD})
    other.send()
    other.sees("Your password is changed")

    # Every session ended, the old password opens nothing, the link is spent.
    assert not guest.is_signed_in()
    assert requests.get(hosted.url("chatops", PROTECTED["chatops"]), headers=bearer(api), timeout=PATIENCE).status_code == 401
    assert api.try_sign_in().status_code == 401
    guest.sign_in(arrived=False)
    expect(guest.page.get_by_role("alert")).to_contain_text("do not belong together")
    page.goto(link)
    other.fill({"new-password": "yet-another-lantern-5"})
    other.send()
    expect(page.get_by_role("alert")).to_contain_text("does not work")
    looked_at(page, "reset-password-spent")
    other.password = NEW_PASSWORD
    other.sign_in()


def bearer(person):
    return {"Authorization": f"Bearer {person.token}"}


def test_a_wrong_password_is_told_and_what_was_typed_stays(visits, hosted):
    guest = Guest(visits, hosted).sign_up()
    guest.sign_in("not-the-password-7", arrived=False)
    page = guest.page
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    assert page.title().startswith("Not done:"), page.title()
    expect(guest.field("username")).to_have_value(guest.email)
    expect(guest.field("current-password")).to_have_value("")
    assert "not-the-password-7" not in page.content()
    looked_at(page, "sign-in-refused")


def test_every_mistake_of_a_sign_up_is_told_at_its_field(visits, hosted):
    guest = Guest(visits, hosted)
    page = guest.go("/sign-up")
    page.evaluate("document.querySelector('main form').noValidate = true")
    guest.fill({"email": "nobody", "username": "a@b", "new-password": "password"})
    guest.send()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    assert alert.get_by_role("link").count() == 3, alert.inner_text()
    for link in alert.get_by_role("link").all():
        link.click()
        field = page.locator(link.get_attribute("href"))
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        for described in field.get_attribute("aria-describedby").split():
            expect(page.locator(f"#{described}")).to_be_visible()
    expect(guest.field("email")).to_have_value("nobody")
    expect(guest.field("new-password")).to_have_value("")
    looked_at(page, "sign-up-refused")


@pytest.mark.parametrize("path", ENTRY)
def test_forms_are_for_password_managers_and_fingers(visits, hosted, path):
    guest = Guest(visits, hosted)
    page = guest.go(path)
    fields = page.locator("main input:not([type=hidden])").all()
    assert fields
    for field in fields:
        name = field.get_attribute("name")
        called = field.get_attribute("id")
        label = page.locator(f'label[for="{called}"]')
        expect(label).to_be_visible()
        label.click()
        expect(field).to_be_focused()
        if not name.startswith("fields."):
            assert field.get_attribute("autocomplete") not in (None, "", "off"), name
        # What is typed below 16 pixels makes phones zoom in.
        assert field.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16, name
        assert field.evaluate("e => e.getBoundingClientRect().height") >= 40, name
        # Pasting works.
        assert field.evaluate("e => e.dispatchEvent(new ClipboardEvent('paste', {cancelable: true, bubbles: true}))")


def test_the_password_can_be_seen(visits, hosted):
    guest = Guest(visits, hosted)
    page = guest.go("/sign-in")
    field = guest.field("current-password")
    field.fill("secret-to-see")
    button = page.get_by_role("button", name="Show password")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(field).to_have_attribute("type", "password")
    button.click()
    guest.fill({"username": "somebody"})
    guest.send()
    expect(page.get_by_role("alert")).to_be_visible()
    assert "secret-to-see" not in page.content()


def test_signing_in_with_the_keyboard_alone(visits, hosted):
    guest = Guest(visits, hosted).sign_up()
    page = guest.go("/sign-in")
    expect(guest.field("username")).to_be_focused()
    page.keyboard.type(guest.username)
    page.keyboard.press("Tab")
    expect(guest.field("current-password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("body.inside")).to_be_attached()
    # The first stop is the way past the navigation, and each stop shows.
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    assert skip.evaluate("e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().height > 0")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 })()"
    ), "the focus is not to be seen"


def test_every_link_and_button_can_be_reached_by_tab(visits, hosted):
    guest = Guest(visits, hosted)
    page = guest.go("/sign-in")
    page.locator("body").evaluate("e => { document.activeElement.blur(); e.focus() }")
    wanted = page.locator("a[href]:visible, button:visible, input:not([type=hidden]):visible, a.skip").count()
    seen = set()
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert len([each for each in seen if not each.startswith("<body")]) >= wanted, seen


def test_without_script(visits, hosted, post):
    guest = Guest(visits, hosted, "aethermind", java_script_enabled=False)
    guest.sign_up()
    guest.sees("check your mail")
    guest.page.goto(mailed(post, guest))
    guest.send()
    guest.sees("Your email is confirmed.")
    guest.sign_in()
    expect(guest.page.get_by_role("button", name="Show password")).to_have_count(0)
    guest.page.get_by_role("button", name="Sign out").click()
    guest.sees("You are signed out")
    guest.go("/forgot-password")
    guest.fill({"username": guest.email})
    guest.send()
    guest.sees("a mail with a link is on its way")
    guest.page.goto(mailed(post, guest, "assword"))
    guest.fill({"new-password": NEW_PASSWORD})
    guest.send()
    guest.sees("Your password is changed")
    guest.sign_in(PASSWORD, arrived=False)
    expect(guest.page.get_by_role("alert")).to_be_visible()
    guest.sign_in(NEW_PASSWORD)


def test_a_link_with_its_token_behind_a_hash(visits, hosted, post):
    """PocketBase's links: the token never reaches the server until the form is sent."""
    guest = Guest(visits, hosted, "pocketbase").sign_up()
    guest.go("/request-verification")
    guest.fill({"username": guest.email})
    guest.send()
    link = mailed(post, guest)
    assert "#" in link
    token = urllib.parse.urlsplit(link).fragment.rsplit("/", 1)[1]
    guest.page.goto(link)
    expect(guest.page.get_by_role("button", name="Confirm my email")).to_be_visible()
    assert token not in guest.page.url, "the address still shows it"
    looked_at(guest.page, "verify-email-hash")
    guest.send()
    guest.sees("Your email is confirmed.")
    plain = Guest(visits, hosted, "pocketbase", java_script_enabled=False)
    plain.page.goto(link)
    plain.sees("Copy that code")


def test_a_password_of_every_kind_of_character_is_taken_as_typed(visits, hosted):
    guest = Guest(visits, hosted)
    guest.password = "  Pässwort+mit & Leer%20zeichen 🔑 <b>\"'  "
    guest.sign_up().sign_in()
    person = Person(hosted, "chatops", who=guest.username, password=guest.password)
    assert person.try_sign_in().status_code == 200


@pytest.mark.parametrize("realm", ["chatops", "aethermind", "vsay", "authspec", "stratify", "pocketbase"])
def test_every_realm_has_its_pages(hosted, realm):
    person = resident(hosted, realm)
    shown = person.get(PATH)
    assert shown.status_code == 200 and person.username in shown.text
    assert Person(hosted, realm, who=person.username) is not None


def test_the_root_leads_to_the_pages(visits, hosted):
    guest = Guest(visits, hosted)
    guest.page.goto(hosted.url("chatops", "/"))
    expect(guest.page).to_have_url(re.compile(r"/account/sign-in"))
    answer = requests.get(hosted.url("chatops", "/"), headers={"Accept": "application/json"}, timeout=PATIENCE)
    assert answer.status_code == 404 and list(answer.json()) == ["detail"], "a program is answered as before"


def test_pages_of_errors(visits, hosted):
    guest = Guest(visits, hosted)
    page = guest.go("/nothing-here")
    guest.sees("This page does not exist")
    looked_at(page, "not-found")
    page = guest.go("/sign-in")
    page.evaluate("document.querySelector('main form [name=form]').value = 'x'")
    guest.fill({"username": "a", "current-password": "b"})
    guest.send()
    guest.sees("Nothing was changed")
    looked_at(page, "form-no-longer-good")
