"""HTTP/1.1 by hand: what is sent is exactly what a test says, and an answer is read even if the server hung up early."""

import socket
from dataclasses import dataclass, field

from waiting import PATIENCE


@dataclass
class Response:
    status: int
    headers: list = field(default_factory=list)
    body: bytes = b""

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name):
        values = self.all(name)
        return values[0] if values else None


class NoAnswer(Exception):
    """The connection ended without a complete answer."""


def request(port, method, target, headers=(), body=None, timeout=PATIENCE, host="localhost"):
    """One request on a connection of its own. `headers` are pairs, sent in their order."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: close")
    head = "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"
    return raw(port, head + (body or b""), timeout=timeout, method=method)


def raw(port, data, timeout=PATIENCE, method="GET"):
    """Sends bytes and reads one answer, whatever the server does meanwhile."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # The server may answer and hang up before it has read everything.
        return receive(connection, method)


def receive(connection, method="GET"):
    buffer = b""

    def more():
        nonlocal buffer
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            piece = b""
        buffer += piece
        return bool(piece)

    while True:
        while b"\r\n\r\n" not in buffer:
            if not more():
                raise NoAnswer(repr(buffer[:200]))
        head, _, buffer = buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1])
        if status >= 200:
            break
    headers = []
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    answer = Response(status, headers)
    if method == "HEAD" or status in (204, 304):
        return answer
    if "chunked" in (answer.header("Transfer-Encoding") or "").lower():
        body = b""
        while True:
            while b"\r\n" not in buffer:
                if not more():
                    raise NoAnswer("in a chunk")
            size, _, buffer = buffer.partition(b"\r\n")
            count = int(size.split(b";")[0], 16)
            while len(buffer) < count + 2:
                if not more():
                    raise NoAnswer("in a chunk")
            body += buffer[:count]
            buffer = buffer[count + 2 :]
            if count == 0:
                answer.body = body
                return answer
    length = answer.header("Content-Length")
    if length is None:
        while more():
            pass
        answer.body = buffer
        return answer
    while len(buffer) < int(length):
        if not more():
            raise NoAnswer("in the body")
    answer.body = buffer[: int(length)]
    return answer
