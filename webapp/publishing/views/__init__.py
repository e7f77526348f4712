"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.publishing.views import (
    api,
    committee,
    exports,
    open_data,
    publications,
    reactions,
    receipts,
    reports,
    roadmap,
    templates,
    versions,
)

BLUEPRINTS = (
    api.bp,
    committee.bp,
    exports.bp,
    open_data.bp,
    publications.bp,
    reactions.bp,
    receipts.bp,
    reports.bp,
    roadmap.bp,
    templates.bp,
    versions.bp,
)
