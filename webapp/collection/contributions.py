"""Receiving what people say, telling them what became of it, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.collection import devices, endorsements
from webapp.collection.models import (
    LISTENING,
    Channel,
    Concerned,
    Contribution,
    ContributionKind,
    DecisionKind,
    Excerpt,
    ModerationDecision,
    PaperReading,
    Replacement,
    Workshop,
    WorkshopState,
)
from webapp.collection.text_analysis import alike
from webapp.collection.workshops import get_workshop
from webapp.exceptions import (
    ArchivedError,
    IdempotencyError,
    NotFoundError,
    WithdrawnError,
    WorkshopClosedError,
)
from webapp.moderation import decisions, rate_limits, surges
from webapp.platform import audit, text_cleaning, tokens
from webapp.territory import references
from webapp.territory.models import ReferenceKind

_FORMERS = 20
_COMPARED = 200  # the latest: two hundred phones may ask at once, and a page answers at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What may accompany the words; all of it is optional.

    ``token`` is the sending device's, kept as a mark that only this workshop can read; ``queued``
    says that the words were written in time and waited for the network; ``replaces`` is the receipt
    of the idea that these words take the place of, which is withdrawn; ``theme`` is the short
    name of the working group for which a stand inspires its visitor.
    """

    channel: Channel = Channel.PHONE
    kind: ContributionKind | None = None
    table_label: str = ""
    sheet: str = ""
    people: int = 1
    concerned: Concerned = Concerned.UNKNOWN
    territory: str | None = None
    language: str = "fr"
    token: str = ""
    queued: bool = False
    replaces: str = ""
    theme: str = ""


def submit_contribution(
    session: Session, *, code: str, body: str, key: str, now: datetime, details: Details = Details()
) -> Contribution:
    """Record what a participant wrote and return it with its receipt.

    The same ``key`` again answers with the first result, even after the workshop has closed: the
    phone may have lost our reply.

    Raises
    ------
    NotFoundError
        If no workshop has this code, or no contribution the receipt to replace.
    EmptyTextError, TextTooLongError
        If the words cannot be a contribution.
    IdempotencyError
        If ``key`` came before with other words, elsewhere or by another channel.
    WorkshopClosedError
        If the workshop does not accept contributions now.
    UnlistedError
        If the territory is in no list; one that was retired was still offered on an open page.
    TooFastError
        If the device sends faster than a person writes.
    """
    workshop = get_workshop(session, code=code)
    text = text_cleaning.checked_body(body)
    known = _find_by_key(session, key, text, workshop, details)
    if known is not None:
        _mark(session, known, workshop, details)
        return known
    if not _accepts(workshop, details, now):
        raise WorkshopClosedError(workshop.code, workshop.state_at(now))
    _check_details(session, workshop, details, now)
    former = _withdraw_former(session, details.replaces, now) if details.replaces else None
    contribution = build_contribution(workshop, text, key, now, details)
    try:
        with session.begin_nested():
            session.add(contribution)
            session.flush()
    except IntegrityError:
        # On PostgreSQL another request may have stored the same key since we looked.
        stored = _find_by_key(session, key, text, workshop, details)
        if stored is None:
            raise
        return stored
    if former is not None:
        session.add(Replacement(contribution_id=contribution.id, former_id=former.id))
    _mark(session, contribution, workshop, details)
    audit.record(
        session,
        audit.Line(
            action="contribution.receive", subject=f"contribution:{contribution.public_id}", at=now
        ),
    )
    rate_limits.hold_if_paused(session, contribution=contribution, now=now)
    surges.hold_if_beyond(session, contribution=contribution, now=now)
    return contribution


def _check_details(session: Session, workshop: Workshop, details: Details, now: datetime) -> None:
    if details.territory:
        references.check_known(session, kind=ReferenceKind.TERRITORY, code=details.territory)
    if details.token:
        devices.check_pace(session, workshop=workshop, token=details.token, now=now)


