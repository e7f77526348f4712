"""Devices without names: enough to find one's own ideas again, never enough to be followed.

A phone holds a random token for a day. What is stored is its HMAC under the key of one workshop:
the same phone has another mark in each workshop, and once the key is destroyed no token, not even
the phone's own, leads to a contribution.
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
_OVER = (WorkshopState.CLOSED, WorkshopState.ARCHIVED)


def mark_of(workshop: Workshop, token: str) -> str | None:
    """Return the mark of a device in ``workshop``, or None once its key is destroyed."""
    if workshop.device_key is None:
        return None
    return hmac.new(workshop.device_key, token.encode(), "sha256").hexdigest()


def mark(session: Session, *, contribution: Contribution, workshop: Workshop, token: str) -> None:
    """Remember that ``contribution`` came from the device that holds ``token``.

    A device whose first reply was lost comes back with another token and the same key: its latest
    mark is the one it can read.
    """
    device = mark_of(workshop, token)
    if device is not None:
        session.merge(
            DeviceMark(contribution_id=contribution.id, workshop_id=workshop.id, device=device)
        )
        session.flush()


def check_pace(session: Session, *, workshop: Workshop, token: str, now: datetime) -> None:
    """Make sure that a device writes no faster than a person can.

    The pace is the device's own: two hundred phones behind one address never slow one another.

    Raises
    ------
    TooFastError
        If it sent ``MAX_BURST`` ideas within ``BURST``.
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
    """Return what a device said, in every workshop that still knows it, latest first."""
    keyed = session.scalars(select(Workshop).where(Workshop.device_key.is_not(None))).all()
    marks = [device for workshop in keyed if (device := mark_of(workshop, token))]
    return session.scalars(
        select(Contribution)
        .join(DeviceMark, DeviceMark.contribution_id == Contribution.id)
        .options(joinedload(Contribution.decision), joinedload(Contribution.workshop))
        .where(DeviceMark.device.in_(marks))
        .order_by(Contribution.id.desc())
    ).all()


def forget(session: Session, *, workshops: Iterable[Workshop]) -> int:
    """Destroy the keys of ``workshops`` and the marks made under them; return how many marks."""
    forgotten = 0
    for workshop in workshops:
        workshop.device_key = None
        session.execute(delete(PausedDevice).where(PausedDevice.workshop_id == workshop.id))
        gone = session.scalars(
            delete(DeviceMark)
            .where(DeviceMark.workshop_id == workshop.id)
            .returning(DeviceMark.contribution_id)
        )
        forgotten += len(gone.all())
        # A point stays a point; which points came from one device is forgotten.
        session.execute(
            update(Endorsement)
            .where(Endorsement.workshop_id == workshop.id)
            .values(device="forgotten-" + cast(Endorsement.id, String))
        )
    session.flush()
    return forgotten


def forget_old(session: Session, *, now: datetime, life: timedelta = TOKEN_LIFE) -> int:
    """Forget the devices of the workshops that are over and silent for ``life``.

    A consultation is over at the end of its dates, whether somebody closed it or not.
    """
    latest = (
        select(func.max(Contribution.submitted_at))
        .where(Contribution.workshop_id == Workshop.id)
        .scalar_subquery()
    )
    silent = session.scalars(
        select(Workshop).where(
            Workshop.state.in_(_OVER)
            | ((Workshop.kind == WorkshopKind.CONSULTATION) & (Workshop.ends_at <= now)),
            Workshop.device_key.is_not(None),
            func.coalesce(latest, datetime.min.replace(tzinfo=now.tzinfo)) <= now - life,
        )
    ).all()
    return forget(session, workshops=silent)
