"""Forms of steering committee meetings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import (
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, Optional
from wtforms.widgets import HiddenInput

from webapp.platform.forms.base import BaseForm, at_most, choices, given, stripped
from webapp.roadmap.meetings import MeetingFields, Ruling
from webapp.roadmap.models import RoadmapItem, SteeringMeeting, Verdict
from webapp.territory.regions import PARIS
from webapp.vocabulary.labels import LABELS


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
            formdata=None,
            data={
                "version": meeting.version,
                "starts_at": meeting.starts_at.astimezone(PARIS).replace(tzinfo=None),
                "place": meeting.place,
                "attendees": meeting.attendees,
                "minutes": meeting.minutes,
            },
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

    def is_filled(self) -> bool:
        """Whether an item was chosen or a subject typed."""
        return bool(self.item.data or self.title.data)


class DecisionForm(BaseForm):
    """A decision about an item, inside the form of the meeting."""

    class Meta(BaseForm.Meta):
        """The form of the meeting carries the CSRF token."""

        csrf = False

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    verdict = RadioField(
        "Décision",
        choices=choices(LABELS["verdict_act"]),
        validate_choice=False,  # no choice is allowed: AnyOf checks the one that is made
        validators=[Optional(), AnyOf(list(LABELS["verdict_act"]), "Choisissez une décision.")],
    )
    reason = TextAreaField("Raison", filters=[stripped], validators=[at_most(2000, "La raison")])

    @classmethod
    def on_agenda(cls, meeting: SteeringMeeting) -> "dict[str, DecisionForm]":
        """Return a form for each item on the agenda, by its public identifier."""
        items = [point.item for point in meeting.agenda if point.item is not None]
        return {
            # WTForms adds no hyphen to an identifier that ends with one, or with an underscore.
            item.public_id: cls(prefix=f"{item.public_id}-", data={"version": item.version})
            for item in items
        }

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Refuse a reason that goes with no decision."""
        valid = super().validate(extra_validators)
        if self.reason.data and not self.verdict.data:
            self.verdict.errors = ["Choisissez une décision, ou effacez la raison."]
            return False
        return valid

    def is_filled(self) -> bool:
        """Whether a decision was chosen or a reason typed."""
        return bool(self.verdict.data or self.reason.data)

    def ruling(self, item: str) -> Ruling:
        """Return the decision on ``item`` for the service."""
        return Ruling(
            item=item,
            verdict=Verdict(self.verdict.data),
            reason=self.reason.data or "",
            version=self.version.data,
        )


class CloseForm(BaseForm):
    """The version of the meeting whose minutes are frozen."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
