"""Second reading of masked texts, before the original text is erased."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.collection.text_analysis import Finding, find_personal_data
from webapp.exceptions import ConflictError, NotFoundError
from webapp.moderation.models import MaskReading
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.territory.locking import lock_working_group


@dataclass(frozen=True, slots=True)
class Masking:
    """A masked contribution, with the personal data found in the original and masked texts."""

    contribution: Contribution
    found_in_original: tuple[Finding, ...]
    found_in_masked: tuple[Finding, ...]

    @property
    def masked(self) -> str:
        """The masked text."""
        return self.contribution.decision.masked_body or ""

    def is_by(self, user_id: int) -> bool:
        """Whether this user masked it; another reader is preferred."""
        return self.contribution.decision.actor_id == user_id


def list_unread(session: Session, *, group_id: int, limit: int = 50) -> list[Masking]:
    """Return the masked texts of a working group without a second reading, oldest first."""
    found = session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .options(
            joinedload(Contribution.workshop),
            joinedload(Contribution.decision).joinedload(ModerationDecision.actor),
        )
        .where(Contribution.id.in_(_unread(group_id)))
        .order_by(ModerationDecision.id)
        .limit(limit)
    )
    return [
        Masking(
            contribution,
            find_personal_data(contribution.body),
            find_personal_data(contribution.decision.masked_body or ""),
        )
        for contribution in found
    ]


def count_unread(session: Session, *, group_id: int) -> int:
    """Return the number of masked texts of a working group without a second reading."""
    query = select(func.count()).select_from(_unread(group_id).subquery())
    return session.scalar(query) or 0


def list_read(session: Session, *, group_id: int, limit: int = 20) -> Sequence[MaskReading]:
    """Return the second readings of current maskings, newest first."""
    return session.scalars(
        select(MaskReading)
        .join(MaskReading.decision)
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .options(
            joinedload(MaskReading.read_by),
            joinedload(MaskReading.decision).joinedload(ModerationDecision.contribution),
        )
        .where(Workshop.working_group_id == group_id, ModerationDecision.is_current)
        .order_by(MaskReading.read_at.desc(), MaskReading.decision_id.desc())
        .limit(limit)
    ).all()


def confirm(session: Session, *, contribution: Contribution, actor: Actor) -> MaskReading:
    """Record that a masked text identifies nobody; its original may be erased when due.

    ``actor.version`` is the id of the decision that was read. Idempotent.

    Raises
    ------
    NotFoundError
        If the contribution is not masked.
    ConflictError
        If another decision was recorded meanwhile.
    """
    lock_working_group(session, group_id=contribution.workshop.working_group_id)
    session.expire(contribution, ["decision"])
    decision = contribution.decision
    if decision.kind is not DecisionKind.MASKED:
        raise NotFoundError(contribution.public_id)
    if actor.version is not None and actor.version != decision.id:
        author = decision.actor.display_name if decision.actor else ""
        raise ConflictError(decision.masked_body, author)
    known = session.get(MaskReading, decision.id)
    if known is not None:
        return known
    reading = MaskReading(decision_id=decision.id, read_by_id=actor.id, read_at=actor.now)
    session.add(reading)
    session.flush()
    who = "same person" if decision.actor_id == actor.id else "another person"
    subject = f"contribution:{contribution.public_id}"
    audit.record_act(session, actor, "contribution.mask_read", subject, who)
    return reading


def _unread(group_id: int) -> Select[int]:
    """Return the ids of the masked contributions without a second reading."""
    return (
        select(Contribution.id)
        .join(Contribution.workshop)
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Contribution.id) & ModerationDecision.is_current,
        )
        .outerjoin(MaskReading, MaskReading.decision_id == ModerationDecision.id)
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.kind == DecisionKind.MASKED,
            Contribution.erased_at.is_(None),
            MaskReading.decision_id.is_(None),
        )
    )
