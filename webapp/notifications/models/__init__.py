"""Tables of the notifications room."""

from webapp.notifications.models.calendar_feeds import CalendarFeed

__all__ = ["CalendarFeed"]
