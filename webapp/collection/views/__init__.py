"""Blueprints of the collection room."""

from webapp.collection.views import (
    conferences,
    my_ideas,
    paper,
    participant_pages,
    printing,
    projector,
    shared_device,
    stands,
    surveys,
    tables,
    workshops,
)

BLUEPRINTS = (
    conferences.bp,
    my_ideas.bp,
    paper.bp,
    participant_pages.bp,
    printing.bp,
    projector.bp,
    shared_device.bp,
    stands.bp,
    surveys.bp,
    tables.bp,
    workshops.bp,
)
