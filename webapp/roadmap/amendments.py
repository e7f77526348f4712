"""Changes to the fields of decided items: who may make them, and the public reason."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.exceptions import DecidedItemError, ReasonRequiredError
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap.models import ItemAmendment, ItemTransition, RoadmapItem


def may_edit(user: User, item: RoadmapItem) -> bool:
    """Whether ``user`` may change the fields of ``item``: decided ones need who may adopt."""
    return not item.is_decided or permissions.may(user, Action.ADOPT_ITEM)


def check_editable(session: Session, *, item: RoadmapItem, actor: Actor) -> None:
    """Check that ``actor`` may change the fields of ``item``.

    Raises
    ------
    DecidedItemError
        If it is decided, and ``actor`` may not change what was decided.
    """
    if item.is_decided and not may_edit(session.get_one(User, actor.id), item):
        raise DecidedItemError(item.reference)


def steps_of(item: RoadmapItem) -> list[ItemTransition | ItemAmendment]:
    """Return the changes of status and of decided fields, latest first."""
    steps: list[ItemTransition | ItemAmendment] = [*item.amendments[::-1], *item.transitions[::-1]]
    return sorted(steps, key=lambda step: step.done_at, reverse=True)


def record(item: RoadmapItem, *, changed: Sequence[str], reason: str, actor: Actor) -> bool:
    """Record that fields of a decided item changed, with the reason; return whether any did.

    Raises
    ------
    ReasonRequiredError
        If no reason is given.
    """
    reason = clean(reason)
    if not changed:
        return False
    if not reason:
        raise ReasonRequiredError
    item.amendments.append(
        ItemAmendment(fields=tuple(changed), reason=reason, done_at=actor.now, actor_id=actor.id)
    )
    return True
