"""Forms of the edits on several items."""

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional

from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.roadmap.batch_edits import Batch
from webapp.roadmap.models import Priority
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind
from webapp.vocabulary.labels import LABELS

_SAME = {"": "Ne pas changer"}


class BatchForm(BaseForm):
    """Field values for the selected items; an empty field changes nothing."""

    chosen = SelectMultipleField("Fiches", validate_choice=False)
    strand = ListedField("Axe", ReferenceKind.STRAND, first=_SAME)
    priority = SelectField("Priorité", choices=choices(_SAME | LABELS["priority_choice"]))
    lead = StringField("Pilote", filters=[stripped], validators=[at_most(200, "Le pilote")])
    due_date = DateField("Échéance", validators=[Optional()])
    amendment = StringField(
        "Pourquoi ce qui est décidé change",
        filters=[stripped],
        validators=[at_most(2000, "La raison")],
    )

    def batch(self) -> Batch:
        """Return the data for the service."""
        return Batch(
            strand=self.strand.data or None,
            lead=self.lead.data or None,
            due_date=self.due_date.data,
            priority=Priority(int(self.priority.data)) if self.priority.data else None,
        )


class ChosenForm(BaseForm):
    """The items to merge."""

    chosen = SelectMultipleField("Fiches", validate_choice=False)


class BasisForm(BaseForm):
    """The basis of the chapters."""

    basis = SelectField(
        "Chapitres", choices=choices({"strand": "Par axe", "group": "Par groupe de travail"})
    )
