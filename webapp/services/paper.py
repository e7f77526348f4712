"""Paper forms keyed in after the room: what was copied, from which sheet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Channel, Contribution, DecisionKind, Workshop


def list_sheets(
    session: Session, *, workshop: Workshop, limit: int = 200
) -> Sequence[Contribution]:
    """Return what was keyed in from the paper of a workshop and not taken back, latest first."""
    found = session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(Contribution.workshop_id == workshop.id, Contribution.channel == Channel.PAPER)
        .order_by(Contribution.id.desc())
        .limit(limit)
    ).all()
    return [sheet for sheet in found if sheet.decision.kind is not DecisionKind.WITHDRAWN]
