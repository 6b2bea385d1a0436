"""What mails look like in a browser, with any colour of the realm, in light and in dark."""

import pytest

from browser import RULES, looked_at, served

# A mail is no page: it has no landmarks.
OF_MAIL = [rule for rule in RULES if rule != "best-practice"]
COLOURS = {"usual": None, "yellow": "#ffd400", "navy": "#102040", "black": "#000000", "white": "#ffffff"}
MAILS = {"reset": [], "verify": ["--requested"], "key_created": []}


@pytest.fixture(scope="module")
def painted(tmp_path_factory):
    """Gives the HTML of a mail as a realm of that colour writes it."""
    from server import Server

    def preview(colour, kind, *options):
        pages = {"name": "Shop", "support": "help@example.com", **({"color": colour} if colour else {})}
        folder = tmp_path_factory.mktemp("painted")
        server = Server(folder, dialects=["authspec"], configuration={"realms": {"authspec": {"pages": pages}}})
        server.write()
        printed = server.run("mail", "preview", kind, *options, "--html")
        assert printed.returncode == 0, printed.stderr
        return printed.stdout

    return preview


@pytest.mark.parametrize("kind", MAILS)
@pytest.mark.parametrize("name", COLOURS)
def test_a_mail_can_be_read(painted, page, name, kind):
    colour = COLOURS[name]
    html = painted(colour, kind, *MAILS[kind])
    with served(html) as url:
        page.goto(url)
        if kind != "key_created":
            button = page.locator("a.button")
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                red, green, blue = bytes.fromhex((colour or "#1f6f5c")[1:])
                assert button.evaluate("each => getComputedStyle(each).backgroundColor") == f"rgb({red}, {green}, {blue})"
        looked_at(page, f"mail-{kind}-{name}", rules=OF_MAIL)
