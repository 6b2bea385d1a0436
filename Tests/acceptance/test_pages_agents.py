"""The pages of agents, by the words of the products' own documents: ChatOps' API keys, Vsay's machines, sharing."""

import json
import re

import requests
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from browser import looked_at
from machines import Machine
from pages import Guest, button, menu, pasted, shows, tab, vsay_key
from sockets import CHATOPS, ENDS, end_of, is_open, opened, said
from waiting import PATIENCE


def new_server(guest, called):
    """Over the pages, from the navigation on."""
    page = guest.page
    menu(page, "Servers")
    page.get_by_role("link", name="New server").click()
    page.get_by_label("Name", exact=True).fill(called)
    button(page, "create server").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(called)


def create_key(page):
    button(page, "^Create API Key$").click()
    expect(page.locator("#secret")).to_be_visible()
    return page.locator("#secret").inner_text()


def connected(server, key):
    socket = opened(server, "chatops", CHATOPS)
    socket.send(json.dumps({"type": "auth", "api_key": key}))
    answer = said(socket)
    assert answer["type"] == "auth_success" and answer["message"] == "Connected successfully"
    return socket


def refused(server, key):
    with opened(server, "chatops", CHATOPS) as socket:
        socket.send(json.dumps({"type": "auth", "api_key": key}))
        try:
            while True:
                socket.recv(timeout=PATIENCE)
        except ConnectionClosed as end:
            return end.rcvd.code == 1008


