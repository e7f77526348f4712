"""Fixtures shared by every layer, and markers derived from the folder."""

import itertools
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from tests import needs
from tests.fixtures import applications, kept, postgres
from webapp.config import Config
from webapp.platform import schema, sqlite
from webapp.platform.extensions import db, jobs

LAYERS = ("architecture", "unit", "integration", "functional", "e2e")
# Layers whose files share something costly, a server or a model: each file stays in one process.
WHOLE_FILES = frozenset({"unit", "e2e"})
# pragma: allowlist nextline secret
SECRET = "tests-only-tests-only-tests-only-tests-only"  # noqa: S105 - signs nothing outside the tests
_NUMBERS = itertools.count()
# A drawn example takes as long as the machine needs: durations are measured by `make bench`.
settings.register_profile("semailles", deadline=None)
settings.load_profile("semailles")


def pytest_addoption(parser):
    parser.addoption(
        "--databases",
        choices=("dependent", "all"),
        default="dependent",
        help="on PostgreSQL: the tests that depend on it (default), or all of them",
    )


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config, items):
    """Mark each test with its layer, choose those of PostgreSQL, and order them.

    One process runs the fast layers first. Several run first what they cannot share out, so that
    they end together.
    """
    for item in items:
        layer = next((name for name in LAYERS if name in Path(item.path).parts), "unit")
        item.add_marker(layer)
        item.user_properties.append(("layer", LAYERS.index(layer)))
        if layer in WHOLE_FILES and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    if config.getoption("databases") == "dependent":
        config.hook.pytest_deselected(items=[item for item in items if _only_repeats(item)])
        items[:] = [item for item in items if not _only_repeats(item)]
    items.sort(key=_layer)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (item.get_closest_marker("xdist_group") is None, -_layer(item)))


def _layer(item):
    return dict(item.user_properties)["layer"]


def _only_repeats(item):
    """Whether a test repeats on PostgreSQL what it says on SQLite, the database apart."""
    parameters = getattr(item, "callspec", None) and item.callspec.params
    on_postgres = parameters and parameters.get("database_url") == "postgresql"
    return on_postgres and item.get_closest_marker("both_databases") is None


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated database file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "semailles.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare_engine(engine)
    schema.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a private server."""
    programs = needs.postgresql()
    if programs is None:
        reason = "PostgreSQL's programs are not here (package postgresql)"
        # In CI a skip would hide that half of the promise is not tested.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with postgres.server(programs) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_database(postgres_server):
    """A migrated database, emptied for each test."""
    address = postgres.create_database(postgres_server, "shared")
    engine = create_engine(address)
    schema.upgrade(engine)
    engine.dispose()
    database = postgres.Database(address)
    database.keep("shipped")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """A migrated, empty database of each kind in turn; see the marker ``both_databases``."""
    if request.param == "sqlite":
        path = tmp_path / "semailles.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    database = request.getfixturevalue("postgres_database")
    database.empty()
    return database.address


@pytest.fixture
def database(request, database_url, sqlite_template):
    """The database of one test, whose rows can be set aside and put back."""
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        return request.getfixturevalue("postgres_database")
    return kept.SqliteFile(Path(url.database), sqlite_template.parent)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request, tmp_path):
    """A database of each kind without a table, for what changes the schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"bare_{next(_NUMBERS)}"
    yield postgres.create_database(server, name)
    postgres.drop_database(server, name)


@pytest.fixture
def config(tmp_path, database_url):
    """The settings of one test."""
    return Config(
        instance_path=tmp_path,
        secret_key=SECRET,
        database_url=database_url,
        security_contact="mailto:securite@example.org",
        testing=True,
    )


@pytest.fixture(scope="session")
def shared_applications():
    """The applications of this process."""
    return applications.Applications()


@pytest.fixture
def app(config, shared_applications):
    """The application on an empty migrated database; its jobs run where they are asked for."""
    with shared_applications.lend(config) as app:
        yield app


@pytest.fixture
def own_app(config):
    """An application that serves one test, which may add routes and hooks to it."""
    app = applications.build(config)
    yield app
    applications.release(app)


@pytest.fixture
def session(app):
    """A session in the application's context; what a test stores is never committed by itself."""
    with app.app_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def asked_jobs(monkeypatch):
    """Give the names of the jobs that are asked for, which wait instead of running at once."""
    names = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **_: names.append(str(name)))
    return names


@pytest.fixture
def client(app):
    """A browser without JavaScript."""
    return app.test_client()
