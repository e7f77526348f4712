"""Forms of the heading, creation and items of local roadmaps."""

from collections.abc import Iterable

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired

from webapp.platform.forms.base import BaseForm, at_most, choices, given, stripped
from webapp.review.models import MAX_TITLE_LENGTH
from webapp.roadmap.local_roadmaps import Heading, RoadmapFields
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind, Roadmap, Territory, WorkingGroup

_REGION = frozenset({str(Territory.REGION)})


class HeadingForm(BaseForm):
    """Title and years of a roadmap."""

    title = StringField(
        "Intitulé",
        filters=[stripped],
        validators=[DataRequired("Donnez un intitulé."), at_most(200, "L’intitulé")],
    )
    starts_on = DateField("Début", validators=[DataRequired("Donnez le début de la période.")])
    ends_on = DateField("Fin", validators=[DataRequired("Donnez la fin de la période.")])

    @classmethod
    def of(cls, roadmap: Roadmap) -> "HeadingForm":
        """Return the form filled with the stored values."""
        return cls(
            data={
                "title": roadmap.title,
                "starts_on": roadmap.starts_on,
                "ends_on": roadmap.ends_on,
            }
        )

    def heading(self) -> Heading:
        """Return the data for the service."""
        return Heading(
            title=self.title.data or "",
            starts_on=given(self.starts_on.data),
            ends_on=given(self.ends_on.data),
        )


class LocalRoadmapForm(HeadingForm):
    """The heading, and the territory."""

    territory = ListedField("Territoire", ReferenceKind.TERRITORY, without=_REGION)

    def fields(self) -> RoadmapFields:
        """Return the data for the service."""
        return RoadmapFields(
            title=self.title.data or "",
            territory=self.territory.data or "",
            starts_on=given(self.starts_on.data),
            ends_on=given(self.ends_on.data),
        )


class OwnItemForm(BaseForm):
    """A new item of a local roadmap."""

    title = StringField(
        "Intitulé de la fiche",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un intitulé."),
            at_most(MAX_TITLE_LENGTH, "L’intitulé"),
        ],
    )
    group = SelectField("Thème")

    def offer(self, groups: Iterable[WorkingGroup]) -> "OwnItemForm":
        """Set the choices of working groups; return the form."""
        self.group.choices = choices({group.slug: group.name for group in groups})
        return self


class TakenForm(BaseForm):
    """The regional items to take up."""

    chosen = SelectMultipleField("Fiches", validate_choice=False)
