"""A room in a storm: a server that is killed, a phone that loses its network, its tab, its life."""

import contextlib
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import Error, expect

from tests.e2e.conftest import FLAGS, PATIENCE, UNSET

CODE = "H7KQ4M"


class Server:
    """The real server on a port and a database of its own, that may be killed and started again."""

    def __init__(self, folder, workers=1):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder, self.process = folder, None
        self.wrapper = []  # what the server is started in
        self.environment = UNSET | {
            "SEMAILLES_INSTANCE_PATH": str(folder),
            "SEMAILLES_PORT": str(self.port),
            "SEMAILLES_PUBLIC_URL": self.address,
            "SEMAILLES_WORKERS": str(workers),
        }

    def start(self):
        """Start, unless it runs, and wait until it answers."""
        if self.process is not None:
            return
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, sys.executable, "-m", "webapp", "serve"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(self.address, timeout=5).close()  # noqa: S310 - our own server
                return
        raise AssertionError(f"the server did not answer at {self.address}")

    def kill(self):
        """End every process at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None

    def stored(self, mark):
        """Return the words of the contributions that hold ``mark``, one entry for each row."""
        with contextlib.closing(sqlite3.connect(self.folder / "semailles.sqlite")) as base:
            rows = base.execute("SELECT body FROM contribution WHERE instr(body, ?)", (mark,))
            return sorted(body for (body,) in rows)


class Phone:
    """A browser with a profile on disk, so that it can be killed and opened again."""

    def __init__(self, kind, path, profile, server):
        self.kind, self.path, self.profile, self.server = kind, path, profile, server
        self.context = self.page = None
        self.reopen()

    def reopen(self):
        """Open the browser and the page of the room."""
        if self.context is None:
            self.context = self.kind.launch_persistent_context(
                self.profile, executable_path=self.path, args=list(FLAGS), locale="fr-FR"
            )
            self.context.set_default_timeout(20_000)
        for page in self.context.pages[1:]:
            page.close()
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        with contextlib.suppress(Error):  # without a network the browser's own page stands there
            self.page.goto(f"{self.server.address}/a/{CODE}")
            self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def kill(self):
        """End the browser at once."""
        subprocess.run(["pkill", "-9", "-f", str(self.profile)], check=False)
        with contextlib.suppress(Error):
            self.context.close()
        self.context = None

    def close(self):
        if self.context is not None:
            self.context.close()
            self.context = None


def write(phone, words):
    """Write one idea and press the button; return whether there was a form to write in."""
    field = phone.page.get_by_role("textbox")
    if not field.count():
        return False
    field.fill(words)
    phone.page.get_by_role("button", name="Envoyer mon idée").click()
    # Either the receipt has come, or the words are in the browser's database and the form is free.
    settled = phone.page.locator("[data-draft-sent], .sm-send > button:not([aria-disabled])")
    expect(settled.first).to_be_attached(timeout=30_000)
    return True


def offline(phone, words):
    """The phone has no network while it writes."""
    phone.context.set_offline(True)
    said = write(phone, words)
    phone.context.set_offline(False)
    return said


def server_killed(phone, words):
    """The server dies before the idea is sent."""
    phone.server.kill()
    return write(phone, words)


def reply_lost(phone, words):
    """The server stores the idea, and its answer never comes."""

    def lose(route):
        with contextlib.suppress(Error):
            route.fetch(timeout=5_000)
        route.abort()

    pattern = f"**/a/{CODE}"
    phone.page.route(
        pattern, lambda route: lose(route) if route.request.method == "POST" else route.fallback()
    )
    said = write(phone, words)
    with contextlib.suppress(Error):
        phone.page.unroute(pattern)
    return said


def tab_closed(phone, words):
    """The tab is closed while the idea waits."""
    said = offline(phone, words)
    phone.page.close()
    phone.reopen()
    return said


def browser_killed(phone, words):
    """The browser dies while the idea waits."""
    said = server_killed(phone, words)
    phone.kill()
    phone.reopen()
    return said


def two_tabs(phone, words):
    """Two tabs find the network again at the same time."""
    said = offline(phone, words)
    other = phone.context.new_page()
    with contextlib.suppress(Error):
        other.goto(f"{phone.server.address}/a/{CODE}")
    return said


def sunshine(phone, words):
    """Nothing happens."""
    return write(phone, words)


GUSTS = (
    offline,
    server_killed,
    reply_lost,
    tab_closed,
    browser_killed,
    two_tabs,
    sunshine,
)


def scenario(phone, seed):
    """Go through three gusts in an order drawn from ``seed``; return the words that were sent."""
    draw = random.Random(seed)  # noqa: S311 - a test that can be replayed
    said = []
    for number, gust in enumerate(draw.choices(GUSTS, k=3)):
        phone.reopen()
        words = f"Idée {seed}-{number} dite pendant {gust.__name__}"
        if gust(phone, words):
            said.append(words)
        if draw.random() < 0.7:
            phone.server.start()
    phone.server.start()
    phone.reopen()
    expect(phone.page.locator("[data-queue]")).to_have_attribute(
        "data-waiting", "0", timeout=30_000
    )
    return sorted(said)
