"""Fixtures shared by every layer, and markers derived from the folder."""

import itertools
import os
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from tests import needs
from tests.fixtures import postgres, remembered
from webapp import create_app
from webapp.config import Config
from webapp.platform import schema, sqlite
from webapp.platform.extensions import db

LAYERS = ("architecture", "unit", "integration", "functional", "e2e")
# pragma: allowlist nextline secret
SECRET = "tests-only-tests-only-tests-only-tests-only"  # noqa: S105 - signs nothing outside the tests
_NUMBERS = itertools.count()
TEMPLATES = remembered.Templates()
Flask.url_rule_class = remembered.Route


def pytest_collection_modifyitems(items):
    """Mark each test with its layer, and run the fast layers first."""
    for item in items:
        parts = Path(item.path).parts
        layer = next((name for name in LAYERS if name in parts), "unit")
        item.add_marker(layer)
        item.user_properties.append(("layer", LAYERS.index(layer)))
    items.sort(key=lambda item: dict(item.user_properties)["layer"])


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
    """The address of a migrated database, emptied for each test."""
    address = postgres.create_database(postgres_server, "shared")
    engine = create_engine(address)
    schema.upgrade(engine)
    engine.dispose()
    postgres.keep(address, "shipped")
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """A migrated, empty database of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "semailles.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    address = request.getfixturevalue("postgres_database")
    postgres.empty(address)
    return address


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


@pytest.fixture
def app(config):
    """The application on an empty migrated database; its jobs run where they are asked for."""
    app = create_app(config)
    app.jinja_env.bytecode_cache = TEMPLATES
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app):
    """A session in the application's context; what a test stores is never committed by itself."""
    with app.app_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def client(app):
    """A browser without JavaScript."""
    return app.test_client()
