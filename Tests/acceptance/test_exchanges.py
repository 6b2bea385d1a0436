"""Every file of Dialects/*/exchanges is one test."""

import pytest

import exchanges
from server import ROOT

FILES = exchanges.files(ROOT)


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parts[-3]}-{file.stem}" for file in FILES])
def test_exchange(server, file):
    conversation = exchanges.Conversation(server.ports[file.parts[-3]], server.mail)
    for number, exchange in enumerate(exchanges.read(file.read_text()), 1):
        try:
            conversation.run(exchange)
        except exchanges.Mismatch as mismatch:
            pytest.fail(f"{file.name}, exchange {number}: {mismatch}", pytrace=False)


def test_there_are_exchanges_of_every_dialect():
    assert {file.parts[-3] for file in FILES} >= {"aethermind", "chatops", "vsay", "authspec", "stratify"}
