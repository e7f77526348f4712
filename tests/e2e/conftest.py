"""The real product, started as a person would, and a real browser on it."""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import needs

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 180
# The environment of a person who has set nothing.
UNSET = {name: value for name, value in os.environ.items() if "SEMAILLES" not in name}
SCREENSHOTS = Path(__file__).parent / "screenshots"


@contextlib.contextmanager
def served(folder, **settings):
    """Serve what ``folder`` holds on a free port of this machine; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = UNSET | {
        "SEMAILLES_INSTANCE_PATH": str(folder),
        "SEMAILLES_PORT": str(port),
        "SEMAILLES_PUBLIC_URL": address,
        **settings,
    }
    with (folder / "log").open("wb") as log:
        serve = [sys.executable, "-m", "webapp", "serve"]
        process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)
    # A browser silently asks again when a process dies under it: the log is the only witness.
    assert "SIGSEGV" not in (folder / "log").read_text("utf-8", "replace")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """Give a folder of its own what ``semailles demo`` makes, run once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # each process has a folder of its own in there
    made = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # the second process waits, then finds it made
        if not made.exists():
            make_demonstration(tmp_path_factory.mktemp("made")).rename(made)
    return lambda name: shutil.copytree(made, tmp_path_factory.mktemp(name), dirs_exist_ok=True)


def make_demonstration(folder):
    """Make the demonstration in ``folder`` and return it; a few seconds."""
    subprocess.run(
        [sys.executable, "-m", "webapp", "demo"],
        check=True,
        env=UNSET | {"SEMAILLES_INSTANCE_PATH": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.fixture(scope="session")
def base_url(demonstration):
    """The demonstration, served until the tests end."""
    with served(demonstration("instance")) as address:
        yield address


def in_one_piece(app):
    """Read each answer of ``app`` whole, then close it.

    Werkzeug's server leaves a file open when the browser has gone before its end.
    """

    def answered(environ, start_response):
        with contextlib.closing(app(environ, start_response)) as answer:
            return [b"".join(answer)]

    return answered


def _wait_for(address, process):
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pause.wait(0.1)
    pytest.fail(f"the server did not answer at {address}")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session; each test has its own profile."""
    path = needs.chromium()
    if path is None:
        reason = "Chromium is not here (package chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, base_url):
    """Open pages, each in a profile of its own, that reach nothing but our server."""
    contexts, strangers, complaints = [], [], []

    def opened(**options):
        context = browser.new_context(base_url=base_url, locale="fr-FR", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: strangers.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in strangers if not url.startswith(base_url)] == []
    # What a page says when a test shows it an error, or takes its network or its worker away.
    expected = (
        "the server responded with a status of 4",
        "net::ERR_INTERNET",
        "net::ERR_FAILED",
        "registration blocked by Playwright",
        "Clear-Site-Data header on",  # that it was obeyed
        # A field was filled before its page was painted; `test_pages` counts what asks for focus.
        "Autofocus processing was blocked",
    )
    assert [text for text in complaints if not any(e in text for e in expected)] == []


@pytest.fixture
def phone(new_page):
    """A phone, 390 pixels wide."""
    return new_page(viewport={"width": 390, "height": 844}, has_touch=True)


@pytest.fixture(scope="session")
def snapshot():
    """Keep a picture of a step on a phone and on a desk; only where they are asked for."""
    asked = "SCREENSHOTS" in os.environ
    if asked:
        SCREENSHOTS.mkdir(exist_ok=True)

    def taken(page, name):
        if not asked:
            return
        size = page.viewport_size
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(size)

    return taken
