"""The frames of RFC 6455, one by one: what must end the socket, with which code, and what must be answered."""

import pytest

import frames
from frames import BINARY, CONTINUATION, PING, PONG, TEXT, Ended, Socket, close_frame, frame
from sockets import CHATOPS, by_hand

# What a client may not send, and the close code (RFC 6455 section 7.4.1).
VIOLATIONS = {
    "a frame without a mask": (1002, lambda: frame(TEXT, "ping", masked=False)),
    "a close without a mask": (1002, lambda: close_frame(1000, masked=False)),
    "reserved bit 1": (1002, lambda: frame(TEXT, "ping", reserved=4)),
    "reserved bit 2": (1002, lambda: frame(TEXT, "ping", reserved=2)),
    "reserved bit 3": (1002, lambda: frame(TEXT, "ping", reserved=1)),
    "every reserved bit": (1002, lambda: frame(BINARY, "ping", reserved=7)),
    "a reserved bit in a ping": (1002, lambda: frame(PING, "x", reserved=4)),
    "opcode 3": (1002, lambda: frame(3, "x")),
    "opcode 7": (1002, lambda: frame(7)),
    "opcode 11": (1002, lambda: frame(11, "x")),
    "opcode 15": (1002, lambda: frame(15)),
    "a ping of 126 bytes": (1002, lambda: frame(PING, "x" * 126)),
    "a pong of 200 bytes": (1002, lambda: frame(PONG, "x" * 200)),
    "a close of 126 bytes": (1002, lambda: close_frame(1000, b"x" * 124)),
    "a fragmented ping": (1002, lambda: frame(PING, "x", fin=False) + frame(CONTINUATION, "y")),
    "a fragmented pong": (1002, lambda: frame(PONG, "x", fin=False)),
    "a fragmented close": (1002, lambda: close_frame(1000, fin=False)),
    "a continuation of nothing": (1002, lambda: frame(CONTINUATION, "x")),
    "a continuation of nothing, not the last": (1002, lambda: frame(CONTINUATION, "x", fin=False)),
    "a message within a message": (1002, lambda: frame(TEXT, "a", fin=False) + frame(TEXT, "b")),
    "a binary within a text": (1002, lambda: frame(TEXT, "a", fin=False) + frame(BINARY, b"b")),
    "a close of one byte": (1002, lambda: frame(frames.CLOSE, b"\x03")),
    "a close with text that is no UTF-8": (1007, lambda: close_frame(1000, b"\xff\xfe")),
    "a length of 16 bits that needs 7": (1002, lambda: frame(TEXT, "ping", length=16)),
    "a length of 64 bits that needs 7": (1002, lambda: frame(TEXT, "ping", length=64)),
    "a length of 64 bits that needs 16": (1002, lambda: frame(BINARY, b"x" * 200, length=64)),
    "a length beyond all": (1009, lambda: b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"\0\0\0\0"),
    "a length with the sign bit": (1009, lambda: b"\x81\xff" + b"\xff" * 8 + b"\0\0\0\0"),
    "a text that is no UTF-8": (1007, lambda: frame(TEXT, b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80")),
    "a text cut within a character": (1007, lambda: frame(TEXT, "κ".encode()[:1])),
    "a text with an overlong form": (1007, lambda: frame(TEXT, b"\xc0\xaf")),
    "a text with a surrogate": (1007, lambda: frame(TEXT, b"\xed\xa0\x80")),
    "a text beyond Unicode": (1007, lambda: frame(TEXT, b"\xf4\x90\x80\x80")),
    "no UTF-8 over fragments": (1007, lambda: frame(TEXT, b"\xce", fin=False) + frame(CONTINUATION, b"\xce")),
    "a character never ended over fragments": (
        1007,
        lambda: frame(TEXT, b"\xf0\x9f", fin=False) + frame(CONTINUATION, b"\x92", fin=False) + frame(CONTINUATION),
    ),
    "a message too long": (1009, lambda: frame(TEXT, "x" * 65_537)),
    "a message too long over fragments": (
        1009,
        lambda: frame(BINARY, b"x" * 40_000, fin=False) + frame(CONTINUATION, b"x" * 40_000),
    ),
    **{
        f"a close of code {code}": (1002, lambda code=code: close_frame(code))
        for code in (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    },
}


@pytest.mark.parametrize("kind", list(VIOLATIONS))
def test_a_violation_ends_the_socket_with_its_code(somebody, kind):
    code, bytes_ = VIOLATIONS[kind]
    with by_hand(somebody) as socket:
        socket.send(bytes_())
        assert socket.closed() == code, socket.reason


@pytest.mark.parametrize("kind", list(VIOLATIONS))
def test_a_violation_before_authentication(socket_server, kind):
    code, bytes_ = VIOLATIONS[kind]
    with Socket(socket_server.ports["chatops"], CHATOPS) as socket:
        socket.send(bytes_())
        # A first message that is whole but wrong, or too long, is a refusal.
        try:
            assert socket.closed() in (code, 1008, 1009)
        except Ended:
            pytest.fail("it hung up without a word")


# What a client may send, and the messages that come back: a text `ping` is answered `pong`.
ALLOWED = {
    "a text": ([frame(TEXT, "ping")], ["pong"]),
    "a text in fragments": ([frame(TEXT, "pi", fin=False), frame(CONTINUATION, "ng")], ["pong"]),
    "a text in single bytes": (
        [frame(TEXT, "p", fin=False)]
        + [frame(CONTINUATION, each, fin=False) for each in "in"]
        + [frame(CONTINUATION, "g")],
        ["pong"],
    ),
    "empty fragments": (
        [frame(TEXT, fin=False), frame(CONTINUATION, "ping", fin=False), frame(CONTINUATION)],
        ["pong"],
    ),
    "a ping between fragments": (
        [frame(TEXT, "pi", fin=False), frame(PING, "between"), frame(CONTINUATION, "ng")],
        [b"between", "pong"],
    ),
    "a pong that nobody asked for": ([frame(PONG, "x"), frame(TEXT, "ping")], ["pong"]),
    "a ping of 125 bytes": ([frame(PING, "x" * 125)], [b"x" * 125]),
    "an empty ping": ([frame(PING)], [b""]),
    # Of several pings that wait, an answer to the last is enough (section 5.5.3).
    "ten pings": ([frame(PING, str(each)) for each in range(10)], [b"9"]),
    "a character over fragments": (
        [frame(TEXT, "κό".encode()[:1], fin=False), frame(CONTINUATION, "κό".encode()[1:]), frame(TEXT, "ping")],
        ["pong"],
    ),
    "an empty text": ([frame(TEXT), frame(TEXT, "ping")], ["pong"]),
    "a text of 65,536 bytes": ([frame(TEXT, "x" * 65_536), frame(TEXT, "ping")], ["pong"]),
    "a text of 126 bytes": ([frame(TEXT, "x" * 126), frame(TEXT, "ping")], ["pong"]),
    "characters of every length": ([frame(TEXT, "aß水🄑\U0010ffff\ufffe"), frame(TEXT, "ping")], ["pong"]),
}


@pytest.mark.parametrize("kind", list(ALLOWED))
@pytest.mark.parametrize("pieces", [0, 1, 7])
def test_what_is_allowed_is_answered(somebody, kind, pieces):
    """In one piece, byte by byte, and in pieces of seven bytes."""
    sent, expected = ALLOWED[kind]
    data = b"".join(sent)
    if pieces and len(data) > 4096:
        pytest.skip("long ones go in one piece")
    with by_hand(somebody) as socket:
        for start in range(0, len(data), pieces or len(data)):
            socket.send(data[start : start + (pieces or len(data))])
        heard = []
        while heard[-1:] != expected[-1:]:
            opcode, payload = socket.receive()
            assert opcode in (TEXT, PONG)
            heard.append(payload.decode() if opcode == TEXT else payload)
        assert [each for each in heard if each in expected] == expected
        socket.send(close_frame(1000))
        assert socket.closed() == 1000


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_a_close_is_answered(somebody, code):
    with by_hand(somebody) as socket:
        socket.send(close_frame(code, b"good bye"), frame(TEXT, "ping"))
        assert socket.closed() in (code, 1000)


def test_a_close_without_a_code_is_answered(somebody):
    with by_hand(somebody) as socket:
        socket.send(close_frame())
        assert socket.closed() in (1000, 1005)
