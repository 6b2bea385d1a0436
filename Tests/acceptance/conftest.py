import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import browser  # noqa: E402
from mailbox import MailServer  # noqa: E402
from server import DIALECTS, PRODUCTS, Server  # noqa: E402
from sockets import LIVE, Live  # noqa: E402
from wild import FILES, Visitor, loading  # noqa: E402


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Every dialect, throttling off, mail in files; shared by every test that leaves it usable."""
    server = Server(tmp_path_factory.mktemp("watchword"), dialects=DIALECTS + PRODUCTS)
    with server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="session")
def socket_server(tmp_path_factory):
    """Speaks the tests' own dialect, with every kind of socket, and ChatOps; one address may have as many as it likes."""
    configuration = {
        "sockets": {"per_address": 20_000, "unauthenticated_per_address": 20_000},
        "realms": {"live": {"cors_origins": ["https://app.example.com"]}},
    }
    folder = tmp_path_factory.mktemp("sockets")
    with Server(folder, dialects={"live": LIVE, "chatops": "chatops"}, configuration=configuration) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="session")
def somebody(socket_server):
    """An account that keeps its session."""
    return Live(socket_server)


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


@pytest.fixture(scope="session")
def wild_files():
    return loading()


@pytest.fixture(scope="session")
def wild(wild_files, tmp_path_factory):
    """Every file of Tests/wild that loads, each a realm of one server."""
    loaded = {api: FILES[api] for api, (code, _) in wild_files.items() if code == 0}
    with Server(tmp_path_factory.mktemp("wild"), dialects=loaded) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture
def visitor(wild, request):
    """Somebody new to the API that the test's name begins with."""
    api = request.node.function.__name__.split("_")[1]
    assert api in wild.ports, f"{api} does not load"
    return Visitor(wild, api)


@pytest.fixture(scope="module")
def chromium():
    """One browser for a module: while it is open no other test can run a loop of its own in this thread."""
    with browser.chromium() as one:
        yield one


@pytest.fixture
def visits(chromium):
    """Browsers of people; whatever their pages complain of fails the test."""
    visits = browser.Visits(chromium)
    yield visits
    visits.close()
    assert not visits.unexpected(), "\n".join(visits.unexpected())


@pytest.fixture
def page(visits):
    return visits.page()


@pytest.fixture(scope="session")
def post():
    """A real SMTP server."""
    with MailServer() as post:
        yield post


@pytest.fixture(scope="session")
def hosted(tmp_path_factory, post):
    """Every dialect with its pages, on an empty database; throttling off, mail by SMTP."""
    configuration = {"mail": post.settings()}
    folder = tmp_path_factory.mktemp("hosted")
    with Server(folder, dialects=[*DIALECTS, "mattermost", "pocketbase"], configuration=configuration) as server:
        yield server
    assert "fault" not in server.log_text().lower()
