"""A real browser: the system's Chromium, every complaint of which fails the test, and what tests do with a page."""

import contextlib
import http.server
import os
import pathlib
import shutil
import threading

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect, sync_playwright

from server import ROOT
from waiting import PATIENCE, until

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SCREENS = pathlib.Path(os.environ.get("SCREENS") or ROOT / ".build" / "screens")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What a hostile text tries to set; to be set is to have run.
MARK = "__xss"
TRAP = f"Object.defineProperty(window, '{MARK}', {{set(value) {{ console.error('a payload ran: ' + value) }}}})"

expect.set_options(timeout=PATIENCE * 1000)


@contextlib.contextmanager
def chromium():
    """One browser. Its loop belongs to the thread, so no test of another kind may run beside it."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "there is no chromium; install Debian's package of that name, or set CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visits:
    """The contexts of one test: each a person at a browser of their own, and what their pages complained of."""

    def __init__(self, browser):
        self.browser, self.contexts, self.complaints = browser, [], []
        # Texts of complaints that the test provokes.
        self.expected = []

    def context(self, **options):
        # Colours that glide to others would be measured on the way.
        options = {"viewport": DESKTOP, "locale": "en-GB", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        if options.get("java_script_enabled", True):
            context.add_init_script(TRAP)
        context.on("page", self.watch)
        self.contexts.append(context)
        return context

    def page(self, **options):
        return self.context(**options).new_page()

    def watch(self, page):
        refused = set()

        def answered(response):
            # A form that is refused is shown again with a status that Chromium calls a failure to load.
            if response.request.is_navigation_request() and 400 <= response.status < 500:
                refused.add(response.url)
            elif response.status >= 400:
                self.complain(page, f"{response.status} for {response.url}")

        def said(message):
            loading = message.text.startswith("Failed to load resource: the server responded with a status of 4")
            if message.type == "error" and not (loading and message.location["url"] in refused):
                self.complain(page, f"console: {message.text}")

        def failed(request):
            # A page that is left while it loads.
            if request.failure != "net::ERR_ABORTED":
                self.complain(page, f"{request.failure} for {request.url}")

        def asked(dialog):
            self.complain(page, f"a dialog: {dialog.message}")
            dialog.dismiss()

        page.on("response", answered)
        page.on("console", said)
        page.on("requestfailed", failed)
        page.on("pageerror", lambda error: self.complain(page, f"script: {error}"))
        page.on("dialog", asked)
        page.on("crash", lambda _: self.complain(page, "the page crashed"))

    def complain(self, page, what):
        self.complaints.append(f"{page.url}: {what}")

    def hear(self, text):
        """Waits for a complaint that the test provokes, of which the browser tells when it comes to it."""
        page = self.contexts[-1].pages[-1]
        until(lambda: page.wait_for_timeout(20) or any(text in each for each in self.complaints))

    def unexpected(self):
        return [each for each in self.complaints if not any(text in each for text in self.expected)]

    def close(self):
        for context in self.contexts:
            context.close()


def accessible(page, own_colours=None, rules=RULES):
    """Fails on what axe finds in light and in dark, once the page is whole; leaves the page in light.

    Inside of what the selector `own_colours` finds, colours are not the page's to choose.
    """
    found = []
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": rules}, "preload": False}
        result = page.evaluate("options => axe.run(document, options)", options)
        assert result["passes"], "axe looked at nothing"
        for violation in result["violations"]:
            for node in violation["nodes"]:
                if violation["id"] == "color-contrast" and own_colours and page.locator(node["target"][0]).evaluate(
                    "(each, own) => each.closest(own) !== null", own_colours
                ):
                    continue
                found.append(f"{scheme}: {violation['id']}: {node['html'][:160]}: {node['failureSummary']}")
    assert not found, f"{page.url}:\n" + "\n".join(found)


def fits(page):
    """Nothing is wider than the window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} pixels too wide for {page.viewport_size}"


def shot(page, name):
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def looked_at(page, name, rules=RULES):
    """What every page must be: accessible, no wider than a phone, and kept as pictures to be looked at."""
    accessible(page, rules=rules)
    size = page.viewport_size
    for device, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(viewport)
        fits(page)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            shot(page, f"{name}-{device}-{scheme}")
    page.set_viewport_size(size)


@contextlib.contextmanager
def served(body, headers=None, status=200):
    """A page of the test's own, at / of an origin of its own; nothing else is found there."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            there = self.path == "/"
            self.send_response(status if there else 204 if self.path == "/favicon.ico" else 404)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if there:
                self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
