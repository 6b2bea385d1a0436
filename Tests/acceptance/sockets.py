"""People and agents with open sockets, driven by the `websockets` library, and what the server says of them."""

import contextlib
import json
import pathlib
import re

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from frames import Socket
from people import PASSWORD, Person, name
from waiting import PATIENCE, until

LIVE = pathlib.Path(__file__).parent / "dialects" / "live.yaml"
CHATOPS = "/api/v1/agents/ws"

# Of `ConnectionEnd`: what ends a socket, its code and its words.
ENDS = {
    "server_stopping": (1012, "The server is restarting"),
    "session_ended": (4001, "The session has ended"),
    "token_expired": (4002, "The token has expired"),
    "key_ended": (4003, "The API key is no longer valid"),
    "account_closed": (4004, "The account is closed"),
    "agent_removed": (4005, "The agent was removed"),
    "replaced": (4006, "Replaced by a newer connection"),
    "agent_offline": (4007, "The agent is not connected"),
    "authentication_due": (4008, "Not authenticated in time"),
    "silent": (4009, "No sign of life"),
    "operator_closed": (4010, "Closed by the operator"),
    "too_slow": (4011, "Too slow to receive"),
}


def opened(server, realm, path, **options):
    """A socket that is open; who opens it is the caller's to say."""
    usual = {"proxy": None, "legacy": True, "ping_interval": None, "open_timeout": PATIENCE, "close_timeout": PATIENCE}
    options = {**usual, **options}
    return connect(f"ws://localhost:{server.ports[realm]}{path}", **options)


def said(socket, within=PATIENCE):
    return json.loads(socket.recv(timeout=within))


def end_of(socket, within=PATIENCE):
    """The code and the words with which the server ended it."""
    try:
        while True:
            socket.recv(timeout=within)
    except ConnectionClosed as end:
        assert end.rcvd is not None, "the connection was cut without a close frame"
        return end.rcvd.code, end.rcvd.reason


def is_open(socket):
    """Whether a ping is answered, with whatever else comes left to be read."""
    try:
        return socket.ping().wait(PATIENCE)
    except ConnectionClosed:
        return False


class Chat(Person):
    """Somebody with servers, by ChatOps' contract."""

    def __init__(self, server, realm="chatops", **options):
        super().__init__(server, realm, **options)

    def ask(self, method, path, **options):
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.server.url(self.realm, path), headers=headers, timeout=PATIENCE, **options)

    def new_server(self, called=None):
        answer = self.ask("POST", "/api/v1/servers", json={"name": called or name()})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def new_key(self, server_id, called="main"):
        answer = self.ask("POST", "/api/v1/api-keys", json={"server_id": server_id, "name": called})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def servers(self):
        answer = self.ask("GET", "/api/v1/servers")
        assert answer.status_code == 200, answer.text
        return {each["id"]: each for each in answer.json()}


def chat(server):
    return Chat(server).sign_up()


@contextlib.contextmanager
def agent(server, key, realm="chatops", **options):
    """An agent whose key was taken."""
    with opened(server, realm, CHATOPS, **options) as socket:
        socket.send(json.dumps({"type": "auth", "api_key": key}))
        assert said(socket)["type"] == "auth_success"
        yield socket


class Live:
    """One account of the tests' own dialect, `live`."""

    def __init__(self, server):
        self.server, self.email, self.password = server, f"{name()}@example.com", PASSWORD
        self.take(self.post("/signup", {"email": self.email, "password": self.password}, token=None))

    def ask(self, method, path, body=None, token="mine", expected=(200, 201, 202, 204), headers=None):
        token = self.token if token == "mine" else token
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        answer = requests.request(method, self.server.url("live", path), json=body, headers=headers, timeout=PATIENCE)
        assert answer.status_code in expected, (method, path, answer.status_code, answer.text)
        return answer

    def post(self, path, body=None, **options):
        answer = self.ask("POST", path, {} if body is None else body, **options)
        return answer.json() if answer.content else None

    def take(self, given):
        self.id, self.token = given["id"], given["token"]
        self.refresh_token, self.session = given["refresh_token"], given["session"]

    def sign_in(self):
        """Another session of the same account."""
        other = object.__new__(Live)
        other.server, other.email, other.password = self.server, self.email, self.password
        other.take(self.post("/login", {"email": self.email, "password": self.password}, token=None))
        return other

    def socket(self, path="/live", token=None, **options):
        """A socket by the token in the query; its greeting was read."""
        sign = "&" if "?" in path else "?"
        socket = opened(self.server, "live", f"{path}{sign}token={token or self.token}", **options)
        assert said(socket)["type"] in ("hello", "watching")
        return socket

    def new_agent(self, ttl=None):
        """An agent's id, its key's id and its key."""
        agent = self.post("/agents", {"name": name()})["id"]
        key = self.post("/keys", {"agent_id": agent, "name": "main", **({"ttl": ttl} if ttl else {})})
        return agent, key["id"], key["key"]

    def agent_socket(self, key):
        socket = opened(self.server, "live", "/agent", additional_headers={"X-API-Key": key})
        assert said(socket)["type"] == "hello"
        return socket

    def command(self, *words):
        done = self.server.run(*words, "--realm", "live")
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout


def by_hand(person, path="/live", **options):
    """An authenticated socket whose frames a test writes itself, its greeting read."""
    socket = Socket(person.server.ports["live"], f"{path}?token={person.token}", **options)
    assert json.loads(socket.message())["type"] == "hello"
    return socket


def live_server(own_server, environment=None, **configuration):
    """A server of its own that speaks `live` and ChatOps."""
    server = own_server(
        dialects={"live": LIVE, "chatops": "chatops"}, configuration=configuration, environment=environment
    )
    return server.start()


def gauges(server):
    """The samples of the metrics page, by name and labels."""
    text = requests.get(f"http://127.0.0.1:{server.admin}/metrics", timeout=PATIENCE).text
    return {
        found[1]: float(found[2])
        for line in text.splitlines()
        if (found := re.fullmatch(r"([a-z_]+(?:\{[^}]*\})?) ([-+0-9.eE]+)", line))
    }


def open_sockets(server):
    """How many sockets the server counts as open, those that have not authenticated among them."""
    return sum(
        value for key, value in gauges(server).items() if re.match(r"watchword_sockets(_unauthenticated)?\{", key)
    )


def descriptors(server):
    return len(list(pathlib.Path(f"/proc/{server.process.pid}/fd").iterdir()))


def resident(server):
    """Resident memory of the server, in KiB."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def settled(server, before):
    """Waits until the server counts no socket and has as few descriptors as before."""
    until(lambda: open_sockets(server) == 0)
    until(lambda: descriptors(server) <= before)
