"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.privacy.views import access_requests, notices, pages, retention

BLUEPRINTS = (
    access_requests.bp,
    notices.bp,
    pages.bp,
    retention.bp,
)
