"""Filter form of the audit log."""

from collections.abc import Iterable
from datetime import date

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional

from webapp.accounts.models import User
from webapp.administration.audit_log import NOBODY, Filters
from webapp.platform.forms.base import BaseForm, choices, stripped
from webapp.vocabulary.journal import JOURNAL

_ANY = {"": "peu importe"}
_YEARS = range(2000, 3000)  # dates that both databases can compare


class JournalForm(BaseForm):
    """Filters, read from the query string."""

    person = SelectField("Personne", name="personne", default="", validate_choice=False)
    action = SelectField(
        "Acte",
        name="acte",
        choices=choices(_ANY | dict(sorted(JOURNAL.items(), key=lambda pair: pair[1]))),
        default="",
        validate_choice=False,
    )
    subject = StringField("Objet", name="objet", filters=[stripped])
    since = DateField("Du", name="du", validators=[Optional()])
    until = DateField("Au", name="au", validators=[Optional()])

    def offer(self, people: Iterable[User]) -> "JournalForm":
        """Set the choices of accounts; return the form."""
        names = {user.public_id: user.display_name for user in people}
        self.person.choices = choices(_ANY | {NOBODY: "sans compte"} | names)
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