def build_contribution(
    workshop: Workshop, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Return a new contribution, one excerpt over the whole of it, waiting for moderation."""
    prompt = workshop.current_prompt
    contribution = Contribution(
        workshop_id=workshop.id,
        prompt_id=prompt.id if prompt else None,
        body=body,
        length=len(body),
        kind=details.kind,
        channel=details.channel,
        table_label=details.table_label,
        sheet=details.sheet,
        people=details.people,
        concerned=details.concerned,
        territory=details.territory,
        language=details.language,
        idempotency_key=key,
        receipt=tokens.new_receipt(),
        submitted_at=now,
    )
    contribution.excerpts.append(Excerpt(start=0, stop=len(body)))
    contribution.decisions.append(ModerationDecision(kind=DecisionKind.PENDING, decided_at=now))
    return contribution


def get_by_receipt(session: Session, *, receipt: str) -> Contribution:
    """Return the contribution whose receipt says ``receipt``, however it was typed.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    contribution = session.scalar(
        select(Contribution)
        .options(selectinload(Contribution.decisions), selectinload(Contribution.workshop))
        .where(Contribution.receipt == tokens.read_code(receipt))
    )
    if contribution is None:
        raise NotFoundError(receipt)
    return contribution


def list_formers(session: Session, *, contribution: Contribution) -> Sequence[Contribution]:
    """Return what ``contribution`` took the place of, latest first: sent again, or read again.

    No more than the last twenty: what anybody may lengthen is not read without an end.
    """
    corrected = PaperReading.correction_id.is_not(None)
    link = (
        select(Replacement.contribution_id.label("later"), Replacement.former_id.label("former"))
        .union_all(
            select(PaperReading.correction_id, PaperReading.contribution_id).where(corrected)
        )
        .subquery()
    )
    chain = (
        select(link.c.former, literal(1).label("depth"))
        .where(link.c.later == contribution.id)
        .cte(recursive=True)
    )
    further = select(link.c.former, chain.c.depth + 1).join(chain, link.c.later == chain.c.former)
    chain = chain.union_all(further.where(chain.c.depth < _FORMERS))
    return session.scalars(
        select(Contribution)
        .options(selectinload(Contribution.decisions), selectinload(Contribution.excerpts))
        .join(chain, chain.c.former == Contribution.id)
        .order_by(chain.c.depth)
    ).all()


def is_replaced(session: Session, *, contribution: Contribution) -> bool:
    """Whether other words, which are still there, took the place of a contribution."""
    link = select(Replacement.contribution_id).where(Replacement.former_id == contribution.id)
    return session.scalar(link) is not None


def list_kept(
    session: Session, *conditions: ColumnElement[bool], limit: int = 200
) -> Sequence[Contribution]:
    """Return the contributions that meet ``conditions`` and were not taken back, latest first."""
    return session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(ModerationDecision.kind != DecisionKind.WITHDRAWN, *conditions)
        .order_by(Contribution.id.desc())
        .limit(limit)
    ).all()


def similar_ideas(session: Session, *, contribution: Contribution) -> tuple[str, ...]:
    """Return the few published ideas of the same workshop that share most words with this one.

    They are for whoever has just spoken: never before, so that nobody is led.
    """
    workshop = contribution.workshop
    shown = endorsements.list_shown(session, workshop=workshop, limit=_COMPARED)
    others = [said.shown_body or "" for said in shown if said.id != contribution.id]
    return tuple(others[position] for position in alike(contribution.body, others))


def withdraw(
    session: Session, *, receipt: str, now: datetime, actor_id: int | None = None
) -> Contribution:
    """Take a contribution back, by whoever holds its receipt.

    ``actor_id`` is that of who is signed in: keying paper in shows its receipts.

    Raises
    ------
    WithdrawnError, ArchivedError
        If it was withdrawn already, or its workshop is archived.
    LastSourceError
        If somebody signed in would leave an adopted item without a source.
    """
    contribution = get_by_receipt(session, receipt=receipt)
    if contribution.decision.kind is DecisionKind.WITHDRAWN:
        raise WithdrawnError
    if contribution.workshop.state is WorkshopState.ARCHIVED:
        raise ArchivedError
    decision = decisions.Decision(kind=DecisionKind.WITHDRAWN, now=now, actor_id=actor_id)
    decisions.decide(session, contribution, decision)
    return contribution


def _withdraw_former(session: Session, receipt: str, now: datetime) -> Contribution | None:
    """Withdraw what is replaced and return it, unless that was done before: perhaps by another."""
    former = get_by_receipt(session, receipt=receipt)
    if former.decision.kind is DecisionKind.WITHDRAWN:
        return None
    return withdraw(session, receipt=receipt, now=now)


def _mark(
    session: Session, contribution: Contribution, workshop: Workshop, details: Details
) -> None:
    if details.territory:
        references.check_known(session, kind=ReferenceKind.TERRITORY, code=details.territory)
    if details.token:
        devices.mark(session, contribution=contribution, workshop=workshop, token=details.token)


def _accepts(workshop: Workshop, details: Details, now: datetime) -> bool:
    """Whether the workshop takes this now: what was said in time is taken after it has closed."""
    state = workshop.state_at(now)
    if details.channel is Channel.IMPORT:
        return state is not WorkshopState.ARCHIVED
    written_in_time = details.queued or details.channel in {Channel.RAPPORTEUR, Channel.PAPER}
    return state is WorkshopState.OPEN or (written_in_time and state in LISTENING)


def _find_by_key(
    session: Session, key: str, body: str, workshop: Workshop, details: Details
) -> Contribution | None:
    known = session.scalar(select(Contribution).where(Contribution.idempotency_key == key))
    if known is None:
        return None
    same = (known.workshop_id, known.channel) == (workshop.id, details.channel)
    # What was erased since can no longer be compared: the key alone says that it came before.
    if not same or (known.erased_at is None and known.body != body):
        raise IdempotencyError(key)
    return known
