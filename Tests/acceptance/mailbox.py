"""Reads the messages that the file transport wrote."""

import email
import email.policy
import pathlib
import re
import time

LINK = re.compile(
    r"(?P<way>https?://\S*?/(?:[a-z]+_)?(?:verif|reset|confirm|activat|recover)[A-Za-z_-]*)"
    r"(?:\?(?:\w+=[^&\s]*&)*\w+=|/)(?P<token>[A-Za-z0-9_~.%-]{16,})"
)


def messages(folder):
    """(address, kind, token, whole text) of every message with a link, oldest first."""
    found = []
    files = sorted(pathlib.Path(folder).rglob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    for file in files:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        link = LINK.search(text)
        if link:
            kind = "reset" if re.search("reset|recover", link["way"]) else "verify"
            found.append((str(message["To"]).strip("<> ").lower(), kind, link["token"], text))
    return found


def token(folder, kind, address, index=1, but=(), within=10):
    """The token of the index-th message of that kind to the address, of those not in `but`; waits for the outbox."""
    end = time.monotonic() + within
    while True:
        tokens = [
            token
            for to, what, token, _ in messages(folder)
            if what == kind and address.lower() in to and token not in but
        ]
        if len(tokens) >= index:
            return tokens[index - 1]
        assert time.monotonic() < end, f"no {kind} message {index} to {address} came; there are {len(tokens)}"
        time.sleep(0.05)
