"""Forms of the workshop code, the workshop settings and its live controls."""

from collections.abc import Iterable
from datetime import datetime

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from webapp.collection.models import Conference, Workshop, WorkshopKind, WorkshopState
from webapp.collection.workshops import MAX_SUPPORT_POINTS, MAX_TIMER_MINUTES, WorkshopFields
from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.platform.languages import lazy as _
from webapp.territory.models import WorkingGroup
from webapp.territory.regions import PARIS
from webapp.vocabulary.labels import capitalised

LOCAL = "%Y-%m-%dT%H:%M"  # format of <input type="datetime-local">


def in_paris(typed: datetime | None) -> datetime:
    """Return the value of a required and validated field, in Europe/Paris."""
    if typed is None:
        raise ValueError("the form was not validated")
    return typed.replace(tzinfo=PARIS)


class JoinForm(BaseForm):
    """Code of a workshop, printed on its poster."""

    code = StringField(
        _("Code de l’atelier"),
        filters=[stripped],
        validators=[
            DataRequired(_("Recopiez le code à six caractères de l’affiche.")),
            Length(max=500, message=_("Un code a six caractères : recopiez celui de l’affiche.")),
        ],
    )


class StateForm(BaseForm):
    """Requested state of a workshop."""

    state = SelectField("État", choices=choices({state: state for state in WorkshopState}))


class PromptForm(BaseForm):
    """A question of a workshop."""

    question = StringField(
        "Question",
        filters=[stripped],
        validators=[
            DataRequired("Écrivez la question."),
            at_most(300, "La question"),
        ],
    )
    hint = StringField(
        "Aide",
        filters=[stripped],
        validators=[at_most(500, "L’aide")],
    )


class TimerForm(BaseForm):
    """Duration of the writing timer."""

    minutes = IntegerField(
        "Minutes",
        default=5,
        validators=[
            InputRequired("Écrivez un nombre de minutes, 0 pour arrêter."),
            NumberRange(
                0, MAX_TIMER_MINUTES, message=f"Écrivez un nombre entre 0 et {MAX_TIMER_MINUTES}."
            ),
        ],
    )


class WallForm(BaseForm):
    """Whether the projector shows the ideas."""

    revealed = BooleanField("Montrer les idées")


class SupportForm(BaseForm):
    """Support points per device."""

    points = IntegerField(
        "Gommettes par personne",
        default=3,
        validators=[
            InputRequired("Écrivez un nombre de gommettes, 0 pour fermer."),
            NumberRange(
                0, MAX_SUPPORT_POINTS, message=f"Écrivez un nombre entre 0 et {MAX_SUPPORT_POINTS}."
            ),
        ],
    )


class WorkshopForm(BaseForm):
    """Editable fields of a workshop, stand, sitting or consultation."""

    title = StringField(
        "Titre",
        filters=[stripped],
        validators=[DataRequired("Donnez un titre."), at_most(200, "Le titre")],
    )
    kind = SelectField("Nature", choices=choices(capitalised("workshop_kind")))
    group = SelectField("Groupe de travail nourri")
    conference = SelectField("Conférence", default="")
    room = StringField("Salle ou lieu", filters=[stripped], validators=[at_most(120, "La salle")])
    starts_at = DateTimeLocalField("Début", format=LOCAL, validators=[Optional()])
    ends_at = DateTimeLocalField("Fin", format=LOCAL, validators=[Optional()])
    organisation = StringField(
        "Organisme", filters=[stripped], validators=[at_most(200, "L’organisme")]
    )
    contact = StringField("Contact", filters=[stripped], validators=[at_most(200, "Le contact")])
    presentation = TextAreaField(
        "Présentation", filters=[stripped], validators=[at_most(2_000, "La présentation")]
    )

    def offer(
        self, groups: Iterable[WorkingGroup], conferences: Iterable[Conference]
    ) -> "WorkshopForm":
        """Set the choices of working groups and conferences; return the form."""
        self.group.choices = choices({group.slug: group.name for group in groups})
        named = {conference.slug: conference.name for conference in conferences}
        self.conference.choices = choices({"": "Aucune"} | named)
        return self

    def validate_ends_at(self, field: DateTimeLocalField) -> None:
        """Check that the end is after the start."""
        start, end = self.starts_at.data, field.data
        if end and not start:
            raise ValidationError("Donnez aussi le début.")
        if start and end and end <= start:
            raise ValidationError("La fin doit suivre le début.")

    def values(
        self, groups: Iterable[WorkingGroup], conferences: Iterable[Conference]
    ) -> WorkshopFields:
        """Return the submitted values for the service; times are in Europe/Paris."""
        chosen = next(group for group in groups if group.slug == self.group.data)
        day = next((one for one in conferences if one.slug == self.conference.data), None)
        start, end = self.starts_at.data, self.ends_at.data
        return WorkshopFields(
            title=self.title.data or "",
            kind=WorkshopKind(self.kind.data),
            working_group=chosen,
            conference=day,
            room=self.room.data or "",
            organisation=self.organisation.data or "",
            contact=self.contact.data or "",
            presentation=self.presentation.data or "",
            starts_at=in_paris(start) if start else None,
            ends_at=in_paris(end) if end else None,
        )

    @classmethod
    def of(cls, workshop: Workshop) -> "WorkshopForm":
        """Return the form filled in from ``workshop``."""
        start, end = workshop.starts_at, workshop.ends_at
        return cls(
            title=workshop.title,
            kind=workshop.kind,
            group=workshop.working_group.slug,
            conference=workshop.conference.slug if workshop.conference else "",
            room=workshop.room,
            starts_at=start.astimezone(PARIS) if start else None,
            ends_at=end.astimezone(PARIS) if end else None,
            organisation=workshop.organisation,
            contact=workshop.contact,
            presentation=workshop.presentation,
        )
