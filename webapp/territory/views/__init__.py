"""Blueprints of the territory room."""

from webapp.territory.views import reference_lists

BLUEPRINTS = (reference_lists.bp,)
