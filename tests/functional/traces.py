"""What a database holds, as one number: two readings that agree mean that nothing was written."""

import hashlib

from sqlalchemy import select

from webapp.platform.extensions import db
from webapp.platform.models import AuditEntry, Base

BEATS = "heartbeat"  # what shows that the database writes is written, and says nothing else


def fingerprint(app, *, without=()):
    """Return a hash of every row of every table, but for those of ``without`` and the heart's."""
    digest = hashlib.sha256()
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            if table.name not in {BEATS, *without}:
                rows = db.session.execute(select(table).order_by(*table.primary_key.columns))
                digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()


def journal(app):
    """Return the lines of the journal, oldest first."""
    with app.app_context():
        found = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(one.action, one.subject, one.actor_id, one.details) for one in found]
