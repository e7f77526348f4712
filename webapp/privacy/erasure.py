"""Erases the text of contributions everywhere; the rows stay and are counted.

The text is erased from the contribution and from its copies: masked texts, titles and summaries,
review history, run changes, vectors, exported documents. Published versions are immutable and are
not changed: they can only be withdrawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.collection import contributions
from webapp.collection.models import SHOWN, Contribution, DecisionKind, DeviceMark, Replacement
from webapp.moderation import decisions, redaction
from webapp.platform import audit, text_cleaning
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.text_cleaning import ERASED, text_hash
from webapp.publishing import exports
from webapp.review.models import TextVector

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Erasure:
    """Entry of the erasure ledger: the contribution, and whether its masked text stays."""

    contribution: str
    masked_stays: bool


def erase(
    session: Session, *, erased: Sequence[Contribution], now: datetime
) -> tuple[Erasure, ...]:
    """Erase the text of contributions; the masked text of masked ones stays.

    Return the ledger entries, to erase again in a restored backup.
    """
    by_group: dict[int, list[Contribution]] = {}
    for contribution in erased:
        by_group.setdefault(contribution.workshop.working_group_id, []).append(contribution)
    for group_id, members in by_group.items():
        texts = [text for contribution in members for text in _texts(contribution)]
        member_ids = {contribution.id for contribution in members}
        matcher = redaction.matcher_of(session, group_id=group_id, texts=texts, without=member_ids)
        redaction.remove(session, group_id=group_id, matcher=matcher)
    for contribution in erased:
        _erase_text(session, contribution, now)
    # Exported documents only contain text that was shown at least once.
    if any(
        decision.kind in SHOWN for contribution in erased for decision in contribution.decisions
    ):
        exports.drop_made(session)
    session.flush()
    return tuple(
        Erasure(contribution.public_id, stays_masked(contribution)) for contribution in erased
    )


def erase_own(
    session: Session, *, receipt: str, now: datetime, actor_id: int | None = None
) -> tuple[Erasure, ...]:
    """Erase the contribution of ``receipt`` and its earlier versions.

    ``actor_id`` is set when a signed-in person acts for the author. Idempotent: without text left,
    nothing is done nor recorded in the audit log.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    chosen = _with_text_left(session, receipt)
    if not chosen:
        return ()
    for contribution in chosen:
        group_id = contribution.workshop.working_group_id
        enqueue_on_commit(session, Job.READ_GROUPS, group_id=group_id)
    enqueue_on_commit(session, Job.FORGET_TEXTS)
    return _erase_whole(session, chosen, now, actor_id)


def is_left(session: Session, *, receipt: str) -> bool:
    """Whether an erasure by ``receipt`` would still erase text; read-only.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    return bool(_with_text_left(session, receipt))


def erase_again(session: Session, *, known: Iterable[Erasure], now: datetime) -> int:
    """Repeat earlier erasures in a database restored from an older backup.

    A contribution masked after that backup has no masked text there: all its text is erased.
    """
    wanted = {erasure.contribution: erasure.masked_stays for erasure in known}
    found = [
        contribution
        for contribution in _with_words(session, wanted)
        if contribution.erased_at is None or _has_text(contribution)
    ]
    whole = [
        contribution
        for contribution in found
        if not wanted[contribution.public_id] and _has_text(contribution)
    ]
    rest = [
        contribution
        for contribution in found
        if wanted[contribution.public_id] and contribution.erased_at is None
    ]
    erase(session, erased=rest, now=now)
    _erase_whole(session, whole, now)
    return len(whole) + len(rest)


def stays_masked(contribution: Contribution) -> bool:
    """Whether the masked text may stay once the original is erased."""
    return contribution.decision.kind is DecisionKind.MASKED


def _with_text_left(session: Session, receipt: str) -> list[Contribution]:
    """Return the contributions with text left for ``receipt``, read-only."""
    own = contributions.get_by_receipt(session, receipt=receipt)
    return [
        contribution
        for contribution in (own, *contributions.list_replaced(session, contribution=own))
        if contribution.erased_at is None
        or contribution.decision.kind is not DecisionKind.WITHDRAWN
        or _has_text(contribution)
    ]


def _erase_whole(
    session: Session, chosen: Sequence[Contribution], now: datetime, actor_id: int | None = None
) -> tuple[Erasure, ...]:
    for contribution in chosen:
        if contribution.decision.kind is not DecisionKind.WITHDRAWN:
            taken = decisions.Decision(
                kind=DecisionKind.WITHDRAWN, now=now, actor_id=actor_id, by_right=True
            )
            decisions.decide(session, contribution, taken)
        session.execute(delete(DeviceMark).where(DeviceMark.contribution_id == contribution.id))
        subject = f"contribution:{contribution.public_id}"
        line = audit.Line(action="contribution.erase", subject=subject, at=now, actor_id=actor_id)
        audit.record(session, line)
    session.flush()
    session.expire_all()
    return erase(session, erased=chosen, now=now)


def _has_text(contribution: Contribution) -> bool:
    """Whether a contribution has text left, original or masked."""
    masked = (decision.masked_body for decision in contribution.decisions)
    return any(text not in {None, ERASED} for text in (contribution.body, *masked))


def _texts(contribution: Contribution) -> set[str]:
    """Return every stored text of a contribution, except the masked text that stays."""
    retained = contribution.shown_body if stays_masked(contribution) else None
    masked = {decision.masked_body for decision in contribution.decisions} - {None, retained}
    return {text for text in (contribution.body, *masked) if text and text != ERASED}


def _erase_text(session: Session, contribution: Contribution, now: datetime) -> None:
    texts = _texts(contribution)
    parts = {contribution.body[e.start : e.stop] for e in contribution.excerpts}
    read = {text_cleaning.without_masks(text) for text in texts}
    hashes = sorted(text_hash(text) for text in texts | parts | read)
    session.execute(delete(TextVector).where(TextVector.text_hash.in_(hashes)))
    retained = contribution.decision if stays_masked(contribution) else None
    for decision in contribution.decisions:
        if decision.masked_body is not None and decision is not retained:
            decision.masked_body = ERASED
    contribution.body, contribution.erased_at = ERASED, now
    session.execute(delete(Replacement).where(Replacement.former_id == contribution.id))


def _with_words(session: Session, public_ids: Iterable[str]) -> list[Contribution]:
    wanted = sorted(public_ids)
    found: list[Contribution] = []
    for start in range(0, len(wanted), _BATCH):
        found += session.scalars(
            select(Contribution)
            .options(
                selectinload(Contribution.decisions),
                selectinload(Contribution.excerpts),
                joinedload(Contribution.workshop),
            )
            .where(Contribution.public_id.in_(wanted[start : start + _BATCH]))
            .order_by(Contribution.id)
        )
    return found
