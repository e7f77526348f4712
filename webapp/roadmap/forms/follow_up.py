"""Forms of milestones, budget lines, links and the split of an item."""

from collections.abc import Iterable

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from webapp.collection.models import Workshop
from webapp.platform.forms.base import BaseForm, at_most, choices, given, stripped, web_address
from webapp.review.models import MAX_TITLE_LENGTH
from webapp.roadmap.budgets import BudgetFields
from webapp.roadmap.milestones import MilestoneFields
from webapp.roadmap.models import FIRST_YEAR, LAST_YEAR, MAX_AMOUNT
from webapp.vocabulary.labels import capitalised


class MilestoneForm(BaseForm):
    """A milestone."""

    title = StringField(
        "Jalon",
        filters=[stripped],
        validators=[DataRequired("Dites ce qui doit être fait."), at_most(200, "Le jalon")],
    )
    due_date = DateField("Échéance du jalon", validators=[DataRequired("Donnez une échéance.")])

    def fields(self) -> MilestoneFields:
        """Return the data for the service."""
        return MilestoneFields(title=self.title.data or "", due_date=given(self.due_date.data))


class DoneForm(BaseForm):
    """The completion date of a milestone; empty means not done."""

    done_on = DateField("Franchi le", validators=[Optional()])


class BudgetForm(BaseForm):
    """A budget line."""

    year = IntegerField(
        "Année",
        validators=[
            InputRequired("Donnez l’année."),
            NumberRange(FIRST_YEAR, LAST_YEAR, "Écrivez une année, par exemple 2026."),
        ],
    )
    funder = StringField(
        "Financeur",
        filters=[stripped],
        validators=[DataRequired("Dites qui finance."), at_most(200, "Le financeur")],
    )
    purpose = StringField("Objet", filters=[stripped], validators=[at_most(200, "L’objet")])
    amount = IntegerField(
        "Montant en euros",
        filters=[],
        validators=[
            InputRequired("Donnez un montant en euros, sans centimes."),
            NumberRange(0, MAX_AMOUNT, "Écrivez un montant en euros, sans centimes."),
        ],
    )

    def fields(self) -> BudgetFields:
        """Return the data for the service."""
        return BudgetFields(
            year=given(self.year.data),
            funder=self.funder.data or "",
            amount=given(self.amount.data),
            purpose=self.purpose.data or "",
        )


class LinkForm(BaseForm):
    """A link to a local pact or to an initiative, possibly one seen at a stand."""

    kind = SelectField("Nature", choices=choices(capitalised("link")))
    label = StringField("Intitulé", filters=[stripped], validators=[at_most(200, "L’intitulé")])
    website = StringField(
        "Adresse",
        filters=[stripped],
        validators=web_address(500),
    )
    stand = SelectField("Kiosque")

    def offer(self, stands: Iterable[Workshop]) -> "LinkForm":
        """Set the choices of stands; return the form."""
        self.stand.choices = choices({"": "Aucun"} | {w.code: w.title for w in stands})
        return self


class SplitForm(BaseForm):
    """The sources that move to a new item, and its title."""

    sources = SelectMultipleField("Sources qui partent", validate_choice=False)
    new_title = StringField(
        "Intitulé de la nouvelle fiche",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "L’intitulé")],
    )

    def validate_new_title(self, field: StringField) -> None:
        """Require a title; browsers do not, since the other acts of the page go without."""
        if not field.data:
            raise ValidationError("Donnez un intitulé à la nouvelle fiche.")
