"""The statements that requests send to the database."""

from contextlib import contextmanager

from sqlalchemy import event

from webapp.platform.extensions import db


@contextmanager
def statements(app):
    """Give a list that fills with every statement sent to the database while the block runs."""
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement.lstrip())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count(seen):
    """Return the number of statements that read."""
    return sum(statement.startswith(("SELECT", "WITH")) for statement in seen)
