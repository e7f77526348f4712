"""The fiche action."""

from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from webapp.forms.base import BaseForm, NumberField, choices, stripped
from webapp.models import (
    MAX_TITLE_LENGTH,
    PUBLICS,
    STRAND_TITLES,
    TERRITORY_NAMES,
    ItemStatus,
    RoadmapItem,
    Strand,
)
from webapp.services.items import IndicatorFields, ItemFields

_TEXT = [Length(max=5000, message="Ce texte dépasse 5 000 caractères.")]
_LINE = [Length(max=200, message="Cette ligne dépasse 200 caractères.")]


def _axis(number: Strand) -> str:
    return f"Axe {number} – {STRAND_TITLES[number]}"


class ItemForm(BaseForm):
    """Every field of a fiche action; what a state requires is checked by the service."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = StringField(
        "Intitulé",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un intitulé à la fiche."),
            Length(max=MAX_TITLE_LENGTH, message="L’intitulé dépasse 200 caractères."),
        ],
    )
    strand = SelectField(
        "Axe du Pacte",
        choices=choices({"": "À choisir"} | {strand: _axis(strand) for strand in Strand}),
    )
    measure = StringField("Mesure du Pacte", filters=[stripped], validators=_LINE)
    finding = TextAreaField("Constat", filters=[stripped], validators=_TEXT)
    objective = TextAreaField("Objectif", filters=[stripped], validators=_TEXT)
    description = TextAreaField("Description de l’action", filters=[stripped], validators=_TEXT)
    lead = StringField("Pilote", filters=[stripped], validators=_LINE)
    partners = TextAreaField("Partenaires", filters=[stripped], validators=_TEXT)
    publics = SelectMultipleField(
        "Publics",
        choices=choices({name: name for name in PUBLICS}),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    territories = SelectMultipleField(
        "Territoires",
        choices=choices(TERRITORY_NAMES),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    due_date = DateField("Échéance", validators=[Optional()])
    resources = TextAreaField("Moyens", filters=[stripped], validators=_TEXT)
    indicator_name = StringField("Indicateur", filters=[stripped], validators=_LINE)
    indicator_unit = StringField("Unité", filters=[stripped], validators=[Length(max=60)])
    indicator_baseline = NumberField("Valeur de départ", validators=[Optional()])
    indicator_target = NumberField("Valeur visée", validators=[Optional()])

    @classmethod
    def of(cls, item: RoadmapItem) -> "ItemForm":
        """Return the form filled in with what is stored."""
        indicator = item.indicators[0] if item.indicators else None
        return cls(
            data={
                "version": item.version,
                **{name: getattr(item, name) for name in _PLAIN},
                "strand": item.strand or "",
                "partners": "\n".join(item.partners),
                "indicator_name": indicator.name if indicator else "",
                "indicator_unit": indicator.unit if indicator else "",
                "indicator_baseline": indicator.baseline if indicator else None,
                "indicator_target": indicator.target if indicator else None,
            }
        )

    def fields(self) -> ItemFields:
        """Return what was typed, as the service takes it."""
        return ItemFields(
            title=self.title.data or "",
            strand=Strand(self.strand.data) if self.strand.data else None,
            measure=self.measure.data or "",
            finding=self.finding.data or "",
            objective=self.objective.data or "",
            description=self.description.data or "",
            lead=self.lead.data or "",
            partners=tuple(
                line for raw in (self.partners.data or "").splitlines() if (line := raw.strip())
            ),
            publics=tuple(self.publics.data or ()),
            territories=tuple(self.territories.data or ()),
            due_date=self.due_date.data,
            resources=self.resources.data or "",
            indicator=self._indicator(),
        )

    def _indicator(self) -> IndicatorFields:
        baseline, target = self.indicator_baseline.data, self.indicator_target.data
        return IndicatorFields(
            name=self.indicator_name.data or "",
            unit=self.indicator_unit.data or "",
            baseline=None if baseline is None else float(baseline),
            target=None if target is None else float(target),
        )


_PLAIN = (
    "title",
    "measure",
    "finding",
    "objective",
    "description",
    "lead",
    "publics",
    "territories",
    "due_date",
    "resources",
)


class StatusForm(BaseForm):
    """The state that is asked for, and the version that was seen."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    status = SelectField("État", choices=choices({status: status for status in ItemStatus}))
