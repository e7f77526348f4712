"""Meetings of the steering committee."""

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
    """When and where; then who was there, and what was said besides decisions."""

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
        """Return the form filled in with what is stored."""
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
        """Return what was typed, as the service takes it: hours are those of Paris."""
        return MeetingFields(
            starts_at=given(self.starts_at.data).replace(tzinfo=PARIS),
            place=self.place.data or "",
            attendees=self.attendees.data or "",
            minutes=self.minutes.data or "",
        )


class PointForm(BaseForm):
    """A point to put on the agenda."""

    item = SelectField("Fiche action")
    title = StringField("Ou un sujet", filters=[stripped], validators=[at_most(200, "Le sujet")])

    def offer(self, items: Iterable[RoadmapItem]) -> "PointForm":
        """Let the person choose among the items that wait; return the form."""
        words = {item.public_id: f"{item.reference} – {item.title}" for item in items}
        self.item.choices = choices({"": "Aucune"} | words)
        return self


class DecisionForm(BaseForm):
    """What the committee decides about an item."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    verdict = RadioField(
        "Décision",
        choices=choices(VERDICTS),
        validators=[DataRequired("Choisissez une décision.")],
    )
    reason = TextAreaField("Raison", filters=[stripped], validators=[at_most(2000, "La raison")])
