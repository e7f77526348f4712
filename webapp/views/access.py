"""Who is asking, and whether they may: deny by default, answer 404 for what is others'."""

from datetime import UTC, datetime

from flask import Flask, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.exceptions import ForbiddenError, NotFoundError, UndeclaredRouteError
from webapp.extensions import db, refusals
from webapp.models import RoadmapItem, WorkingGroup, Workshop
from webapp.services import items, permissions
from webapp.services.audit import Actor
from webapp.services.permissions import Action
from webapp.services.workshops import get_group, get_workshop
from webapp.views.routes import ROUTES


def register(app: Flask) -> None:
    """Open each route of ``app`` to those whom the permission table lets in, and no other route.

    Raises
    ------
    UndeclaredRouteError
        If a route asks for no permission.
    """
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - ROUTES.keys()
    if undeclared:
        raise UndeclaredRouteError(tuple(sorted(undeclared)))
    app.before_request(_admit)


def _admit() -> Response | None:
    """Let in who may do what the route is for; send the others to the sign-in page."""
    if request.endpoint is None:
        return None  # nothing is there
    action = ROUTES.get(request.endpoint)
    if action is None:
        raise ForbiddenError
    if permissions.is_open(action):
        return None
    if not current_user.is_authenticated:
        target = request.full_path if request.method == "GET" else ""
        return redirect(url_for("account.sign_in", suite=target or None), 303)
    if current_user.must_enrol and action is not Action.ENROL:
        return redirect(url_for("second_factors.show"), 303)
    if not permissions.may(current_user.user, action):
        raise ForbiddenError
    return None


def may_here(group: WorkingGroup | None) -> bool:
    """Whether the person signed in may do in ``group`` what the present route is for."""
    may = permissions.may_in(current_user.user, ROUTES[request.endpoint or ""], group)
    if not may:
        refusals.because("others")
    return may


def facilitated_group(slug: str) -> WorkingGroup:
    """Return a working group that the person signed in may facilitate; to others it is missing.

    Raises
    ------
    NotFoundError
        If it does not exist, or is not theirs.
    """
    group = get_group(db.session(), slug=slug)
    if not may_here(group):
        raise NotFoundError(slug)
    return group
