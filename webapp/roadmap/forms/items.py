"""Forms of a roadmap item (fiche action)."""

from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from webapp.platform.forms.base import BaseForm, at_most, choices, identifier, stripped
from webapp.review.models import MAX_TITLE_LENGTH
from webapp.roadmap.items import ItemFields
from webapp.roadmap.models import ItemStatus, Priority, RoadmapItem
from webapp.territory.forms.reference_cache import lists
from webapp.territory.forms.reference_fields import ListedField, SeveralListedField
from webapp.territory.models import ReferenceKind
from webapp.vocabulary.labels import LABELS

_TEXT = [Length(max=5000, message="Ce texte dépasse 5 000 caractères.")]
_LINE = [Length(max=200, message="Cette ligne dépasse 200 caractères.")]


class ItemForm(BaseForm):
    """Every field of an item; the service checks those that the status requires."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = StringField(
        "Intitulé",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un intitulé à la fiche."),
            Length(max=MAX_TITLE_LENGTH, message="L’intitulé dépasse 200 caractères."),
        ],
    )
    strand = ListedField("Axe du Pacte", ReferenceKind.STRAND, first={"": "À choisir"})
    measure = StringField("Mesure du Pacte", filters=[stripped], validators=_LINE)
    finding = TextAreaField("Constat", filters=[stripped], validators=_TEXT)
    objective = TextAreaField("Objectif", filters=[stripped], validators=_TEXT)
    description = TextAreaField("Description de l’action", filters=[stripped], validators=_TEXT)
    lead = StringField("Pilote", filters=[stripped], validators=_LINE)
    partners = TextAreaField("Partenaires", filters=[stripped], validators=_TEXT)
    publics = SeveralListedField(
        "Publics",
        ReferenceKind.PUBLIC,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    territories = SeveralListedField(
        "Territoires",
        ReferenceKind.TERRITORY,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    due_date = DateField("Échéance", validators=[Optional()])
    resources = TextAreaField("Moyens", filters=[stripped], validators=_TEXT)
    priority = SelectField(
        "Priorité", choices=choices(LABELS["priority_choice"]), default=str(int(Priority.NONE))
    )
    amendment = TextAreaField(
        "Pourquoi ce qui est décidé change",
        filters=[stripped],
        validators=[at_most(2000, "La raison")],
    )

    @classmethod
    def of(cls, item: RoadmapItem) -> "ItemForm":
        """Return the form filled with the stored values."""
        return cls(
            formdata=None,  # what a request holds is saved: the stored values are shown
            data={
                "version": item.version,
                **{name: getattr(item, name) for name in _PLAIN},
                "strand": item.strand or "",
                "measure": lists().name(ReferenceKind.MEASURE, item.measure),
                "partners": "\n".join(item.partners),
                "priority": str(int(item.priority)),
            },
        )

    def fields(self) -> ItemFields:
        """Return the data for the service."""
        return ItemFields(
            title=self.title.data or "",
            strand=self.strand.data or None,
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
            priority=Priority(int(self.priority.data)),
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
    """The requested status, the reason, and the version seen."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    status = SelectField("État", choices=choices({status: status for status in ItemStatus}))
    reason = TextAreaField("Raison", filters=[stripped], validators=[at_most(2000, "La raison")])


class CardForm(BaseForm):
    """A card of the states: the item, the version seen, and the state that it is moved to."""

    card = StringField()
    target = SelectField(choices=choices({status: status for status in ItemStatus}))

    @property
    def item(self) -> str:
        """The public identifier of the item."""
        return (self.card.data or "").partition(" ")[0]

    @property
    def version(self) -> int | None:
        """The version of the item that the page showed."""
        return identifier((self.card.data or "").partition(" ")[2])
