"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.moderation.views import maskings, moderation, surges

BLUEPRINTS = (
    maskings.bp,
    moderation.bp,
    surges.bp,
)
