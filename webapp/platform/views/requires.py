"""Declares, on each view, the action that it asks permission for."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from webapp.platform.actions import Action

View = TypeVar("View", bound=Callable[..., Any])
_ACTIONS: dict[Callable[..., Any], Action] = {}


def requires(action: Action) -> Callable[[View], View]:
    """Declare that a view asks permission for ``action``; written below the route."""

    def declare(view: View) -> View:
        _ACTIONS[view] = action
        return view

    return declare


def declared_actions(app: Flask) -> dict[str, Action]:
    """Return the declared action of each endpoint of ``app``."""
    return {
        endpoint: _ACTIONS[view]
        for endpoint, view in app.view_functions.items()
        if view in _ACTIONS
    }
