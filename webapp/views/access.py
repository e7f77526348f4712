"""Who is asking, and whether they may: deny by default, answer 404 for what is others'."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.exceptions import ForbiddenError, NotFoundError
from webapp.extensions import db, login_manager
from webapp.extensions.identity import Identity
from webapp.models import RoadmapItem, User, WorkingGroup, Workshop
from webapp.services import items, permissions, users
from webapp.services.audit import Actor
from webapp.services.workshops import get_group, get_workshop

P = ParamSpec("P")
R = TypeVar("R")
login_manager.user_loader(
    lambda public_id: (
        Identity(user) if (user := users.get_active(db.session(), public_id=public_id)) else None
    )
)


def requires(
    predicate: Callable[[User], bool],
) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Let in the accounts for which ``predicate`` holds; send the others to the sign-in page."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                target = request.full_path if request.method == "GET" else ""
                return redirect(url_for("account.sign_in", suite=target or None), 303)
            if not predicate(current_user.user):
                raise ForbiddenError
            return view(*args, **kwargs)

        return guarded

    return decorate


facilitators_only = requires(permissions.may_animate)
commissioners_only = requires(permissions.may_steer)
administrators_only = requires(permissions.may_administer)
observers_only = requires(permissions.may_observe)


def facilitated_group(slug: str) -> WorkingGroup:
    """Return a working group that the person signed in may facilitate; to others it is missing.

    Raises
    ------
    NotFoundError
        If it does not exist, or is not theirs.
    """
    group = get_group(db.session(), slug=slug)
    if not permissions.may_facilitate(current_user.user, group):
        raise NotFoundError(slug)
    return group


def facilitated_workshop(code: str) -> Workshop:
    """Return a workshop that the person signed in may run; to others it is missing.

    Raises
    ------
    NotFoundError
        If it does not exist, or feeds a group that is not theirs.
    """
    workshop = get_workshop(db.session(), code=code)
    if not permissions.may_facilitate(current_user.user, workshop.working_group):
        raise NotFoundError(code)
    return workshop


def facilitated_item(public_id: str) -> RoadmapItem:
    """Return an item that the person signed in may write; to others it is missing.

    Raises
    ------
    NotFoundError
        If it does not exist, or belongs to a group that is not theirs.
    """
    found = items.get_item(db.session(), public_id=public_id)
    if not permissions.may_facilitate(current_user.user, found.working_group):
        raise NotFoundError(public_id)
    return found


def actor(version: int | None = None) -> Actor:
    """Return who acts now, on the version of the object that they were looking at."""
    return Actor(id=current_user.id, now=now(), version=version)


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
