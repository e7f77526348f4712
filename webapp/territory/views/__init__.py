"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.territory.views import reference_lists

BLUEPRINTS = (reference_lists.bp,)
