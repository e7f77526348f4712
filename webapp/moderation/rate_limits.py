"""Flood detection (many contributions from one device, near-duplicates) and pausing of devices.

No device is refused, and IP addresses are not used: two hundred phones share one. Contributions
of a paused device are stored, and set aside with the facilitator's reason until it is resumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.collection.models import (
    Contribution,
    DecisionKind,
    DeviceMark,
    ModerationDecision,
    PausedDevice,
    PauseDecision,
    Workshop,
)
from webapp.collection.workshops import record_act
from webapp.exceptions import NotFoundError, ReasonRequiredError
from webapp.moderation import decisions
from webapp.platform import text_cleaning
from webapp.platform.audit import Actor

FLOOD_THRESHOLD = 5  # contributions from one device from which a flood is reported
_MIN_SIMILARITY = 0.8  # Jaccard similarity of words from which two texts are near-duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """Counts for a contribution: same device, near-duplicates in the list, and device pause."""

    from_device: int = 0
    near_duplicates: int = 0
    paused: bool = False

    @property
    def is_notable(self) -> bool:
        """Whether to report it to the facilitator."""
        return self.from_device >= FLOOD_THRESHOLD or self.near_duplicates > 0


def find_floods(session: Session, contributions: Sequence[Contribution]) -> dict[int, Flood]:
    """Return the flood counts of ``contributions``, by contribution id."""
    ids = [contribution.id for contribution in contributions]
    rows = session.execute(
        select(DeviceMark.contribution_id, DeviceMark.workshop_id, DeviceMark.device).where(
            DeviceMark.contribution_id.in_(ids)
        )
    )
    device_of = {identifier: (workshop_id, device) for identifier, workshop_id, device in rows}
    devices = {device for _, device in device_of.values()}
    counts = _count_by_device(session, devices)
    paused = _paused_devices(session, devices)
    bags = {c.id: frozenset(c.body.casefold().split()) for c in contributions}
    return {
        identifier: Flood(
            from_device=counts.get(device_of[identifier][1], 0) if identifier in device_of else 0,
            near_duplicates=sum(
                _are_near_duplicates(bag, other) for key, other in bags.items() if key != identifier
            ),
            paused=identifier in device_of and device_of[identifier] in paused,
        )
        for identifier, bag in bags.items()
    }


def pause(session: Session, *, contribution: Contribution, reason: str, actor: Actor) -> int:
    """Pause the device of ``contribution``: set aside its pending and future contributions.

    Return the number of contributions set aside.

    Raises
    ------
    ReasonRequiredError
        If no reason is given.
    NotFoundError
        If the device marks of the workshop were purged.
    """
    cleaned = text_cleaning.clean(reason)
    if not cleaned:
        raise ReasonRequiredError
    mark = session.get(DeviceMark, contribution.id)
    if mark is None:
        raise NotFoundError(contribution.public_id)
    paused = session.merge(
        PausedDevice(
            workshop_id=mark.workshop_id,
            device=mark.device,
            paused_by_id=actor.id,
            paused_at=actor.now,
            reason=cleaned,
        )
    )
    session.flush()
    waiting = _pending_of_device(session, mark)
    for idea in waiting:
        _set_aside(session, idea, paused, actor.now)
    record_act(session, _workshop(session, mark), "pause_device", actor, str(len(waiting)))
    return len(waiting)


def resume(session: Session, *, contribution: Contribution, actor: Actor) -> int:
    """Resume a paused device: return the contributions that its pause set aside to the queue.

    Return their number, zero if the device was not paused.
    """
    mark = session.get(DeviceMark, contribution.id)
    paused = _pause_of(session, mark)
    if mark is None or paused is None:
        return 0
    resumed = _set_aside_by_pause(session, paused)
    for idea in resumed:
        decision = decisions.Decision(kind=DecisionKind.PENDING, now=actor.now, actor_id=actor.id)
        decisions.decide(session, idea, decision)
    session.delete(paused)
    record_act(session, _workshop(session, mark), "resume_device", actor, str(len(resumed)))
    return len(resumed)


def hold_if_paused(session: Session, *, contribution: Contribution, now: datetime) -> None:
    """Set ``contribution`` aside if its device is paused."""
    paused = _pause_of(session, session.get(DeviceMark, contribution.id))
    if paused is not None:
        _set_aside(session, contribution, paused, now)


def _pause_of(session: Session, mark: DeviceMark | None) -> PausedDevice | None:
    return session.get(PausedDevice, (mark.workshop_id, mark.device)) if mark else None


def _set_aside(
    session: Session, contribution: Contribution, paused: PausedDevice, now: datetime
) -> None:
    decision = decisions.Decision(
        kind=DecisionKind.SET_ASIDE, now=now, actor_id=paused.paused_by_id, reason=paused.reason
    )
    row = decisions.decide(session, contribution, decision)
    session.add(
        PauseDecision(decision_id=row.id, workshop_id=paused.workshop_id, device=paused.device)
    )
    session.flush()


def _pending_of_device(session: Session, mark: DeviceMark) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution)
        .join(DeviceMark, DeviceMark.contribution_id == Contribution.id)
        .join(Contribution.decision)
        .where(
            DeviceMark.workshop_id == mark.workshop_id,
            DeviceMark.device == mark.device,
            ModerationDecision.kind == DecisionKind.PENDING,
        )
        .order_by(Contribution.id)
    ).all()


def _set_aside_by_pause(session: Session, paused: PausedDevice) -> Sequence[Contribution]:
    """Return the contributions whose current decision is one that ``paused`` made."""
    return session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .join(PauseDecision, PauseDecision.decision_id == ModerationDecision.id)
        .where(
            PauseDecision.workshop_id == paused.workshop_id,
            PauseDecision.device == paused.device,
        )
        .order_by(Contribution.id)
    ).all()


def _workshop(session: Session, mark: DeviceMark) -> Workshop:
    return session.scalars(select(Workshop).where(Workshop.id == mark.workshop_id)).one()


def _count_by_device(session: Session, devices: set[str]) -> dict[str, int]:
    rows = session.execute(
        select(DeviceMark.device, func.count())
        .where(DeviceMark.device.in_(devices))
        .group_by(DeviceMark.device)
    )
    return {device: count for device, count in rows}  # noqa: C416 - rows are not pairs to mypy


def _paused_devices(session: Session, devices: set[str]) -> set[tuple[int, str]]:
    rows = session.execute(
        select(PausedDevice.workshop_id, PausedDevice.device).where(
            PausedDevice.device.in_(devices)
        )
    )
    return {(workshop_id, device) for workshop_id, device in rows}


def _are_near_duplicates(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _MIN_SIMILARITY * len(one | other)
