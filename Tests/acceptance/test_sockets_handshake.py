"""The request that opens a socket (RFC 6455 section 4.2), in ways that are right and many that are wrong."""

import socket as sockets_of_python

import pytest

import frames
from frames import TEXT, asked, frame, opening
from sockets import by_hand
from waiting import PATIENCE

# Requests that open no socket, and what is answered.
KINDS = {
    "no key": (400, {"leave_out": ["Sec-WebSocket-Key"]}),
    "an empty key": (400, {"key": ""}),
    "a key of 15 bytes": (400, {"key": "AAAAAAAAAAAAAAAAAAAA"}),
    "a key of 17 bytes": (400, {"key": "AAAAAAAAAAAAAAAAAAAAAAA="}),
    "a key that is no Base64": (400, {"key": "this is no key at all!!!"}),
    "two keys": (400, {"fields": [("Sec-WebSocket-Key", frames.KEY)]}),
    "version 8": (426, {"version": "8"}),
    "version 14": (426, {"version": "14"}),
    "version 0": (426, {"version": "0"}),
    "no version": (426, {"leave_out": ["Sec-WebSocket-Version"]}),
    "no upgrade": (426, {"leave_out": ["Upgrade"]}),
    "no connection": (426, {"leave_out": ["Connection"]}),
    "another upgrade": (426, {"leave_out": ["Upgrade"], "fields": [("Upgrade", "h2c")]}),
    "POST": ({400, 405}, {"method": "POST", "fields": [("Content-Length", "0")]}),
    "HTTP/1.0": ({400, 426}, {"http": "1.0"}),
    "a strange origin": (403, {"fields": [("Origin", "https://evil.example.com")]}),
    "the origin null": (403, {"fields": [("Origin", "null")]}),
    "an origin that begins alike": (403, {"fields": [("Origin", "https://app.example.com.evil.example")]}),
    "an origin of another scheme": (403, {"fields": [("Origin", "http://app.example.com")]}),
    "a wrong token": (401, {"path": "/live?token=nothing"}),
    "no token": (401, {"path": "/live"}),
    "two tokens": ({400, 401}, {"path": "/live?token={token}&token={token}"}),
    "a wrong token beside the good one": (401, {"path": "/live?token={token}", "fields": [("Cookie", "sid=wrong")]}),
    "no such path": (404, {"path": "/livelier?token={token}"}),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_handshake_that_is_wrong(somebody, kind):
    status, options = KINDS[kind]
    options = {"path": "/live?token={token}", **options}
    port = somebody.server.ports["live"]
    request = opening(options.pop("path").format(token=somebody.token), port, **options)
    answer = asked(port, request)
    expected = status if isinstance(status, set) else {status}
    assert answer.status in expected, (answer.status, answer.headers, answer.body)
    assert "json" in answer.header("Content-Type"), "in the shape of the dialect"
    if answer.status == 426:
        assert answer.header("Upgrade").lower() == "websocket"
    if "version" in kind:
        assert answer.header("Sec-WebSocket-Version") == "13"
    assert answer.header("Sec-WebSocket-Accept") is None


def test_a_body_on_the_handshake_is_no_frame(somebody):
    port = somebody.server.ports["live"]
    request = opening(f"/live?token={somebody.token}", port, fields=[("Content-Length", "5")]) + b"hello"
    with sockets_of_python.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        head = connection.recv(65536)
        assert b" 400 " in head or b" 101 " in head, head


def test_frames_behind_the_handshake_are_not_lost(somebody):
    """A client may not, but the bytes of one packet are all there."""
    port = somebody.server.ports["live"]
    with sockets_of_python.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(opening(f"/live?token={somebody.token}", port) + frame(TEXT, "ping"))
        heard = b""
        while b"pong" not in heard:
            piece = connection.recv(65536)
            assert piece, heard
            heard += piece


@pytest.mark.parametrize(
    "fields",
    [
        [("Upgrade", "WebSocket"), ("Connection", "keep-alive, Upgrade")],
        [("Upgrade", "websocket"), ("Connection", "upgrade")],
        [("Upgrade", "h2c, websocket"), ("Connection", "Upgrade")],
        [("Upgrade", "websocket"), ("Connection", "keep-alive"), ("Connection", "Upgrade")],
    ],
)
def test_a_handshake_may_be_written_in_these_ways(somebody, fields):
    port = somebody.server.ports["live"]
    with sockets_of_python.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(
            opening(f"/live?token={somebody.token}", port, fields=fields, leave_out=["Upgrade", "Connection"])
        )
        assert connection.recv(65536).startswith(b"HTTP/1.1 101 ")


@pytest.mark.parametrize(
    "offer",
    [
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "x-webkit-deflate-frame, permessage-deflate; server_no_context_takeover",
        "nonsense; a=b; c",
        "",
    ],
)
def test_extensions_are_declined_and_it_works(somebody, offer):
    with by_hand(somebody, fields=[("Sec-WebSocket-Extensions", offer)]) as socket:
        assert "sec-websocket-extensions" not in socket.headers
        socket.text("ping")
        assert socket.message() == "pong"
        socket.send(frame(TEXT, b"\xaa\x56\x2a\x05\x00", reserved=4))
        assert socket.closed() == 1002


@pytest.mark.parametrize(
    "offered, chosen",
    [
        (None, None),
        ("live.v1", "live.v1"),
        ("live.v1, live.v2", ("live.v1", "live.v2")),
        ("chat, superchat", None),
        ("chat, live.v2", "live.v2"),
        ("LIVE.V2", None),
    ],
)
def test_a_subprotocol_that_is_known_is_agreed_on(somebody, offered, chosen):
    fields = [("Sec-WebSocket-Protocol", offered)] if offered else []
    with by_hand(somebody, fields=fields) as socket:
        agreed = socket.headers.get("sec-websocket-protocol")
        assert agreed == chosen if not isinstance(chosen, tuple) else agreed in chosen
