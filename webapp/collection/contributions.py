"""Contributions: submission, look-up by receipt, withdrawal."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal, select
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
    PrintedSlip,
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
    SlipNotKeyedError,
    WithdrawnError,
    WorkshopClosedError,
)
from webapp.moderation import decisions, rate_limits, surges
from webapp.platform import audit, text_cleaning, tokens
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.small_counts import shown
from webapp.territory import references
from webapp.territory.models import ReferenceKind

_MAX_REPLACED = 20
# An old receipt is found with two characters misread. More would let each guess of a stranger try
# thousands of receipts; new ones need no such bound, since each misreading has one meaning.
_RECEIPT_SWAPS = 2
_ONE_PILE = timedelta(hours=1)
_MAX_COMPARED = 200  # latest ideas compared; bounded since two hundred phones may ask concurrently


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Optional metadata of a contribution.

    ``token`` identifies the device and is stored as an HMAC with the key of the workshop;
    ``queued`` marks a text written offline, before the workshop closed; ``replaces`` is the receipt
    of the contribution to replace, which is withdrawn; ``theme`` is the slug of the working group
    named by the visitor of a stand; ``question`` is the position of the question that the page
    showed, which may no longer be the current one when the text arrives; ``slip`` is the code of
    the printed slip that it was copied from, which becomes its receipt.
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
    question: int | None = None
    slip: str = ""


def submit_contribution(
    session: Session, *, code: str, body: str, key: str, now: datetime, details: Details = Details()
) -> Contribution:
    """Store a contribution and return it, with its receipt.

    ``key`` is an idempotency key: resubmitting returns the stored contribution, even after the
    workshop has closed, since the first response may have been lost.

    Raises
    ------
    NotFoundError
        If no workshop has this code, or no contribution has the receipt to replace.
    EmptyTextError, TextTooLongError
        If the text is not a valid body.
    IdempotencyError
        If ``key`` was used with another text, workshop or channel.
    WorkshopClosedError
        If the workshop does not accept contributions.
    UnlistedError
        If the territory is unknown; a retired one is accepted, as open pages still offer it.
    TooFastError
        If the device exceeds its rate limit.
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
    former = _withdraw_replaced(session, details.replaces, now) if details.replaces else None
    contribution = build_contribution(workshop, text, key, now, details)
    try:
        with session.begin_nested():
            session.add(contribution)
            session.flush()
    except IntegrityError:
        # On PostgreSQL a concurrent request may have stored the same key.
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
        devices.check_rate_limit(session, workshop=workshop, token=details.token, now=now)


def build_contribution(
    workshop: Workshop, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Return a new pending contribution, with one excerpt over its whole text."""
    prompt = workshop.prompt_at(details.question)
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
        receipt=details.slip or tokens.new_receipt(),
        submitted_at=now,
    )
    contribution.excerpts.append(Excerpt(start=0, stop=len(body)))
    contribution.decisions.append(ModerationDecision(kind=DecisionKind.PENDING, decided_at=now))
    return contribution


def get_by_receipt(session: Session, *, receipt: str) -> Contribution:
    """Return the contribution whose receipt was typed or pasted, look-alikes forgiven.

    Raises
    ------
    SlipNotKeyedError
        If it is printed on a slip that has not been keyed in.
    NotFoundError
        If there is none, or if several receipts look like it.
    """
    codes = tokens.codes_in(receipt, length=tokens.RECEIPT_LENGTH)
    alike = {s for code in codes for s in tokens.spellings(code, swaps=_RECEIPT_SWAPS)}
    found = _with_receipts(session, codes) or _with_receipts(session, alike)
    if not found and _is_printed(session, {*codes, *alike}):
        raise SlipNotKeyedError(receipt)
    if len(found) != 1:
        raise NotFoundError(receipt)
    return found[0]


def get_sent(session: Session, *, public_id: str) -> Contribution:
    """Return a contribution for whoever has just sent it.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = session.scalar(select(Contribution).where(Contribution.public_id == public_id))
    if found is None:
        raise NotFoundError(public_id)
    return found


def _is_printed(session: Session, codes: Collection[str]) -> bool:
    printed = select(PrintedSlip.id).where(PrintedSlip.code.in_(codes))
    return session.scalar(printed.limit(1)) is not None


def _with_receipts(session: Session, codes: Collection[str]) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution)
        .options(selectinload(Contribution.decisions), selectinload(Contribution.workshop))
        .where(Contribution.receipt.in_(codes))
    ).all()


