"""Status changes of items: permissions, required fields, history."""

from sqlalchemy.orm import Session

from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.exceptions import (
    ConflictError,
    IncompleteItemError,
    ReasonRequiredError,
    TransitionError,
)
from webapp.platform import audit
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap.models import NEXT_STATUSES, ItemStatus, ItemTransition, RoadmapItem

REQUIRED = ("title", "strand", "finding", "objective", "lead", "due_date")


def set_status(
    session: Session, *, item: RoadmapItem, status: ItemStatus, actor: Actor, reason: str = ""
) -> None:
    """Change the status of an item; the reason of an abandonment is public.

    Raises
    ------
    TransitionError
        If ``status`` cannot follow the current one.
    ReasonRequiredError
        If an item is abandoned without a reason.
    IncompleteItemError
        If a required field is empty.
    ConflictError
        If somebody changed the item since it was read.
    """
    check_version(item, actor)
    if status not in NEXT_STATUSES[item.status]:
        raise TransitionError("item", item.status, status)
    if status not in {ItemStatus.DRAFT, ItemStatus.ABANDONED}:
        check_complete(item)
    reason = clean(reason)
    if status is ItemStatus.ABANDONED and not reason:
        raise ReasonRequiredError
    audit.record_act(session, actor, f"item.{status}", f"item:{item.reference}")
    source, item.status, item.changed_by_id = item.status, status, actor.id
    record(session, item, source, actor, reason)


def check_complete(item: RoadmapItem) -> None:
    """Check that ``item`` has every field required for adoption.

    Raises
    ------
    IncompleteItemError
        With the names of the empty fields.
    """
    missing = missing_fields(item)
    if missing:
        raise IncompleteItemError(missing)


def missing_fields(item: RoadmapItem) -> tuple[str, ...]:
    """Return the names of the required fields that are empty.

    Sources are not required for items of local roadmaps.
    """
    empty = [name for name in REQUIRED if not getattr(item, name)]
    return (*empty, *(() if item.sources or item.is_own else ("sources",)))


def next_statuses(user: User, item: RoadmapItem) -> tuple[ItemStatus, ...]:
    """Return the statuses that ``user`` may set on ``item`` now, in order."""
    allowed = NEXT_STATUSES[item.status]
    return tuple(s for s in ItemStatus if s in allowed and may_set_status(user, s))


def record(
    session: Session,
    item: RoadmapItem,
    source: ItemStatus | None,
    actor: Actor,
    reason: str = "",
) -> None:
    """Record a status change; ``source`` is None for a new item."""
    item.transitions.append(
        ItemTransition(
            source=source,
            target=item.status,
            reason=reason,
            done_at=actor.now,
            actor_id=actor.id,
        )
    )
    session.flush()


def check_version(item: RoadmapItem, actor: Actor) -> None:
    """Check that ``actor`` saw the current version of ``item``.

    Raises
    ------
    ConflictError
        If somebody changed it since.
    """
    if actor.version is not None and actor.version != item.version:
        author = item.changed_by.display_name if item.changed_by else ""
        raise ConflictError(item.title, author)


def may_set_status(user: User, status: ItemStatus) -> bool:
    """Whether ``user`` may set ``status``: facilitators only submit or return to draft."""
    return permissions.may(user, Action.ADOPT_ITEM) or status in {
        ItemStatus.SUBMITTED,
        ItemStatus.DRAFT,
    }
