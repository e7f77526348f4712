"""What the campaign left in every field, opened by a real browser: nothing runs."""

import contextlib
import threading

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.attack import payloads
from tests.attack.campaign import LONG, attack, readable
from tests.e2e.conftest import in_one_piece
from tests.functional import conftest as functional

kept_region, things = functional.kept_region, functional.things
address, browser_of = functional.address, functional.browser_of
ALIKE = 20 if LONG else 2  # pages of one kind that are opened
WATCH = """
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = () => console.error(`ran ${name}`);
document.addEventListener("securitypolicyviolation", (report) =>
  console.error(`refused ${report.violatedDirective} ${report.blockedURI} ${report.sample}`));
"""


class Watcher:
    """A browser that notes whatever a page runs, refuses, asks elsewhere or complains about."""

    def __init__(self, context, base):
        self.base, self.seen = base, {}
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self._note(message.text, message.type))
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("dialog", lambda dialog: (self._note("dialog"), dialog.dismiss()))

    def visit(self, url):
        self.url = url
        self.page.goto(url)
        self.page.title()  # what the page said until now was heard

    def _asked(self, request):
        if not request.url.startswith((self.base, "file:")):
            self._note(f"asked for {request.url}")

    def _note(self, what, kind="error"):
        if kind == "error" and "the server responded with a status of 4" not in what:
            self.seen.setdefault(self.url, []).append(what)


@contextlib.contextmanager
def watching(browser, base, session=None):
    """Open a browser that watches, as whoever has ``session`` or as nobody."""
    with browser.new_context(base_url=base, locale="fr-FR") as context:
        if session:
            context.add_cookies([{"name": "session", "value": session.value, "url": base}])
        yield Watcher(context, base)


@contextlib.contextmanager
def served(app):
    """Serve ``app`` on a port of this machine, and give its address."""
    server = make_server("127.0.0.1", 0, in_one_piece(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_check_26_a_real_browser_runs_nothing_of_what_people_typed(
    app, things, address, browser_of, browser, tmp_path
):
    campaign = attack(app, address, browser_of)
    assert len(campaign.sent) >= (500 if LONG else 200)
    opened = 0
    with served(app) as base:
        for name in ("anonymous", "commissaire"):
            client = browser_of(name)
            campaign.pages.clear()
            campaign.crawl(client, readable(app, address))
            with watching(browser, base, client.get_cookie("session")) as watcher:
                for pages in campaign.pages.values():
                    for url in sorted(pages)[:ALIKE]:
                        watcher.visit(url)
                        opened += 1
                assert watcher.seen == {}
        assert opened > 100
        document = tmp_path / "feuille.html"
        files = (client.get(f"/feuille-de-route/version/{n}/html") for n in range(9, 0, -1))
        document.write_bytes(next(file.data for file in files if file.status_code == 200))
        assert b"&lt;" in document.read_bytes()
        with watching(browser, base) as watcher:
            watcher.visit(document.as_uri())
            watcher.visit("/feuille-de-route/")
            assert watcher.seen == {}
            # What the pages said in words was read as words.
            assert payloads.TEMPLATE_RESULT not in watcher.page.content()


@pytest.mark.parametrize(
    ("policy", "said"),
    [("default-src * 'unsafe-inline'", "ran alert"), ("script-src 'self'", "refused script-src")],
)
def test_the_watcher_sees_an_unsafe_page(browser, policy, said):
    bare, headers = Flask("bare"), {"Content-Security-Policy": policy}
    bare.add_url_rule("/pire", "worst", lambda: ("<img src=x onerror=alert(1)>", 200, headers))
    with served(bare) as base, watching(browser, base) as watcher:
        with watcher.page.expect_console_message(lambda message: message.text.startswith(said)):
            watcher.visit("/pire")
        assert [one for one in watcher.seen["/pire"] if one.startswith(said)]
