"""The proxies of the guide "Behind a reverse proxy", with the guide's own lines, between real clients and the server."""

import contextlib
import json
import pathlib
import re
import ssl
import subprocess

import pytest
import requests
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import proxies
from guides import blocks
from machines import CONTROLLED, Machine
from mailbox import Authority
from pages import PATH, Guest, Plain, mailed, shows, tab, vsay_key
from people import PASSWORD
from server import ROOT, Server, binary, free_ports
from test_pages_terminal import Window
from waiting import PATIENCE, until

GUIDE = "behind-a-proxy.md"
NAMED = "vsay.example.com"


class Site:
    """Vsay behind a proxy: the origin that people see, and what is needed to trust it."""

    def __init__(self, kind, folder, post):
        self.kind, self.folder = kind, folder
        (self.port,) = free_ports(1)
        self.origin = f"https://localhost:{self.port}"
        self.authority = Authority(folder / "tls")
        realm = {"public_url": self.origin, "trusted_proxies": ["127.0.0.1"]}
        self.server = Server(
            folder / "server", dialects=["vsay"], configuration={"mail": post.settings(), "realms": {"vsay": realm}}
        )
        self.log = folder / "access.log"

    def lines(self):
        """The guide's block for this proxy, with this machine's names for its own."""
        tls = self.authority.folder
        (text,) = blocks(GUIDE, self.kind)
        text = text.replace("127.0.0.1:3003", f"127.0.0.1:{self.server.ports['vsay']}")
        if self.kind == "nginx":
            changes = {
                "listen 443": f"listen 127.0.0.1:{self.port}",
                NAMED: "localhost",
                "/etc/ssl/vsay.pem": str(tls / "server.pem"),
                "/etc/ssl/vsay.key": str(tls / "server.key"),
                "/var/log/nginx/vsay.log": str(self.log),
            }
        else:
            changes = {f"{NAMED} {{": f"{self.origin} {{\n\tbind 127.0.0.1\n\ttls {tls}/server.pem {tls}/server.key"}
        for old, new in changes.items():
            assert old in text, f"the guide no longer says {old}"
            text = text.replace(old, new)
        return text

    @contextlib.contextmanager
    def run(self):
        run = {"nginx": proxies.nginx, "caddy": proxies.caddy}[self.kind]
        with self.server, run(self.folder / "proxy", self.lines(), self.port):
            yield self

    def url(self, path=""):
        return self.origin + path

    def session(self, source="127.0.0.1"):
        """A client on that address of this machine."""
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self.authority.certificate)
        session.mount("https://", From(source))
        return session

    def guest(self, visits, who=None):
        guest = Guest(visits, self.server, "vsay", who=who, ignore_https_errors=True)
        guest.url = lambda path="": self.url(PATH + path)
        guest.again = lambda: self.guest(visits, who=guest.username)
        return guest

    def socket(self, path, **options):
        context = ssl.create_default_context(cafile=self.authority.certificate)
        usual = {"ssl": context, "proxy": None, "ping_interval": None, "open_timeout": PATIENCE}
        return connect(f"wss://localhost:{self.port}{path}", **usual, **options)


class From(requests.adapters.HTTPAdapter):
    def __init__(self, source):
        self.source = source
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.source, 0), **options)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def site(request, tmp_path_factory, post):
    program = {"nginx": proxies.NGINX, "caddy": proxies.CADDY}[request.param]
    assert pathlib.Path(program).exists(), f"{request.param} is not installed"
    with Site(request.param, tmp_path_factory.mktemp(request.param), post).run() as site:
        yield site
    assert "fault" not in site.server.log_text().lower()


@pytest.fixture
def ada(site):
    """Signed up and in by the API, through the proxy."""
    with site.session() as http:
        person = Plain(site.server, "vsay")
        about = {"username": person.username, "email": person.email, "password": PASSWORD}
        assert http.post(site.url("/api/signup"), json=about).status_code in (200, 201)
        answer = http.post(site.url("/api/login"), json=about).json()
        person.token, person.key = answer["token"], answer["user"]["api_key"]
        yield person


def test_from_sign_up_to_a_terminal_in_the_browser(site, visits, post, tmp_path):
    guest = site.guest(visits).sign_up()
    link = mailed(post, guest)
    assert link.startswith(site.origin + "/"), link
    guest.page.goto(link)
    guest.send()
    guest.sign_in()
    assert all(each["secure"] and each["name"].startswith("__Host-") for each in guest.context.cookies())
    key = vsay_key(guest)
    host, authority = f"localhost:{site.port}", str(site.authority.certificate)
    with Machine(site.server, key, tmp_path, "--ca", authority, name="laptop", host=host) as machine:
        guest.go("/machines")
        shows(guest.page, "Online")
        guest.page.get_by_role("link", name="laptop").click()
        tab(guest.page, "Terminal")
        Window(guest.page).run("echo thr''ough", "through")
        other = guest.again().sign_in()
        other.go("/sessions")
        other.page.get_by_role("button", name="everywhere else").click()
        expect(guest.page.locator("#terminal-status")).to_contain_text("signed out")
        until(lambda: len(machine.children()) == 0)


