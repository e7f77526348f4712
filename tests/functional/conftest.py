"""Fixtures of the tests through HTTP."""

import contextlib
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests import builders
from tests.fixtures import mailbox
from tests.fixtures.kept import Kept
from tests.functional import region
from tests.functional.browsing import sign_in
from webapp.accounts.models import Role, User
from webapp.imports import contributions, drafts
from webapp.imports.views import imports, programme, roadmap_imports
from webapp.platform.extensions import transaction
from webapp.platform.mail import Mailer


@pytest.fixture(scope="session")
def kept_region():
    """The region, as it was built for the first test that asked for it."""
    return Kept("region")


@pytest.fixture
def things(app, database, kept_region):
    """The values that name one object of each kind, in a region that has lived."""
    now = datetime.now(UTC)
    with app.app_context(), transaction() as session:
        assert session.scalars(select(User)).first() is None, "the region comes before other rows"
    values = kept_region.put_back(database, now)
    if values is None:
        with app.app_context(), transaction() as session:
            values = region.build(session)
        kept_region.keep(database, values, now)
    return dict(values)


@pytest.fixture
def browser_of(app):
    """Open the browser of somebody, signed in unless they are anonymous."""

    def opened(name):
        client = app.test_client()
        if name != "anonymous":
            assert sign_in(client, f"{name}@example.org").status_code == 303
        return client

    return opened


@pytest.fixture
def address(app, things):
    """Give the address of an endpoint, its arguments taken among the things of the region."""

    def addressed(rule, **changes):
        values = {name: things[name] for name in rule.arguments}
        if rule.endpoint == "public.receipt":
            values["code"] = things["receipt"]
        with app.test_request_context():
            return app.url_for(rule.endpoint, **values | changes)

    return addressed


@pytest.fixture
def staff(app, client):
    """A facilitator, signed in, with an open workshop of theirs."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
    sign_in(client, "animation@example.org")
    return client


@pytest.fixture
def admin(app, client):
    """Somebody who administers, signed in."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session, role=Role.ADMINISTRATOR, email="admin@example.org")
    sign_in(client, "admin@example.org")
    return client


@pytest.fixture
def box(app, config, monkeypatch):
    """A mailbox, to which the application sends its messages."""
    with mailbox.serve() as box:
        monkeypatch.setitem(app.config, "MAILER", Mailer(mailbox.settings(config, box)))
        yield box


@pytest.fixture
def phone(app):
    """The phone of somebody in the room."""
    return app.test_client()


@pytest.fixture
def reading(monkeypatch):
    """Each reading of a file or of a row by the guard, and whether others waited for it to end."""
    seen, turns = [], []

    @contextlib.contextmanager
    def turn():
        with transaction() as session:
            turns.append(True)
            try:
                yield session
            finally:
                turns.pop()

    def watch(module, name):
        real = getattr(module, name)

        def watched(*values, **named):
            seen.append((name, bool(turns)))
            return real(*values, **named)

        monkeypatch.setattr(module, name, watched)

    for view in (imports, programme, roadmap_imports):
        monkeypatch.setattr(view, "transaction", turn)
    watch(drafts, "read_table")
    watch(contributions, "find_personal_data")
    return seen
