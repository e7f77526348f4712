"""Tables of the notifications room."""

from webapp.notifications.models.calendar_feeds import CalendarFeed
from webapp.notifications.models.mail_preferences import MailPreference

__all__ = ["CalendarFeed", "MailPreference"]
