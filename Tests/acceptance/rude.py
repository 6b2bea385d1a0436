"""An agent in the hands of a test: it speaks `watchword.relay.v1` (docs/reference/sockets.md) as far as it likes."""

import json
import struct
import threading

import requests
from websockets.exceptions import ConnectionClosed

from sockets import is_open, opened
from waiting import PATIENCE, until

RELAY = "watchword.relay.v1"
WINDOW = 256 * 1024
KINDS = ("hello", "open", "opened", "refused", "data", "credit", "resize", "exit", "close")


class Rude:
    """A connected agent that answers nothing by itself; what it is told is kept."""

    def __init__(self, operator, name="rude", agent_id=None):
        self.operator, self.server = operator, operator.server
        headers = {"X-API-Key": operator.key}
        self.agent_id = agent_id or self.register(name, headers)
        self.frames, self.end = [], None
        self.socket = opened(
            self.server, "vsay", f"/api/agents/{self.agent_id}/ws", subprotocols=[RELAY], additional_headers=headers
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        hello = {"version": "rude", "name": name, "platform": "test", "terminal": True}
        self.say("hello", 0, json.dumps(hello).encode())
        # Its frames are in order: what is known of it is known once it is answered.
        assert is_open(self.socket)

    def register(self, name, headers):
        url = self.server.url("vsay", "/api/agents/register")
        answer = requests.post(url, json={"name": name}, headers=headers, timeout=PATIENCE)
        assert answer.status_code == 201, answer.text
        return answer.json()["agent_id"]

    def read(self):
        try:
            for message in self.socket:
                kind, number = struct.unpack(">BI", message[:5])
                self.frames.append((KINDS[kind], number, message[5:]))
        except ConnectionClosed:
            pass
        end = self.socket.protocol.close_rcvd
        self.end = (end.code, end.reason) if end else (1006, "")

    def say(self, kind, number, payload=b""):
        self.socket.send(struct.pack(">BI", KINDS.index(kind), number) + payload)

    def told(self, kind, number=None):
        """What it was told of that kind."""
        return [rest for each, which, rest in list(self.frames) if each == kind and number in (None, which)]

    def asked(self, count=1):
        """Waits until it was asked for so many terminals in all; gives the last one's number."""
        until(lambda: len(self.told("open")) >= count)
        return [which for each, which, _ in list(self.frames) if each == "open"][-1]

    def typed(self, number):
        return b"".join(self.told("data", number))

    def start(self, count=1):
        """Starts the terminal that it is asked for."""
        number = self.asked(count)
        self.say("opened", number)
        return number

    def close(self):
        self.socket.close()
        self.reader.join(PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
