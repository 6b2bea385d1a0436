"""A terminal in the browser, on a machine where the real `vsay-agent` runs."""

import os
import re

import pytest
from playwright.sync_api import expect

from browser import PHONE, accessible, fits, shot
from machines import Machine
from pages import Guest, shows, tab, vsay_key
from waiting import PATIENCE, until

BIG = 10_000_000


class Window:
    """One tab with a terminal."""

    def __init__(self, page):
        self.page = page
        self.screen = page.locator("#terminal")
        self.opened()

    def opened(self):
        expect(self.screen).to_have_attribute("data-state", "open")
        self.screen.click()
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        return self

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def shows(self, pattern, within=PATIENCE):
        expect(self.screen.locator("[data-rows]")).to_contain_text(re.compile(pattern), timeout=within * 1000)
        return self.text()

    def text(self):
        return self.screen.locator("[data-rows]").inner_text().replace("\xa0", " ")

    def run(self, command, pattern):
        self.type(command + "\n")
        return self.shows(pattern)


@pytest.fixture
def guest(visits, hosted):
    return Guest(visits, hosted, "vsay").sign_up().sign_in()


@pytest.fixture
def machine(guest, hosted, tmp_path):
    with Machine(hosted, vsay_key(guest), tmp_path, name="laptop") as machine:
        guest.go("/machines")
        shows(guest.page, "Online")
        guest.page.get_by_role("link", name="laptop").click()
        tab(guest.page, "Terminal")
        yield machine


def test_a_command_its_output_a_resize_and_an_interrupt(guest, machine, visits):
    page = guest.page
    window = Window(page)
    window.run("echo hel''lo \u00fc\u20ac", "hello \u00fc\u20ac")
    window.run("stty size", r"\d+ \d+")
    before = re.findall(r"^(\d+) (\d+)\s*$", window.text(), re.M)[-1]
    page.set_viewport_size({"width": 700, "height": 600})
    until(lambda: changed(window, before), every=0.5)
    page.set_viewport_size({"width": 1280, "height": 800})
    # Ctrl-C ends what runs, and the shell goes on.
    window.type("sleep 300; echo not''reached\n")
    # A shell that has not begun it yet may lose the key.
    until(lambda: machine.runs("sleep"))
    window.press("Control+C")
    window.run("echo al''ive", "alive")
    assert "notreached" not in window.text()
    # Colours, and a program that takes the whole screen.
    window.run(r"printf '\033[1;31mre''d\033[0m \033[44mbl''ue\033[0m\n'", "red blue")
    accessible(page, own_colours="#terminal")
    shot(page, "terminal-desktop-light")
    page.emulate_media(color_scheme="dark")
    shot(page, "terminal-desktop-dark")
    window.run("exit 3", "exit")
    expect(page.locator("#terminal-status")).to_contain_text("3")
    page.locator("#terminal-again").click()
    window.opened().run("echo ag''ain", "again")
    assert guest.visits.complaints == []


def changed(window, before):
    window.type("clear; stty size\n")
    window.shows(r"\d+ \d+")
    found = re.findall(r"^(\d+) (\d+)\s*$", window.text(), re.M)
    return found and found[-1] != before


