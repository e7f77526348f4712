"""Paper forms: keying in, second reading, correction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.accounts.models import User
from webapp.collection import contributions, printed_slips, tables
from webapp.collection.contributions import Details
from webapp.collection.models import (
    Channel,
    Contribution,
    DecisionKind,
    ModerationDecision,
    PaperLine,
    PaperReading,
    Prompt,
    Workshop,
)
from webapp.collection.workshops import record_act
from webapp.exceptions import NotFoundError, WithdrawnError
from webapp.moderation import decisions
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.territory.locking import lock_working_group

_LAST = 10**9  # sort key: sheets without a number come last


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A keyed contribution, who keyed it if known, and its second reading if any."""

    note: Contribution
    keyed_by: User | None
    reading: PaperReading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The lines of one sheet, in order."""

    number: str
    table_label: str
    lines: tuple[Line, ...]

    @property
    def unread(self) -> tuple[Line, ...]:
        """The lines without a second reading."""
        return tuple(line for line in self.lines if line.reading is None)


def list_sheets(session: Session, *, workshop: Workshop) -> Sequence[Contribution]:
    """Return the keyed contributions of a workshop that are not withdrawn, newest first."""
    return contributions.list_not_withdrawn(
        session, Contribution.workshop_id == workshop.id, Contribution.channel == Channel.PAPER
    )


def next_question(workshop: Workshop, pile: Sequence[Contribution]) -> Prompt | None:
    """Return the question of the next line: that of the last one of the pile, newest first."""
    return pile[0].prompt if pile else workshop.current_prompt


def key_line(
    session: Session, *, code: str, body: str, key: str, actor: Actor, details: Details
) -> Contribution:
    """Store a line of a sheet and who keyed it; ``key`` is an idempotency key.

    Raises
    ------
    EmptyTextError, TextTooLongError, IdempotencyError, WorkshopClosedError
        As :func:`webapp.collection.contributions.submit_contribution` does.
    SlipUnknownError, SlipUsedError, SlipElsewhereError
        As :func:`webapp.collection.printed_slips.submit_copied` does.
    """
    note = printed_slips.submit_copied(
        session, code=code, body=body, key=key, now=actor.now, details=details
    )
    if session.get(PaperLine, note.id) is None:
        session.add(PaperLine(contribution_id=note.id, keyed_by_id=actor.id))
        session.flush()
        audit.record_act(session, actor, "contribution.key", f"contribution:{note.public_id}")
    return note


def take_back(session: Session, *, note: Contribution, actor: Actor) -> None:
    """Withdraw a line that is still pending.

    Raises
    ------
    WithdrawnError
        As :func:`webapp.collection.tables.take_back` does.
    """
    tables.take_back(session, note=note, now=actor.now, actor_id=actor.id)
    audit.record_act(session, actor, "contribution.unkey", f"contribution:{note.public_id}")


def read_sheets(session: Session, *, workshop: Workshop) -> tuple[Sheet, ...]:
    """Return the sheets of a workshop by number, without withdrawn lines."""
    keyer = aliased(User)
    rows = session.execute(
        select(Contribution, keyer, PaperReading)
        .join(Contribution.decision)
        .outerjoin(PaperLine, PaperLine.contribution_id == Contribution.id)
        .outerjoin(keyer, keyer.id == PaperLine.keyed_by_id)
        .outerjoin(PaperReading, PaperReading.contribution_id == Contribution.id)
        .options(joinedload(Contribution.decision), joinedload(PaperReading.read_by))
        .where(
            Contribution.workshop_id == workshop.id,
            Contribution.channel == Channel.PAPER,
            ModerationDecision.kind != DecisionKind.WITHDRAWN,
        )
        .order_by(Contribution.id)
    )
    lines = [Line(note=note, keyed_by=user, reading=reading) for note, user, reading in rows]
    return tuple(_sheets(sorted(lines, key=_place)))


def count_unread(session: Session, *, workshop: Workshop) -> int:
    """Return the number of keyed lines of a workshop without a second reading."""
    found = session.scalar(
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.decision)
        .outerjoin(PaperReading, PaperReading.contribution_id == Contribution.id)
        .where(
            Contribution.workshop_id == workshop.id,
            Contribution.channel == Channel.PAPER,
            ModerationDecision.kind != DecisionKind.WITHDRAWN,
            PaperReading.contribution_id.is_(None),
        )
    )
    return found or 0


def get_line(session: Session, *, workshop: Workshop, public_id: str) -> Contribution:
    """Return a keyed line of this workshop.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    line = session.scalar(
        select(Contribution).where(
            Contribution.workshop_id == workshop.id,
            Contribution.channel == Channel.PAPER,
            Contribution.public_id == public_id,
        )
    )
    if line is None:
        raise NotFoundError(public_id)
    return line


