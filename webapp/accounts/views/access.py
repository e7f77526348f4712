"""Authorisation of requests: deny by default, 404 for objects of other groups."""

from collections.abc import Mapping

from flask import Flask, current_app, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts import permissions
from webapp.accounts.forms.accounts import SignInForm
from webapp.accounts.views.post_login import sign_in_page
from webapp.exceptions import ForbiddenError, NotFoundError, UndeclaredRouteError
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views import error_logging
from webapp.platform.views.carried import Carried
from webapp.platform.views.requires import declared_actions
from webapp.territory.models import WorkingGroup
from webapp.territory.working_groups import get_group

_ROUTES = "semailles.routes"


def register(app: Flask) -> None:
    """Enforce the permission table on every route of ``app``, by the action that it declares.

    Raises
    ------
    UndeclaredRouteError
        If a route has no action.
    """
    routes = declared_actions(app)
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - routes.keys()
    if undeclared:
        raise UndeclaredRouteError(tuple(sorted(undeclared)))
    app.extensions[_ROUTES] = routes
    app.before_request(_authorise)


def _routes() -> Mapping[str, Action]:
    found: Mapping[str, Action] = current_app.extensions[_ROUTES]
    return found


def _authorise() -> Response | None:
    """Authorise the request, or ask to sign in."""
    if request.endpoint is None:
        return None  # no such route: 404
    action = _routes().get(request.endpoint)
    if action is None:
        raise ForbiddenError
    if permissions.is_open(action):
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if current_user.must_enrol and action is not Action.ENROL:
        return redirect(url_for("second_factors.show"), 303)
    if not permissions.may(current_user.user, action):
        raise ForbiddenError
    return None


def _ask_to_sign_in() -> Response:
    """Redirect to the sign-in page, or show it with the form that was sent."""
    if request.method == "POST" and request.accept_mimetypes.best != "application/json":
        error_logging.record_reason("session")
        return make_response(sign_in_page(SignInForm(formdata=None), Carried.submitted()), 403)
    target = request.full_path if request.method == "GET" else ""
    return redirect(url_for("account.sign_in", suite=target or None), 303)


def may_here(group: WorkingGroup | None) -> bool:
    """Whether the signed-in user may do the action of the current route in ``group``."""
    may = permissions.may_in(current_user.user, _routes()[request.endpoint or ""], group)
    if not may:
        error_logging.record_reason("others")
    return may


def facilitated_group(slug: str) -> WorkingGroup:
    """Return a working group that the signed-in user may facilitate.

    Raises
    ------
    NotFoundError
        If it does not exist, or the user has no access to it.
    """
    group = get_group(db.session(), slug=slug)
    if not may_here(group):
        raise NotFoundError(slug)
    return group
