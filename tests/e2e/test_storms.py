"""What people write is stored once, whatever happens to the network, the server and the phone.

``make storms`` runs two hundred scenarios; ``make test`` the first of them.
"""

import os

import pytest

from tests import needs
from tests.e2e import storms

SCENARIOS = int(os.environ.get("SCENARIOS", "5"))


@pytest.fixture(scope="module")
def server(demonstration):
    """The demonstration on a server that dies often."""
    server = storms.Server(demonstration("storm"))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def phone(browser, server, tmp_path_factory):
    """A phone that has opened the page of the room once."""
    server.start()
    # The session's browser already runs Playwright's loop: this one borrows it.
    phone = storms.Phone(
        browser.browser_type, needs.chromium(), tmp_path_factory.mktemp("profile"), server
    )
    yield phone
    phone.close()


@pytest.mark.parametrize("seed", range(SCENARIOS))
def test_nothing_is_lost_and_nothing_is_doubled(server, phone, seed):
    said = storms.scenario(phone, seed)
    assert said
    assert server.stored(f"Idée {seed}-") == said
