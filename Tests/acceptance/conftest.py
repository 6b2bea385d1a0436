import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from server import DIALECTS, PRODUCTS, Server  # noqa: E402


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Every dialect, throttling off, mail in files; shared by every test that leaves it usable."""
    server = Server(tmp_path_factory.mktemp("watchword"), dialects=DIALECTS + PRODUCTS)
    with server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture
def own_server(tmp_path):
    """Makes servers of a test's own, and stops them after it."""
    made = []

    def make(**options):
        server = Server(tmp_path / f"server{len(made)}", **options)
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()
