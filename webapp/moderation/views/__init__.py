"""Blueprints of the moderation room."""

from webapp.moderation.views import maskings, moderation, surges

BLUEPRINTS = (
    maskings.bp,
    moderation.bp,
    surges.bp,
)
