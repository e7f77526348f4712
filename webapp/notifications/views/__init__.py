"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.notifications.views import calendar_feeds, mailings

BLUEPRINTS = (calendar_feeds.bp, mailings.bp)