def list_replaced(session: Session, *, contribution: Contribution) -> Sequence[Contribution]:
    """Return the contributions that ``contribution`` replaced or corrected, newest first.

    Follows at most twenty links, since participants can extend the chain at will.
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
    chain = chain.union_all(further.where(chain.c.depth < _MAX_REPLACED))
    return session.scalars(
        select(Contribution)
        .options(selectinload(Contribution.decisions), selectinload(Contribution.excerpts))
        .join(chain, chain.c.former == Contribution.id)
        .order_by(chain.c.depth)
    ).all()


def is_replaced(session: Session, *, contribution: Contribution) -> bool:
    """Whether another contribution replaces this one."""
    link = select(Replacement.contribution_id).where(Replacement.former_id == contribution.id)
    return session.scalar(link) is not None


def list_not_withdrawn(
    session: Session, *conditions: ColumnElement[bool], limit: int = 200
) -> Sequence[Contribution]:
    """Return the contributions that meet ``conditions`` and are not withdrawn, newest first."""
    return session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(ModerationDecision.kind != DecisionKind.WITHDRAWN, *conditions)
        .order_by(Contribution.id.desc())
        .limit(limit)
    ).all()


def recent(notes: Iterable[Contribution], now: datetime) -> list[Contribution]:
    """Return the notes keyed in within the hour: the next one is probably of the same pile."""
    return [note for note in notes if now - note.submitted_at < _ONE_PILE]


def similar_ideas(session: Session, *, contribution: Contribution) -> tuple[str, ...]:
    """Return the published ideas of the same workshop that share the most words with this one.

    Shown only after submission, so that they do not influence the author.
    """
    workshop = contribution.workshop
    shown = endorsements.list_shown(session, workshop=workshop, limit=_MAX_COMPARED)
    others = [idea.shown_body or "" for idea in shown if idea.id != contribution.id]
    return tuple(others[position] for position in alike(contribution.body, others))


def count_said(session: Session, *, workshop: Workshop) -> int:
    """Return the number of contributions of a workshop that are not withdrawn; 0 if they are few.

    Whoever reads a small one could count who is in the room.
    """
    count = session.scalar(
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.decision)
        .where(
            Contribution.workshop_id == workshop.id,
            ModerationDecision.kind != DecisionKind.WITHDRAWN,
        )
    )
    found = shown(count or 0)
    return found if isinstance(found, int) else 0


def withdraw(
    session: Session, *, receipt: str, now: datetime, actor_id: int | None = None
) -> Contribution:
    """Withdraw a contribution by its receipt.

    ``actor_id`` is the signed-in user, if any: staff who key paper in see receipts.

    Raises
    ------
    WithdrawnError, ArchivedError
        If it was withdrawn already, or its workshop is archived.
    LastSourceError
        If a signed-in user would leave an adopted item without a source.
    """
    contribution = _withdraw(session, receipt, now, actor_id)
    group_id = contribution.workshop.working_group_id
    enqueue_on_commit(session, Job.READ_GROUPS, group_id=group_id)
    return contribution


def _withdraw(
    session: Session, receipt: str, now: datetime, actor_id: int | None = None
) -> Contribution:
    contribution = get_by_receipt(session, receipt=receipt)
    if contribution.decision.kind is DecisionKind.WITHDRAWN:
        raise WithdrawnError
    if contribution.workshop.state is WorkshopState.ARCHIVED:
        raise ArchivedError
    decision = decisions.Decision(kind=DecisionKind.WITHDRAWN, now=now, actor_id=actor_id)
    decisions.decide(session, contribution, decision)
    return contribution


def _withdraw_replaced(session: Session, receipt: str, now: datetime) -> Contribution | None:
    """Withdraw and return the replaced contribution, or None if it was already withdrawn."""
    former = get_by_receipt(session, receipt=receipt)
    if former.decision.kind is DecisionKind.WITHDRAWN:
        return None
    return _withdraw(session, receipt, now)


def _mark(
    session: Session, contribution: Contribution, workshop: Workshop, details: Details
) -> None:
    if details.territory:
        references.check_known(session, kind=ReferenceKind.TERRITORY, code=details.territory)
    if details.token:
        devices.mark(session, contribution=contribution, workshop=workshop, token=details.token)


def _accepts(workshop: Workshop, details: Details, now: datetime) -> bool:
    """Whether the workshop accepts this; queued, rapporteur and paper texts also once closed."""
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
    # An erased text cannot be compared: the key alone identifies it.
    if not same or (known.erased_at is None and known.body != body):
        raise IdempotencyError(key)
    return known
