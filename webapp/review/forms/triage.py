"""What a person sorts, read from the query string or from a form."""

from wtforms import HiddenField, RadioField

from webapp.platform.forms.base import BaseForm, choices, identifier, member
from webapp.review.triage import Order, Pile, Sorting
from webapp.vocabulary.labels import LABELS


class TriageForm(BaseForm):
    """The pile, its order, and the note to go to."""

    pile = RadioField("Notes à trier", choices=choices(LABELS["pile"]), default=Pile.UNPLACED)
    ordre = RadioField("Ordre", choices=choices(LABELS["triage_order"]), default=Order.DOUBT)
    note = HiddenField()  # the note to show
    rang = HiddenField()  # the rank reached in the pile
    relire = HiddenField()  # the note to show again after an act that is undone or cut

    def wanted(self) -> Sorting:
        """Return the pile and its order; unknown values are ignored."""
        return Sorting(
            pile=member(Pile, self.pile.data) or Pile.UNPLACED,
            order=member(Order, self.ordre.data) or Order.DOUBT,
            rank=identifier(self.rang.data or "") or 0,
        )

    def asked(self) -> int | None:
        """Return the excerpt of the note to show."""
        return identifier(self.note.data or "")

    def reread(self) -> int | None:
        """Return the excerpt of the note to show again."""
        return identifier(self.relire.data or "")
