"""The browser's own harness: each complaint that a page can raise is heard, and what axe finds fails."""

import pytest

import browser
from browser import accessible, fits, looked_at, served

CLEAN = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Fine</title>
<main><h1>Fine</h1><p>Nothing to complain of.</p></main>"""
POLICY = {"Content-Security-Policy": "default-src 'none'"}


@pytest.fixture
def visits(chromium):
    """Without the check that nothing was complained of, since that is what is tested."""
    visits = browser.Visits(chromium)
    yield visits
    visits.close()


@pytest.mark.parametrize(
    "body,headers,heard",
    [
        ("<script>console.error('oh')</script>", {}, "console: oh"),
        ("<script>nothing.there</script>", {}, "nothing is not defined"),
        ("<script>alert(1)</script>", {}, "a dialog: 1"),
        ("<script>window.__xss = 7</script>", {}, "a payload ran: 7"),
        ("<script>window.a = 1</script>", POLICY, "Content Security Policy"),
        ("<p style='color: red'>Red</p>", POLICY, "Content Security Policy"),
        ("<img src=/none.png alt=none>", {}, "404 for"),
        ("<img src=http://127.0.0.1:9/ alt=none>", {}, "net::ERR_"),
    ],
)
def test_each_complaint_is_heard(visits, body, headers, heard):
    page = visits.page()
    with served(CLEAN + body, headers) as url:
        page.goto(url, wait_until="networkidle")
    assert any(heard in each for each in visits.unexpected()), visits.complaints
    visits.expected = [""]
    assert not visits.unexpected()


def test_a_page_in_order_and_one_that_refuses_are_nothing_to_complain_of(visits, tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "SCREENS", tmp_path)
    page = visits.page()
    for status in (200, 422):
        with served(CLEAN, POLICY, status) as url:
            assert page.goto(url).status == status
            looked_at(page, "fine")
    assert not visits.complaints
    assert len(list(tmp_path.glob("fine-*.png"))) == 4


def test_a_server_that_fails_is(visits):
    with served(CLEAN, status=500) as url:
        visits.page().goto(url)
    assert any("500 for" in each for each in visits.complaints)


@pytest.mark.parametrize(
    "body,rule",
    [
        (CLEAN.replace("</main>", "<input></main>"), "label"),
        (CLEAN.replace(' lang="en"', ""), "html-has-lang"),
        (CLEAN.replace("<p>", '<p style="color: #aaa; background: #fff">'), "color-contrast"),
        (CLEAN.replace("main>", "div>"), "landmark-one-main"),
        (CLEAN + "<style>@media (prefers-color-scheme: dark) {p {color: #999; background: #888}}</style>", "dark: color"),
    ],
)
def test_what_axe_finds_fails(visits, body, rule):
    page = visits.page()
    with served(body) as url:
        page.goto(url)
        with pytest.raises(AssertionError, match=rule):
            accessible(page)


def test_a_page_that_is_too_wide_fails(visits):
    page = visits.page(viewport=browser.PHONE)
    with served(CLEAN + "<div style='width: 500px'>wide</div>") as url:
        page.goto(url)
        with pytest.raises(AssertionError, match="too wide"):
            fits(page)
