"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.administration.views import administration, health

BLUEPRINTS = (
    administration.bp,
    health.bp,
)
