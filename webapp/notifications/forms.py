"""Form of the messages that an account receives."""

from wtforms import BooleanField

from webapp.platform.forms.base import BaseForm


class MailForm(BaseForm):
    """Which messages to receive."""

    reminders = BooleanField("Rappels\u00a0: deux semaines avant une date, et la veille")
    digest = BooleanField(
        "Le lundi, ma semaine\u00a0: ce qui attend, ce qui vient, ce qui a changé"
    )
