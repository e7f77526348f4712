"""Application context of the commands; the factory is injected as click's context object."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask

from webapp.platform.extensions import db
from webapp.platform.schema import check_schema

Factory = Callable[[], Flask]


@contextmanager
def application(factory: Factory, *, migrated: bool = True) -> Iterator[Flask]:
    """Yield the application of this instance, inside its context.

    Raises
    ------
    SchemaError
        If ``migrated`` is true and the database is not at the head revision.
    """
    app = factory()
    with app.app_context():
        if migrated:
            check_schema(db.engine)
        yield app


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)