def test_ten_megabytes_and_two_tabs(guest, machine, tmp_path):
    file = tmp_path / "big"
    line = b"0123456789abcdef" * 4 + b"\n"
    file.write_bytes(line * (BIG // len(line)) + os.urandom(8).hex().encode() + b"\n")
    last = file.read_text().splitlines()[-1]
    window = Window(guest.page)
    other = guest.context.new_page()
    other.goto(guest.page.url)
    beside = Window(other)
    beside.run("where=two; echo beg''un", "begun")
    guest.page.bring_to_front()
    window.run("where=one; stty -echo", "one|.*")
    window.type(f"cat {file}; echo $where-do''ne\n")
    window.shows("one-done", within=300)
    assert last in window.text()
    # The tab still answers, and so does the other, each with a shell of its own.
    window.run("echo 'qu'ick", "quick")
    other.bring_to_front()
    beside.run("echo $where-st''ill", "two-still")


def test_what_a_program_prints_is_text(guest, machine):
    window = Window(guest.page)
    title = r"\033]0;<script>window.__xss=1</script>\007"
    window.type(f"printf '<img src=x onerror=window.__xss=1>{title} pri''nted\\n'\n")
    window.shows("printed")
    assert guest.page.evaluate("document.querySelectorAll('#terminal img, #terminal script').length") == 0


def test_the_way_out_by_keyboard(guest, machine):
    window = Window(guest.page)
    expect(guest.page.locator("#terminal textarea")).to_be_focused()
    window.press("Tab")
    expect(guest.page.locator("#terminal textarea")).to_be_focused()
    window.press("Shift+F6")
    expect(guest.page.locator("#terminal textarea")).not_to_be_focused()


def test_a_revoked_session_a_killed_machine_and_a_signed_out_tab(guest, machine, hosted):
    window = Window(guest.page)
    machine.kill()
    expect(guest.page.locator("#terminal-status")).to_contain_text("offline")
    machine.start()
    until(lambda: reconnects(guest), every=0.5)
    other = guest.again().sign_in()
    other.go("/sessions")
    other.page.get_by_role("button", name="everywhere else").click()
    expect(guest.page.locator("#terminal-status")).to_contain_text("signed out")
    until(lambda: len(machine.children()) == 0)
    assert window


def reconnects(guest):
    again = guest.page.locator("#terminal-again")
    if again.is_visible():
        again.click()
    guest.page.wait_for_timeout(300)
    return guest.page.locator("#terminal").get_attribute("data-state") == "open"


def test_a_phone_has_a_terminal(guest, machine):
    page = guest.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    Window(page).run("echo sm''all", "small")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shot(page, "terminal-phone-light")


@pytest.fixture
def phone(guest, machine):
    """The same person's terminal on a phone: a touch screen, and no mouse."""
    page = guest.visits.context(
        viewport=PHONE, has_touch=True, is_mobile=True, storage_state=guest.context.storage_state()
    ).new_page()
    page.goto(guest.page.url)
    expect(page.locator("#terminal")).to_have_attribute("data-state", "open")
    return page


def key(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_a_phone_has_the_keys_that_its_keyboard_lacks(phone):
    page, window = phone, Window(phone)
    row = page.get_by_role("group", name="Keys that a phone does not have")
    expect(row.get_by_role("button")).to_have_text(["Esc", "Tab", "Ctrl", "←", "↑", "↓", "→"])
    for button in row.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 40, box
    fits(page)
    accessible(page, own_colours="#terminal")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        shot(page, f"terminal-keys-phone-{scheme}")
    # What each sends, seen by a program that shows it.
    window.run("cat -A", "cat -A")
    for name in ("Esc", "Tab", "Left arrow", "Up arrow", "Down arrow", "Right arrow"):
        key(page, name).tap()
    expect(page.locator("#terminal textarea")).to_be_focused()
    window.press("Enter").shows(r"\^\[\^I\^\[\[D\^\[\[A\^\[\[B\^\[\[C")
    key(page, "Ctrl").tap()
    expect(key(page, "Ctrl")).to_have_attribute("aria-pressed", "true")
    shot(page, "terminal-keys-control-phone-light")
    key(page, "Right arrow").tap()
    expect(key(page, "Ctrl")).to_have_attribute("aria-pressed", "false")
    window.press("Enter").shows(r"\^\[\[1;5C")
    # A second tap takes Ctrl back.
    key(page, "Ctrl").tap()
    key(page, "Ctrl").tap()
    window.run("pl''ain", "pl''ain")
    # Ctrl and a letter, as a keyboard with keys sends it.
    key(page, "Ctrl").tap()
    window.press("c")
    window.run("echo ba''ck", "back")


def test_ctrl_and_a_letter_of_a_keyboard_that_writes_words(phone):
    """Phones' keyboards say nothing of keys and begin a word with every letter."""
    page, window = phone, Window(phone)
    keyboard = page.context.new_cdp_session(page)
    window.run("cat -v", "cat -v")
    # Without keys: text that is entered, and text that is a word still being written.
    key(page, "Ctrl").tap()
    keyboard.send("Input.insertText", {"text": "a"})
    expect(key(page, "Ctrl")).to_have_attribute("aria-pressed", "false")
    key(page, "Ctrl").tap()
    keyboard.send("Input.imeSetComposition", {"text": "b", "selectionStart": 1, "selectionEnd": 1})
    expect(key(page, "Ctrl")).to_have_attribute("aria-pressed", "false")
    keyboard.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    # The next word is written whole.
    keyboard.send("Input.imeSetComposition", {"text": "wor", "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.insertText", {"text": "word"})
    window.press("Enter").shows(r"\^A\^Bword")


def test_a_key_that_is_held_repeats_and_a_keyboard_reaches_the_row(phone):
    page, window = phone, Window(phone)
    window.run("cat -v", "cat -v")
    left = key(page, "Left arrow")
    left.dispatch_event("pointerdown")
    window.press("Enter")
    until(lambda: window.press("Enter") and window.text().count("^[[D") >= 3, every=0.3)
    left.dispatch_event("pointerup")
    # Out of the terminal and back to the row, by keys alone.
    window.press("Shift+F6").press("Shift+Tab")
    expect(key(page, "Right arrow")).to_be_focused()
    window.press("Enter")
    expect(key(page, "Right arrow")).to_be_focused()
    page.locator("#terminal textarea").focus()
    window.press("Enter").shows(r"\^\[\[C")


def test_with_a_mouse_there_is_no_row_of_keys(guest, machine):
    Window(guest.page)
    expect(guest.page.locator("#terminal-keys")).to_be_hidden()


def test_the_row_stays_above_a_phones_keyboard(phone):
    """A keyboard makes the window lower (`interactive-widget`), and the page is longer than what is left."""
    page = phone
    page.set_viewport_size({"width": 390, "height": 440})
    page.locator("#terminal textarea").focus()
    until(lambda: in_view(page), every=0.2)
    shot_of_window = page.screenshot()
    assert shot_of_window


def in_view(page):
    row, cursor = page.locator("#terminal-keys").bounding_box(), page.locator("[data-cursor]").bounding_box()
    return row["y"] + row["height"] <= 441 and cursor["y"] + cursor["height"] <= row["y"]
