"""Filter form of the audit log."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter

from wtforms import DateField, StringField
from wtforms.validators import Optional

from webapp.accounts.models import User
from webapp.administration.audit_log import NOBODY, Filters
from webapp.platform.forms.base import ANY, BaseForm, choices, filter_field, stripped
from webapp.vocabulary.journal import JOURNAL

_YEARS = range(2000, 3000)  # dates that both databases can compare


class JournalForm(BaseForm):
    """Filters, read from the query string."""

    person = filter_field("Personne", name="personne")
    action = filter_field("Acte", dict(sorted(JOURNAL.items(), key=itemgetter(1))), name="acte")
    subject = StringField("Objet", name="objet", filters=[stripped])
    since = DateField("Du", name="du", validators=[Optional()])
    until = DateField("Au", name="au", validators=[Optional()])

    def offer(self, people: Iterable[User]) -> "JournalForm":
        """Set the choices of accounts; return the form."""
        names = {user.public_id: user.display_name for user in people}
        self.person.choices = choices(ANY | {NOBODY: "sans compte"} | names)
        return self

    def wanted(self) -> Filters:
        """Return the filters; an invalid date is ignored."""
        return Filters(
            person=self.person.data or "",
            action=self.action.data or "",
            subject=self.subject.data or "",
            since=_day(self.since.data),
            until=_day(self.until.data),
        )

    def asked(self) -> dict[str, str]:
        """Return the filters as query parameters."""
        wanted = self.wanted()
        days = {"du": wanted.since, "au": wanted.until}
        words = {"personne": wanted.person, "acte": wanted.action, "objet": wanted.subject}
        words |= {name: day.isoformat() if day else "" for name, day in days.items()}
        return {name: word for name, word in words.items() if word}


def _day(day: date | None) -> date | None:
    return day if day and day.year in _YEARS else None
