"""Takes the pictures of docs/images anew: run it with the interpreter that the acceptance tests use."""

import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import browser  # noqa: E402
from machines import Machine  # noqa: E402
from pages import Guest, menu, shows, tab, vsay_key  # noqa: E402
from server import ROOT, Server  # noqa: E402
from sockets import CHATOPS, opened, said  # noqa: E402

FOLDER = ROOT / "docs" / "images"
SIZE = {"width": 1040, "height": 640}
SHELL = r"""#!/bin/sh
export PS1='\[\033[32m\]ada@laptop\[\033[0m\]:\[\033[34m\]~/notes\[\033[0m\]$ '
exec bash --norc --noprofile
"""


def pictures(page, name, dark=True):
    for scheme in ("light", "dark") if dark else ("light",):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=FOLDER / f"{name}{'-dark' if scheme == 'dark' else ''}.png")
    page.emulate_media(color_scheme="light")


def chatops(visits, server):
    guest = Guest(visits, server, "chatops", who="ada", viewport=SIZE, device_scale_factor=1.5)
    page = guest.sign_up().go("/sign-in")
    guest.fill({"username": "ada"})
    pictures(page, "sign-in")
    guest.sign_in()
    sockets = []
    for called, is_online in (("web-1", True), ("web-2", True), ("database", True), ("staging", False)):
        guest.go("/servers")
        page.get_by_role("link", name="New server").click()
        guest.fill({"name": called})
        guest.send()
        if not is_online:
            continue
        tab(page, "API Keys")
        guest.fill({"name": "production"})
        page.get_by_role("button", name="Create API Key", exact=True).click()
        key = page.locator("#secret").inner_text()
        if called == "web-2":
            pictures(page, "api-keys")
        sockets.append(opened(server, "chatops", CHATOPS))
        sockets[-1].send(json.dumps({"type": "auth", "api_key": key}))
        assert said(sockets[-1])["type"] == "auth_success"
    guest.go("/servers")
    page.wait_for_timeout(1500)
    page.reload()
    pictures(page, "servers")
    page.set_viewport_size(browser.PHONE)
    guest.go("/servers")
    pictures(page, "account-phone", dark=False)
    for socket in sockets:
        socket.close()


def vsay(visits, server, folder):
    guest = Guest(visits, server, "vsay", who="ada", viewport=SIZE, device_scale_factor=1.5).sign_up().sign_in()
    page = guest.page
    notes = folder / "notes"
    notes.mkdir()
    for called in ("ideas.md", "letters", "todo.md"):
        (notes / called).write_text("- Mail that arrives\n- Pages people use\n")
    shell = folder / "bash"
    shell.write_text(SHELL)
    shell.chmod(0o755)
    with Machine(server, vsay_key(guest), folder, "--shell", str(shell), name="laptop"):
        menu(page, "Machines")
        shows(page, "Online")
        page.get_by_role("link", name="laptop").click()
        tab(page, "Terminal")
        terminal = page.locator('#terminal[data-state="open"]')
        terminal.click()
        for line in (f"cd {notes}; clear", "ls --color", "grep -n --color Pages *", "uptime -p", "stty size"):
            page.keyboard.type(line + "\n")
            page.wait_for_timeout(500)
        pictures(page, "terminal", dark=False)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        folder = pathlib.Path(folder)
        with Server(folder / "server", dialects=["chatops", "vsay"]) as server:
            visits = browser.Visits(chromium)
            chatops(visits, server)
            vsay(visits, server, folder)
            visits.close()
            assert not visits.complaints, visits.complaints
