"""Looking after an account on its pages: profile, password, sessions, API keys, the end of it; with real mail."""

import re

import pytest
import requests
from playwright.sync_api import expect

from browser import looked_at
from pages import NEW_PASSWORD, Guest, button, mailed, menu, pasted
from people import PASSWORD, PROTECTED, Person
from waiting import PATIENCE, until


def by_key(server, key, realm="aethermind"):
    return requests.get(server.url(realm, PROTECTED[realm]), headers={"X-API-Key": key}, timeout=PATIENCE).status_code


def test_the_overview(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    guest.sees(guest.email)
    guest.sees(guest.username)
    looked_at(guest.page, "overview")


def test_usage_and_its_limit_are_shown(visits, hosted):
    guest = Guest(visits, hosted, "aethermind").sign_up().sign_in()
    meter = guest.page.get_by_role("meter")
    expect(meter).to_have_attribute("max", "100")
    expect(meter).to_have_attribute("value", "0")
    key = made(guest, "counted")
    for _ in range(3):
        assert by_key(hosted, key) == 200

    def used():
        guest.go()
        return meter.get_attribute("value") == "3"

    until(used, every=0.3)
    guest.sees("You have used 3 of 100 requests; 97 are left.")
    looked_at(guest.page, "overview-usage")
    assert by_key(hosted, key) == 200


def test_a_changed_password_signs_out_everywhere_else(visits, hosted, post):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    other = guest.again().sign_in()
    api = Person(hosted, "chatops", who=guest.username).sign_in()
    before = {each["name"]: each["value"] for each in guest.context.cookies()}
    page = guest.page
    menu(page, "Password")
    looked_at(page, "password")
    guest.fill({"current-password": "not-the-password-7", "new-password": NEW_PASSWORD})
    button(page, "change password").click()
    expect(page.get_by_role("alert")).to_contain_text("not your current password")
    looked_at(page, "password-refused")
    guest.fill({"current-password": PASSWORD, "new-password": NEW_PASSWORD})
    button(page, "change password").click()
    guest.sees("Your password is changed. You are signed out everywhere else.")
    assert guest.is_signed_in(), "this browser stays"
    after = {each["name"]: each["value"] for each in guest.context.cookies()}
    assert after["watchword-chatops"] != before["watchword-chatops"], "with a session of its own"
    assert not other.is_signed_in() and api.use().status_code == 401
    assert post.wait_for(guest.email, subject="assword")
    other.sign_in(PASSWORD, arrived=False)
    expect(other.page.get_by_role("alert")).to_be_visible()
    other.sign_in(NEW_PASSWORD)


def test_one_browser_ends_another(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    other = guest.again().sign_in()
    page = guest.page
    menu(page, "Sessions")
    expect(page.get_by_role("row")).to_have_count(3)
    mine = page.get_by_role("row").filter(has_text="This browser")
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("Chrom")
    expect(mine.get_by_role("button")).to_have_count(0)
    looked_at(page, "sessions")
    button(page, "^end").click()
    guest.sees("That session has ended.")
    expect(page.get_by_role("row")).to_have_count(2)
    assert not other.is_signed_in() and guest.is_signed_in()


def test_all_others_are_ended_at_once(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    others = [guest.again().sign_in() for _ in range(2)]
    api = Person(hosted, "chatops", who=guest.username).sign_in()
    guest.go("/sessions")
    button(guest.page, "everywhere else").click()
    guest.sees("You are signed out everywhere else.")
    assert guest.is_signed_in()
    assert not any(other.is_signed_in() for other in others) and api.use().status_code == 401


def made(guest, called):
    """A key created on the page, as it is shown there once."""
    guest.go("/keys")
    guest.fill({"name": called})
    button(guest.page, "create api key").click()
    secret = guest.page.locator("#secret")
    expect(secret).to_be_visible()
    return secret.inner_text()


def test_a_key_from_its_making_to_its_end(visits, hosted, post):
    guest = Guest(visits, hosted, "aethermind").sign_up().sign_in()
    guest.context.grant_permissions(["clipboard-write"])
    page = guest.page
    menu(page, "API keys")
    looked_at(page, "keys-none")
    key = made(guest, "backup script")
    assert key.startswith("aethermind_")
    looked_at(page, "keys-created")
    button(page, "^copy").click()
    expect(button(page, "copied")).to_be_visible()
    assert pasted(guest) == key
    assert by_key(hosted, key) == 200
    assert "backup script" in post.wait_for(guest.email, subject="key").get_body(("plain",)).get_content()
    assert key not in "".join(message.as_string() for message in post.to(guest.email))

    # Shown once: not on another visit, nor on the way back.
    menu(page, "API keys")
    row = page.get_by_role("row").filter(has_text="backup script")
    expect(row).to_be_visible()
    assert key not in page.content()
    page.go_back()
    assert key not in page.content(), "the back button shows the key again"

    menu(page, "API keys")
    row.get_by_text(re.compile("^rotate", re.I)).first.click()
    looked_at(page, "keys-rotate")
    row.get_by_role("combobox").select_option(label="One hour")
    row.get_by_role("button", name=re.compile("rotate key", re.I)).click()
    new = page.locator("#secret").inner_text()
    assert new != key and by_key(hosted, new) == by_key(hosted, key) == 200, "both are good for an hour"

    menu(page, "API keys")
    for _ in range(2):
        row = page.get_by_role("row").filter(has_text="backup script").first
        row.get_by_text("Revoke", exact=False).first.click()
        looked_at(page, "keys-revoke")
        row.get_by_role("button", name=re.compile("revoke key", re.I)).click()
        guest.sees("The key is revoked.")
    assert by_key(hosted, new) == by_key(hosted, key) == 401
    expect(page.get_by_text("No keys yet")).to_be_visible()


def test_a_new_address(visits, hosted, post):
    """Both addresses hear of it, and the new one is confirmed by a link."""
    guest = Guest(visits, hosted, "mattermost").sign_up()
    guest.page.goto(mailed(post, guest))
    guest.send()
    guest.sign_in()
    page = guest.page
    menu(page, "Profile")
    looked_at(page, "profile-address")
    old, guest.email = guest.email, f"new-{guest.email}"
    fields = page.locator("section").filter(has_text="Email address")
    fields.get_by_label("email").fill(guest.email)
    fields.get_by_label("password").first.fill("not-the-password-7")
    button(page, "change address").click()
    expect(page.get_by_role("alert")).to_contain_text("not your current password")
    fields.get_by_label("password").first.fill(PASSWORD)
    button(page, "change address").click()
    guest.sees("address is changed")
    assert post.wait_for(old, subject="address")
    guest.page.goto(mailed(post, guest))
    guest.send()
    guest.sees("Your email is confirmed.")
    guest.go()
    guest.sees(guest.email)


def test_the_profile(visits, hosted):
    guest = Guest(visits, hosted, "pocketbase").sign_up().sign_in()
    page = guest.page
    menu(page, "Profile")
    looked_at(page, "profile")
    name = page.get_by_label("Name", exact=False).first
    name.fill("Ada Lovelace")
    button(page, "^save").click()
    guest.sees("Saved.")
    expect(page.get_by_label("Name", exact=False).first).to_have_value("Ada Lovelace")
    expect(page.locator("header")).to_contain_text("Ada Lovelace")


def test_deleting_an_account(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    other = guest.again().sign_in()
    page = guest.go("/profile")
    button(page, "delete your account").click()
    looked_at(page, "delete")
    guest.fill({"current-password": "not-the-password-7"})
    button(page, "delete my account").click()
    expect(page.get_by_role("alert")).to_contain_text("not your current password")
    guest.fill({"current-password": PASSWORD})
    button(page, "delete my account").click()
    guest.sees("Your account is deleted.")
    assert not other.is_signed_in()
    guest.sign_in(arrived=False)
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")


def test_without_script(visits, hosted):
    guest = Guest(visits, hosted, "aethermind", java_script_enabled=False).sign_up().sign_in()
    other = guest.again().sign_in()
    key = made(guest, "no script")
    expect(guest.page.get_by_role("button", name="Copy")).to_have_count(0)
    assert by_key(hosted, key) == 200
    guest.go("/keys")
    guest.page.get_by_role("row").filter(has_text="no script").get_by_text("Revoke").first.click()
    button(guest.page, "revoke key").first.click()
    guest.sees("The key is revoked.")
    assert by_key(hosted, key) == 401
    guest.go("/sessions")
    button(guest.page, "^end").click()
    guest.sees("That session has ended.")
    assert not other.is_signed_in()
    guest.go("/password")
    guest.fill({"current-password": PASSWORD, "new-password": NEW_PASSWORD})
    guest.send()
    guest.sees("Your password is changed")


def test_the_keyboard_alone_makes_and_revokes_a_key(visits, hosted):
    guest = Guest(visits, hosted, "aethermind").sign_up().sign_in()
    page = guest.go("/keys")

    def tab_to(name):
        for _ in range(40):
            page.keyboard.press("Tab")
            if re.search(name, page.evaluate("document.activeElement.textContent || document.activeElement.id"), re.I):
                return
        raise AssertionError(f"no stop called {name}")

    guest.field("name").focus()
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    expect(page.locator("#secret")).to_be_visible()
    key = page.locator("#secret").inner_text()
    tab_to("^Revoke")
    page.keyboard.press("Enter")
    tab_to("^Revoke key")
    page.keyboard.press("Enter")
    guest.sees("The key is revoked.")
    assert by_key(hosted, key) == 401


@pytest.mark.parametrize("path", ["", "/keys", "/sessions", "/password", "/profile", "/delete"])
def test_a_page_leads_to_sign_in_and_back(visits, hosted, path):
    guest = Guest(visits, hosted, "aethermind").sign_up()
    guest.go(path)
    expect(guest.page).to_have_url(re.compile(r"/account/sign-in"))
    guest.fill({"username": guest.email, "current-password": PASSWORD})
    guest.send()
    expect(guest.page).to_have_url(re.compile(rf"/account{path}$"))
