"""Form of a conference."""

from wtforms import DateTimeLocalField, IntegerField, StringField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from webapp.collection.conferences import Announcement
from webapp.collection.forms.workshops import LOCAL, in_paris
from webapp.collection.models import Conference
from webapp.platform.forms.base import BaseForm, at_most, stripped
from webapp.territory.regions import PARIS

MAX_CAPACITY = 100_000


class ConferenceForm(BaseForm):
    """Name, place, dates and capacity; times are in Europe/Paris."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    name = StringField(
        "Nom de la conférence",
        filters=[stripped],
        validators=[DataRequired("Donnez un nom."), at_most(200, "Le nom")],
    )
    place = StringField("Lieu", filters=[stripped], validators=[at_most(200, "Le lieu")])
    starts_at = DateTimeLocalField(
        "Début", format=LOCAL, validators=[InputRequired("Donnez le début.")]
    )
    ends_at = DateTimeLocalField("Fin", format=LOCAL, validators=[InputRequired("Donnez la fin.")])
    capacity = IntegerField(
        "Places",
        validators=[
            Optional(),
            NumberRange(1, MAX_CAPACITY, message="Écrivez un nombre de places, ou rien."),
        ],
    )

    def validate_ends_at(self, field: DateTimeLocalField) -> None:
        """Check that the end is after the start."""
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError("La fin doit suivre le début.")

    def values(self) -> Announcement:
        """Return the submitted values for the service."""
        return Announcement(
            name=self.name.data or "",
            place=self.place.data or "",
            starts_at=in_paris(self.starts_at.data),
            ends_at=in_paris(self.ends_at.data),
            capacity=self.capacity.data,
        )

    @classmethod
    def of(cls, conference: Conference) -> "ConferenceForm":
        """Return the form filled in from ``conference``."""
        return cls(
            version=conference.version,
            name=conference.name,
            place=conference.place,
            starts_at=conference.starts_at.astimezone(PARIS),
            ends_at=conference.ends_at.astimezone(PARIS),
            capacity=conference.capacity,
        )
