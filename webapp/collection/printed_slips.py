"""Printed slips: codes on paper that become receipts once the slip is keyed in.

The code is on the stub, which the author tears off. The part that is handed in has a mark, which
whoever keys it in types.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import Contribution, PrintedSlip, Prompt, Workshop, WorkshopState
from webapp.collection.workshops import get_workshop, record_act
from webapp.exceptions import (
    ArchivedError,
    SlipElsewhereError,
    SlipUnknownError,
    SlipUsedError,
)
from webapp.platform import tokens
from webapp.platform.audit import Actor
from webapp.territory.locking import lock_working_group


def make_slips(
    session: Session, *, workshop: Workshop, prompt: Prompt | None, count: int, actor: Actor
) -> range:
    """Draw the codes of ``count`` more slips; return their numbers in the workshop.

    Raises
    ------
    ArchivedError
        If the workshop is archived: they could not be keyed in.
    """
    if workshop.state is WorkshopState.ARCHIVED:
        raise ArchivedError
    lock_working_group(session, group_id=workshop.working_group_id)
    last = select(func.max(PrintedSlip.number)).where(PrintedSlip.workshop_id == workshop.id)
    first = (session.scalar(last) or 0) + 1
    numbers = range(first, first + count)
    session.add_all(
        PrintedSlip(
            workshop_id=workshop.id,
            prompt_id=prompt.id if prompt else None,
            number=number,
            code=tokens.new_receipt(),
            printed_at=actor.now,
        )
        for number in numbers
    )
    session.flush()
    record_act(session, workshop, "slips", actor, f"{numbers[0]}–{numbers[-1]}")
    return numbers


def list_unkeyed(session: Session, *, workshop: Workshop, numbers: range) -> Sequence[PrintedSlip]:
    """Return those of ``numbers`` that are not keyed in: a receipt is not printed again here."""
    return session.scalars(
        select(PrintedSlip)
        .outerjoin(PrintedSlip.contribution)
        .where(
            PrintedSlip.workshop_id == workshop.id,
            PrintedSlip.number.between(numbers.start, numbers.stop - 1),
            or_(Contribution.id.is_(None), Contribution.receipt != PrintedSlip.code),
        )
        .order_by(PrintedSlip.number)
    ).all()


def has_slips(session: Session, *, workshop: Workshop) -> bool:
    """Whether slips were printed for the workshop."""
    printed = select(PrintedSlip.id).where(PrintedSlip.workshop_id == workshop.id)
    return session.scalar(printed.limit(1)) is not None


def submit_copied(
    session: Session, *, code: str, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Store a text copied by hand; ``details.slip`` is the mark of its slip, as typed, or empty.

    Raises
    ------
    SlipUnknownError, SlipUsedError, SlipElsewhereError
        If the slip does not exist, was keyed in already, or is of another workshop.
    EmptyTextError, TextTooLongError, IdempotencyError, WorkshopClosedError
        As :func:`webapp.collection.contributions.submit_contribution` does.
    """
    printed = _free_slip(session, code, details.slip, key) if details.slip else None
    if printed is not None:
        details = replace(details, slip=printed.code)
    note = contributions.submit_contribution(
        session, code=code, body=body, key=key, now=now, details=details
    )
    if printed is not None and note.receipt == printed.code:
        printed.contribution_id = note.id
        session.flush()
    return note


def _free_slip(session: Session, workshop: str, typed: str, key: str) -> PrintedSlip:
    """Return the slip that was typed, locked, unless another text holds it."""
    slips, workshop_id = _with_mark(session, typed), get_workshop(session, code=workshop).id
    slip = next((slip for slip in slips if slip.workshop_id == workshop_id), None)
    if slip is None and len(slips) == 1:
        raise SlipElsewhereError(slips[0].workshop.title)
    if slip is None:
        raise SlipUnknownError(typed)
    session.refresh(slip, with_for_update=True)  # two people may key the same slip in
    holder = slip.contribution
    if holder is not None and slip.is_keyed and holder.idempotency_key != key:
        raise SlipUsedError(typed)
    return slip


def _with_mark(session: Session, typed: str) -> list[PrintedSlip]:
    """Return the slips of any workshop that have the mark that was typed."""
    read = tokens.read_mark(typed)
    if read is None:
        return []
    number, mark = read
    numbered = session.scalars(select(PrintedSlip).where(PrintedSlip.number == number))
    return [slip for slip in numbered if slip.mark == mark]


def release(session: Session, *, note: Contribution) -> None:
    """Take the code of its slip from a note that is taken back, so that it can be keyed again."""
    slip = _slip_of(session, note)
    if slip is not None and slip.is_keyed:
        note.receipt = tokens.new_receipt()
        session.flush()


def hand_over(session: Session, *, former: Contribution, later: Contribution) -> None:
    """Give the code of the slip of ``former`` to the line that corrects it."""
    slip = _slip_of(session, former)
    if slip is None or not slip.is_keyed:
        return
    release(session, note=former)
    later.receipt, slip.contribution_id = slip.code, later.id
    session.flush()


def mark_of(session: Session, *, note: Contribution) -> str:
    """Return the mark of the slip that a note was copied from, taken back or not, or ""."""
    slip = _slip_of(session, note)
    return slip.mark if slip else ""


def purge(session: Session, *, now: datetime, life: timedelta) -> int:
    """Delete the unused slips of archived workshops printed ``life`` ago; return how many."""
    archived = select(Workshop.id).where(Workshop.state == WorkshopState.ARCHIVED)
    used = select(Contribution.receipt).where(Contribution.id == PrintedSlip.contribution_id)
    deleted = session.scalars(
        delete(PrintedSlip)
        .where(
            PrintedSlip.workshop_id.in_(archived),
            PrintedSlip.printed_at <= now - life,
            PrintedSlip.code.not_in(used),
        )
        .returning(PrintedSlip.id)
        .execution_options(synchronize_session=False)
    )
    return len(deleted.all())


def _slip_of(session: Session, note: Contribution) -> PrintedSlip | None:
    return session.scalar(select(PrintedSlip).where(PrintedSlip.contribution_id == note.id))