def test_the_client_is_who_the_proxy_saw(site, ada):
    with site.session("127.0.0.9") as http:
        claims = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
        about = {"email": ada.email, "password": PASSWORD}
        assert http.post(site.url("/api/login"), json=about, headers=claims).status_code == 200
    seen = [each["address"] for each in site.server.json("session", "list", ada.email, "--realm", "vsay")]
    assert "127.0.0.9" in seen and not any("203.0.113" in each for each in seen), seen


def test_what_came_to_the_proxy_in_clear_is_refused(site):
    """As a proxy's listener on port 80 would pass it on."""
    about = {"email": "nobody@example.com", "password": PASSWORD}
    said = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http"}
    answer = requests.post(site.server.url("vsay", "/api/login"), json=about, headers=said, timeout=PATIENCE)
    assert answer.status_code == 403, answer.text


def test_pages_are_kept_to_https(site):
    with site.session() as http:
        answer = http.get(site.url(f"{PATH}/sign-in"))
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        # To itself, not to where it listens behind the proxy.
        led = http.get(site.url("/"), headers={"Accept": "text/html"}, allow_redirects=False)
        assert led.status_code == 303 and not led.headers["Location"].startswith("http:"), led.headers


def test_a_token_in_an_address_is_not_in_the_proxys_log(site, ada, tmp_path):
    authority = str(site.authority.certificate)
    with Machine(site.server, ada.key, tmp_path, "--ca", authority, host=f"localhost:{site.port}") as machine:
        with site.session() as http:
            http.headers["Authorization"] = f"Bearer {ada.token}"

            def online():
                found = http.get(site.url("/api/machines")).json()["machines"]
                return found[0]["agent_id"] if found and found[0]["status"] == "online" else None

            agent = until(online)
        path = f"/api/terminal/{agent}/ws?token={ada.token}"
        with site.socket(path, subprotocols=[CONTROLLED]) as socket:
            assert json.loads(socket.recv(timeout=PATIENCE))["type"] == "opened"
            socket.send(b"echo al''ive; exit 3\n")
            output = b""
            while True:
                message = socket.recv(timeout=PATIENCE)
                if isinstance(message, str):
                    assert json.loads(message)["status"] == 3, message
                    break
                output += message
            assert b"alive" in output
        # By the program, with the same authority.
        done = subprocess.run(
            [binary(), "terminal", "machine", "--host", f"localhost:{site.port}", "--ca", authority],
            env={**site.server.environment, "WATCHWORD_TOKEN": ada.token}, input=b"echo pi''ped; exit 4\n",
            capture_output=True, timeout=PATIENCE,
        )
        assert done.returncode == 4 and b"piped" in done.stdout, done
        assert machine.stop() == 0
    written = "".join(each.read_text() for each in (site.log, site.folder / "proxy" / "log.txt") if each.exists())
    assert ada.token not in written + site.server.log_text()
    if site.kind == "nginx":
        assert re.search(r'"GET /api/terminal/[^" ?]+/ws" 101 ', written), written


def test_a_socket_is_refused_and_a_close_comes_through(site, ada, tmp_path):
    with pytest.raises(InvalidStatus) as refused:
        site.socket("/api/terminal/none/ws?token=wrong")
    assert refused.value.response.status_code == 401
    assert json.loads(refused.value.response.body) == {"error": "Invalid or expired token"}
    with site.session() as http:
        # No proxy that forgets `Upgrade`, but a client that never asked.
        assert http.get(site.url(f"/api/terminal/none/ws?token={ada.token}")).status_code == 426
    authority = str(site.authority.certificate)
    with Machine(site.server, ada.key, tmp_path, "--ca", authority, host=f"localhost:{site.port}") as machine:
        until(lambda: "online at" in machine.log_text())
        assert site.server.run("account", "disable", ada.email, "--realm", "vsay").returncode == 0
        # The code of the close tells the agent that there is no use in coming back.
        assert machine.process.wait(PATIENCE) == 77, machine.log_text()


def test_the_guides_configuration_is_taken():
    (realm,) = [each for each in blocks(GUIDE, "yaml")]
    assert "trusted_proxies: [127.0.0.1]" in realm and f"public_url: https://{NAMED}" in realm
    assert (ROOT / "docs" / "guides" / GUIDE).read_text().count(NAMED) > 3
