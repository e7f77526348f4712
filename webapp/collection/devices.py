"""Pseudonymous device marks: they link a phone to its contributions in one workshop.

A phone holds a random token for a day. The database stores its HMAC under the key of the workshop:
marks cannot be linked across workshops, and once the key is destroyed, no token leads to a
contribution.
"""

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import (
    Contribution,
    DeviceMark,
    Endorsement,
    PausedDevice,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.exceptions import TooFastError

BURST = timedelta(seconds=10)
MAX_BURST = 20
TOKEN_LIFE = timedelta(hours=24)
_FINISHED = (WorkshopState.CLOSED, WorkshopState.ARCHIVED)


def mark_of(workshop: Workshop, token: str) -> str | None:
    """Return the mark of a token in ``workshop``, or None once its key is destroyed."""
    if workshop.device_key is None:
        return None
    return hmac.new(workshop.device_key, token.encode(), "sha256").hexdigest()


def mark(session: Session, *, contribution: Contribution, workshop: Workshop, token: str) -> None:
    """Store the mark of the device that sent ``contribution``.

    A device whose first response was lost resubmits with a new token and the same key: its latest
    mark replaces the first.
    """
    device = mark_of(workshop, token)
    if device is not None:
        session.merge(
            DeviceMark(contribution_id=contribution.id, workshop_id=workshop.id, device=device)
        )
        session.flush()


def check_rate_limit(session: Session, *, workshop: Workshop, token: str, now: datetime) -> None:
    """Apply the rate limit of a device.

    The limit is per device, not per IP address, which two hundred phones may share.

    Raises
    ------
    TooFastError
        If it sent ``MAX_BURST`` contributions within ``BURST``.
    """
    latest = session.scalar(
        select(func.count())
        .select_from(DeviceMark)
        .join(DeviceMark.contribution)
        .where(
            DeviceMark.workshop_id == workshop.id,
            DeviceMark.device == mark_of(workshop, token),
            Contribution.submitted_at > now - BURST,
        )
    )
    if (latest or 0) >= MAX_BURST:
        raise TooFastError


def contributions_of(session: Session, *, token: str) -> Sequence[Contribution]:
    """Return the contributions of a device in every workshop with a key, newest first."""
    keyed = session.scalars(select(Workshop).where(Workshop.device_key.is_not(None))).all()
    marks = [device for workshop in keyed if (device := mark_of(workshop, token))]
    return session.scalars(
        select(Contribution)
        .join(DeviceMark, DeviceMark.contribution_id == Contribution.id)
        .options(joinedload(Contribution.decision), joinedload(Contribution.workshop))
        .where(DeviceMark.device.in_(marks))
        .order_by(Contribution.id.desc())
    ).all()


def destroy_marks(session: Session, *, workshops: Iterable[Workshop]) -> int:
    """Destroy the device keys and marks of ``workshops``; return the number of marks."""
    count = 0
    for workshop in workshops:
        workshop.device_key = None
        session.execute(delete(PausedDevice).where(PausedDevice.workshop_id == workshop.id))
        deleted = session.scalars(
            delete(DeviceMark)
            .where(DeviceMark.workshop_id == workshop.id)
            .returning(DeviceMark.contribution_id)
        )
        count += len(deleted.all())
        # Support points are kept, but no longer linked to each other by device.
        session.execute(
            update(Endorsement)
            .where(Endorsement.workshop_id == workshop.id)
            .values(device="forgotten-" + cast(Endorsement.id, String))
        )
    session.flush()
    return count


def purge_marks(session: Session, *, now: datetime, life: timedelta = TOKEN_LIFE) -> int:
    """Purge the devices of finished workshops whose last contribution is older than ``life``.

    A consultation is finished after its end date, even if it was not closed.
    """
    latest = (
        select(func.max(Contribution.submitted_at))
        .where(Contribution.workshop_id == Workshop.id)
        .scalar_subquery()
    )
    finished = session.scalars(
        select(Workshop).where(
            Workshop.state.in_(_FINISHED)
            | ((Workshop.kind == WorkshopKind.CONSULTATION) & (Workshop.ends_at <= now)),
            Workshop.device_key.is_not(None),
            func.coalesce(latest, datetime.min.replace(tzinfo=now.tzinfo)) <= now - life,
        )
    ).all()
    return destroy_marks(session, workshops=finished)
