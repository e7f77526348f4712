"""Forms of steering committee meetings."""

from collections.abc import Iterable

from wtforms import (
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from webapp.platform.forms.base import BaseForm, at_most, choices, given, stripped
from webapp.roadmap.meetings import MeetingFields
from webapp.roadmap.models import RoadmapItem, SteeringMeeting, Verdict
from webapp.territory.regions import PARIS

VERDICTS = {
    Verdict.ADOPT: "Adopter",
    Verdict.AMEND: "Demander une reprise",
    Verdict.POSTPONE: "Reporter",
    Verdict.REFUSE: "Refuser",
}


class MeetingForm(BaseForm):
    """Date and place, then attendance and minutes."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    starts_at = DateTimeLocalField(
        "Date et heure", validators=[DataRequired("Donnez la date et l’heure de la réunion.")]
    )
    place = StringField("Lieu", filters=[stripped], validators=[at_most(200, "Le lieu")])
    attendees = TextAreaField(
        "Présents", filters=[stripped], validators=[at_most(5000, "La liste")]
    )
    minutes = TextAreaField(
        "Ce qui s’est dit", filters=[stripped], validators=[at_most(20_000, "Le compte rendu")]
    )

    @classmethod
    def of(cls, meeting: SteeringMeeting) -> "MeetingForm":
        """Return the form filled with the stored values."""
        return cls(
            data={
                "version": meeting.version,
                "starts_at": meeting.starts_at.astimezone(PARIS).replace(tzinfo=None),
                "place": meeting.place,
                "attendees": meeting.attendees,
                "minutes": meeting.minutes,
            }
        )

    def fields(self) -> MeetingFields:
        """Return the data for the service; times are in Europe/Paris."""
        return MeetingFields(
            starts_at=given(self.starts_at.data).replace(tzinfo=PARIS),
            place=self.place.data or "",
            attendees=self.attendees.data or "",
            minutes=self.minutes.data or "",
        )


class PointForm(BaseForm):
    """An agenda point."""

    item = SelectField("Fiche action")
    title = StringField("Ou un sujet", filters=[stripped], validators=[at_most(200, "Le sujet")])

    def offer(self, items: Iterable[RoadmapItem]) -> "PointForm":
        """Set the choices of waiting items; return the form."""
        words = {item.public_id: f"{item.reference} – {item.title}" for item in items}
        self.item.choices = choices({"": "Aucune"} | words)
        return self


class DecisionForm(BaseForm):
    """A decision about an item."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    verdict = RadioField(
        "Décision",
        choices=choices(VERDICTS),
        validators=[DataRequired("Choisissez une décision.")],
    )
    reason = TextAreaField("Raison", filters=[stripped], validators=[at_most(2000, "La raison")])


class CloseForm(BaseForm):
    """The version of the meeting whose minutes are frozen."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