def test_creating_an_api_key_as_the_document_says(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up()
    guest.context.grant_permissions(["clipboard-write"])
    page = guest.page
    # 1. Log into the web interface
    guest.sign_in()
    menu(page, "Servers")
    looked_at(page, "servers-none")
    new_server(guest, "web-1")
    looked_at(page, "server-new")
    # 2. Navigate to a server
    menu(page, "Servers")
    looked_at(page, "servers")
    page.get_by_role("link", name="web-1").click()
    # 3. Go to the "API Keys" tab
    tab(page, "API Keys")
    looked_at(page, "server-keys-none")
    # 4. Click "Create API Key"
    page.get_by_role("button", name="Create API Key", exact=True).click()
    # 5. Copy the key immediately (only shown once)
    page.get_by_role("button", name="Copy", exact=True).click()
    looked_at(page, "server-key-created")
    key = pasted(guest)
    assert key.startswith("chatops_") and key == page.locator("#secret").inner_text()
    tab(page, "API Keys")
    assert key not in page.content(), "it is shown again"
    page.go_back()
    assert key not in page.content(), "the back button shows it again"
    tab(page, "API Keys")

    # The agent connects with it, and the page shows that.
    with connected(hosted, key) as socket:
        tab(page, "Overview")
        shows(page, "Online")
        looked_at(page, "server-online")
        tab(page, "Connections")
        expect(page.get_by_role("row")).to_have_count(2)
        looked_at(page, "server-connections")
        assert is_open(socket)
        # Revoked, its socket drops at once, and the page shows that too.
        tab(page, "API Keys")
        looked_at(page, "server-keys")
        page.get_by_text("Revoke", exact=True).click()
        looked_at(page, "server-key-revoke")
        button(page, "revoke key").click()
        assert end_of(socket) == ENDS["key_ended"]
    guest.sees("The key is revoked.")
    tab(page, "Overview")
    shows(page, "Offline")
    tab(page, "Connections")
    guest.sees("Nothing is connected")
    assert refused(hosted, key)


def test_a_rotated_key_changes_over(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    page = guest.page
    new_server(guest, "db-1")
    tab(page, "API Keys")
    old = create_key(page)
    with connected(hosted, old) as socket:
        tab(page, "API Keys")
        page.locator("summary").filter(has_text="Rotate").click()
        looked_at(page, "server-key-rotate")
        page.get_by_role("combobox").first.select_option(label="One hour")
        button(page, "rotate key").click()
        new = page.locator("#secret").inner_text()
        assert new != old and is_open(socket), "rotation itself closes nothing"
        tab(page, "API Keys")
        page.locator("summary").filter(has_text="Rotate").first.click()
        page.get_by_role("combobox").first.select_option(label="Not any more")
        button(page, "rotate key").first.click()
        last = page.locator("#secret").inner_text()
        assert last not in (old, new) and refused(hosted, new)
    with connected(hosted, last) as socket:
        assert is_open(socket)


def test_a_connection_is_closed_and_a_server_renamed_and_removed(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    page = guest.page
    new_server(guest, "cache-1")
    server_page = page.url
    tab(page, "API Keys")
    key = create_key(page)
    with connected(hosted, key) as socket:
        tab(page, "Connections")
        button(page, "^close").click()
        guest.sees("The connection is closed.")
        assert end_of(socket) == ENDS["operator_closed"]
    tab(page, "Overview")
    page.get_by_label("Name", exact=True).fill("cache-2")
    button(page, "rename|save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("cache-2")
    with connected(hosted, key) as socket:
        page.locator("summary").filter(has_text=re.compile("remove", re.I)).click()
        button(page, "yes, remove it").click()
        guest.sees("is removed")
        assert end_of(socket)[0] in (ENDS["agent_removed"][0], ENDS["key_ended"][0])
    assert "cache-2" not in page.get_by_role("main").inner_text().replace("The server is removed", "")
    page.goto(server_page)
    guest.sees("This page does not exist")


FIELDS = [{"do": "create", "name": "x"}, {"do": "revoke", "id": "x"}, {"name": "x"}, {"number": "1"}]


def test_only_the_owner_sees_a_server(visits, hosted):
    guest = Guest(visits, hosted, "chatops").sign_up().sign_in()
    new_server(guest, "mine")
    url = guest.page.url.split("?")[0]
    stranger = Guest(visits, hosted, "chatops").sign_up().sign_in()
    form = stranger.page.locator("header input[name=form]").get_attribute("value")
    bodies = set()
    for path in ("", "/keys", "/connections", "/sharing"):
        for address in (url, re.sub(r"[^/]+$", "00000000-0000-4000-8000-000000000000", url)):
            stranger.page.goto(address + path)
            stranger.sees("This page does not exist")
            for fields in FIELDS:
                cookies = {each["name"]: each["value"] for each in stranger.context.cookies()}
                answer = requests.post(
                    address + path, data={**fields, "form": form}, cookies=cookies, timeout=PATIENCE, allow_redirects=False
                )
                assert answer.status_code in (404, 405), (path, fields, answer.status_code)
                bodies.add((path, answer.status_code, answer.text))
    assert len(bodies) <= 4 * 2, "somebody else's is answered as none"
    guest.go("/servers")
    guest.sees("mine")


def test_without_script(visits, hosted):
    guest = Guest(visits, hosted, "chatops", java_script_enabled=False).sign_up().sign_in()
    page = guest.page
    new_server(guest, "plain")
    tab(page, "API Keys")
    key = create_key(page)
    with connected(hosted, key) as socket:
        tab(page, "API Keys")
        page.get_by_text("Revoke", exact=True).click()
        button(page, "revoke key").click()
        assert end_of(socket) == ENDS["key_ended"]


def test_a_machine_appears_by_itself_and_is_shared(visits, hosted, tmp_path):
    guest = Guest(visits, hosted, "vsay").sign_up().sign_in()
    page = guest.page
    menu(page, "Machines")
    guest.sees("No machines yet")
    looked_at(page, "machines-none")
    key = vsay_key(guest)
    looked_at(page, "vsay-key")
    with Machine(hosted, key, tmp_path, name="laptop"):
        guest.go("/machines")
        shows(page, "Online")
        looked_at(page, "machines")
        page.get_by_role("link", name="laptop").click()
        looked_at(page, "machine")
        tab(page, "Sharing")
        friend = Guest(visits, hosted, "vsay").sign_up().sign_in()
        page.locator("main form input:not([type=hidden])").first.fill(friend.email)
        button(page, "^share$").click()
        guest.sees("is shared")
        looked_at(page, "machine-sharing")
        friend.go("/machines")
        friend.sees("Shared with you")
        friend.page.get_by_role("link", name="laptop").click()
        expect(friend.page.get_by_role("link", name="Sharing")).to_have_count(0)
        button(page, "stop sharing").click()
        guest.sees("no longer shared")
        friend.page.reload()
        friend.sees("This page does not exist")
    guest.go("/machines")
    shows(page, "Offline")