def get_slip(session: Session, *, workshop: Workshop, public_id: str) -> Contribution:
    """Return a keyed line of this workshop, to print its receipt.

    Raises
    ------
    NotFoundError
        If there is none, or it was withdrawn or corrected: the correction has its own receipt.
    """
    line = get_line(session, workshop=workshop, public_id=public_id)
    if line.decision.kind is DecisionKind.WITHDRAWN:
        raise NotFoundError(public_id)
    return line


def list_slips(session: Session, *, workshop: Workshop) -> Sequence[Contribution]:
    """Return every keyed line that is not withdrawn, sheet by sheet, to print receipts."""
    sheets = read_sheets(session, workshop=workshop)
    return [line.note for sheet in sheets for line in sheet.lines]


def confirm(
    session: Session, *, workshop: Workshop, public_ids: Iterable[str], actor: Actor
) -> int:
    """Record that lines match the paper; return how many are newly confirmed.

    Lines already read or withdrawn are ignored.

    Raises
    ------
    NotFoundError
        If one of them is not a line of this workshop.
    """
    lock_working_group(session, group_id=workshop.working_group_id)
    lines = [get_line(session, workshop=workshop, public_id=public_id) for public_id in public_ids]
    unread = [line for line in lines if _is_unread(session, line)]
    for line in unread:
        session.add(_reading(line, actor))
    session.flush()
    if unread:
        record_act(session, workshop, "second_reading", actor, str(len(unread)))
    return len(unread)


def correct(
    session: Session, *, line: Contribution, body: str, key: str, actor: Actor, details: Details
) -> Contribution:
    """Replace ``line`` by a new contribution; the former is withdrawn.

    The new one counts as read a second time. If nothing changed, the line is only confirmed.

    Raises
    ------
    WithdrawnError
        If a colleague has taken the line back, or corrected it, meanwhile.
    EmptyTextError, TextTooLongError, IdempotencyError, WorkshopClosedError
        As :func:`key_line` does.
    """
    lock_working_group(session, group_id=line.workshop.working_group_id)
    # The code of a slip is handed over below: it is not asked again.
    known = replace(
        details,
        kind=line.kind,
        territory=line.territory,
        language=line.language,
        replaces="",
        slip="",
    )
    if _is_unchanged(line, body, known) and line.decision.kind is not DecisionKind.WITHDRAWN:
        confirm(session, workshop=line.workshop, public_ids=[line.public_id], actor=actor)
        return line
    note = key_line(
        session, code=line.workshop.code, body=body, key=key, actor=actor, details=known
    )
    reading = session.get(PaperReading, line.id)
    if reading is not None and reading.correction_id == note.id:
        return note  # resubmitted
    if line.decision.kind is DecisionKind.WITHDRAWN:
        raise WithdrawnError
    decision = decisions.Decision(kind=DecisionKind.WITHDRAWN, now=actor.now, actor_id=actor.id)
    decisions.decide(session, line, decision)
    printed_slips.hand_over(session, former=line, later=note)
    session.merge(_reading(line, actor, note))
    session.add(_reading(note, actor))
    session.flush()
    subject = f"contribution:{line.public_id}"
    audit.record_act(session, actor, "contribution.correct", subject, note.public_id)
    return note


def _place(line: Line) -> tuple[int, str, str, int]:
    note = line.note
    number = int(note.sheet) if note.sheet.isdecimal() else _LAST
    # Lines without a sheet are not grouped together.
    return number, note.sheet or f"\uffff{note.id:012}", note.table_label, note.id


def _sheets(lines: Iterable[Line]) -> Iterator[Sheet]:
    for _, members in groupby(lines, key=lambda line: _place(line)[:3]):
        found = tuple(members)
        first = found[0].note
        yield Sheet(number=first.sheet, table_label=first.table_label, lines=found)


def _is_unread(session: Session, line: Contribution) -> bool:
    read = session.get(PaperReading, line.id) is not None
    return not read and line.decision.kind is not DecisionKind.WITHDRAWN


def _is_unchanged(line: Contribution, body: str, details: Details) -> bool:
    former = (
        line.prompt,
        line.body,
        line.table_label,
        line.sheet,
        line.people,
        line.concerned,
    )
    return former == (
        line.workshop.prompt_at(details.question),
        body,
        details.table_label,
        details.sheet,
        details.people,
        details.concerned,
    )


def _reading(
    line: Contribution, actor: Actor, correction: Contribution | None = None
) -> PaperReading:
    return PaperReading(
        contribution_id=line.id,
        read_by_id=actor.id,
        read_at=actor.now,
        correction_id=correction.id if correction else None,
    )
