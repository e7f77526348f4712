"""Paper forms keyed in after the room: what was copied, from which sheet."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webapp.models import Channel, Contribution, Workshop
from webapp.services import contributions


def list_sheets(session: Session, *, workshop: Workshop) -> Sequence[Contribution]:
    """Return what was keyed in from the paper of a workshop and not taken back, latest first."""
    return contributions.list_kept(
        session, Contribution.workshop_id == workshop.id, Contribution.channel == Channel.PAPER
    )
