"""The application of one command: the factory comes in as click's object, made by ``webapp``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask

from webapp.platform.extensions import db
from webapp.platform.schema import check_schema

Factory = Callable[[], Flask]


@contextmanager
def application(factory: Factory, *, migrated: bool = True) -> Iterator[Flask]:
    """Give the application of this instance, its context open.

    Raises
    ------
    SchemaError
        If ``migrated`` is asked for and the database is not at the version of this code.
    """
    app = factory()
    with app.app_context():
        if migrated:
            check_schema(db.engine)
        yield app


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
