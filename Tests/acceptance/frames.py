"""WebSocket frames by hand (RFC 6455): what is sent is exactly what a test says."""

import base64
import hashlib
import os
import socket
import struct

import wire
from waiting import PATIENCE

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def frame(opcode, payload=b"", fin=True, reserved=0, masked=True, length=None):
    """One frame of a client. `length` is the way to write it: 7, 16 or 64 bits."""
    payload = payload.encode() if isinstance(payload, str) else payload
    first = (0x80 if fin else 0) | (reserved << 4) | opcode
    size = len(payload)
    length = length or (7 if size < 126 else 16 if size < 65536 else 64)
    bit = 0x80 if masked else 0
    if length == 7:
        head = bytes([first, bit | size])
    elif length == 16:
        head = struct.pack(">BBH", first, bit | 126, size)
    else:
        head = struct.pack(">BBQ", first, bit | 127, size)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + bytes(each ^ mask[index & 3] for index, each in enumerate(payload))


def close_frame(code=None, reason=b"", **options):
    payload = b"" if code is None else struct.pack(">H", code) + reason
    return frame(CLOSE, payload, **options)


def opening(path, port, fields=(), key=KEY, version="13", method="GET", http="1.1", leave_out=()):
    """The bytes of the request that opens a socket, each field of which may be left out."""
    lines = {
        "Host": f"localhost:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": version,
    }
    text = [f"{method} {path} HTTP/{http}"]
    text += [f"{name}: {value}" for name, value in lines.items() if name not in leave_out]
    text += [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(text) + "\r\n\r\n").encode("latin-1")


class Ended(Exception):
    """The connection ended, and no close frame came."""


class Socket:
    """An open socket of a client that follows no rule of its own."""

    def __init__(self, port, path, fields=(), timeout=PATIENCE, source=None, buffer=None):
        self.socket = socket.socket()
        if buffer:
            # Before it is connected, so that the window is as small.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(timeout)
        if source:
            self.socket.bind((source, 0))
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(opening(path, port, fields))
        self.buffer = b""
        head = self.head()
        if " 101 " not in head[0]:
            self.socket.close()
            raise Refused(head)
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        wanted = base64.b64encode(hashlib.sha1((KEY + GUID).encode()).digest()).decode()
        assert self.headers["sec-websocket-accept"] == wanted
        self.code = self.reason = None

    def head(self):
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        return head.decode("latin-1").split("\r\n")

    def more(self):
        try:
            piece = self.socket.recv(65536)
        except ConnectionResetError:
            piece = b""
        if not piece:
            raise Ended(repr(self.buffer[:100]))
        self.buffer += piece

    def take(self, count):
        while len(self.buffer) < count:
            self.more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def send(self, *frames):
        self.socket.sendall(b"".join(frames))

    def text(self, text):
        self.send(frame(TEXT, text))

    def receive(self):
        """The next frame: its opcode and payload. The server masks nothing and sets no reserved bit."""
        first, second = self.take(2)
        assert first & 0x70 == 0 and second & 0x80 == 0, (first, second)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", self.take(2))
            assert size >= 126
        elif size == 127:
            (size,) = struct.unpack(">Q", self.take(8))
            assert size >= 65536
        payload = self.take(size)
        opcode = first & 0x0F
        if opcode >= 8:
            assert first & 0x80 and size <= 125
        if opcode == CLOSE:
            self.code = struct.unpack(">H", payload[:2])[0] if payload else 1005
            self.reason = payload[2:].decode()
        return opcode, payload

    def message(self):
        """The next text or binary message, pings answered on the way."""
        while True:
            opcode, payload = self.receive()
            if opcode == PING:
                self.send(frame(PONG, payload))
            elif opcode == CLOSE:
                raise Ended(f"closed with {self.code} {self.reason}")
            elif opcode != PONG:
                return payload.decode() if opcode == TEXT else payload

    def closed(self):
        """Reads to the close frame and gives its code; answers it, and sees that the server hangs up."""
        while self.code is None:
            self.receive()
        try:
            self.send(close_frame(self.code if self.code != 1005 else None))
        except OSError:
            pass
        self.hung_up()
        return self.code

    def hung_up(self, within=PATIENCE):
        self.socket.settimeout(within)
        try:
            while True:
                self.more()
        except Ended:
            return

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Refused(Exception):
    """The socket was not opened; the head of the answer."""

    def __init__(self, head):
        super().__init__(head)
        self.status = int(head[0].split(" ")[1])
        self.head = head


def asked(port, request, timeout=PATIENCE):
    """What is answered to a request that does not open a socket."""
    return wire.raw(port, request, timeout=timeout)
