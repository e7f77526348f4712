"""What is kept, and for how long: words go, rows and counts stay."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.models import Contribution, DecisionKind, ModerationDecision, TextVector
from webapp.services import audit, devices, exports
from webapp.services.imports import drafts
from webapp.services.words import text_hash

ERASED = "[effacé]"
_PURGED = (DecisionKind.MASKED, DecisionKind.SET_ASIDE, DecisionKind.WITHDRAWN)


def purge(session: Session, *, days: int, now: datetime) -> int:
    """Destroy the original words of what was masked, set aside or withdrawn ``days`` ago or more.

    A masked contribution keeps its masked text; the marks of devices go with the workshops that
    are over. Return how many contributions lost their words.
    """
    contributions = session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .where(
            ModerationDecision.kind.in_(_PURGED),
            ModerationDecision.decided_at <= now - timedelta(days=days),
            Contribution.erased_at.is_(None),
        )
        .order_by(Contribution.id)
    ).all()
    for contribution in contributions:
        said = {
            contribution.body,
            *(contribution.body[e.start : e.stop] for e in contribution.excerpts),
        }
        hashes = sorted(text_hash(text) for text in said)
        session.execute(delete(TextVector).where(TextVector.text_hash.in_(hashes)))
        contribution.body, contribution.erased_at = ERASED, now
    session.flush()
    drafts.drop_old(session, now=now)
    exports.drop_old(session, now=now)
    forgotten = devices.forget_old(session, now=now)
    details = f"{len(contributions)} contributions, {days} days, {forgotten} device marks"
    audit.record(
        session,
        audit.Line(action="retention.purge", subject="contributions", at=now, details=details),
    )
    return len(contributions)
