"""What a person sorts, read from the query string or from a form."""

from enum import StrEnum
from typing import TypeVar

from wtforms import HiddenField, RadioField

from webapp.platform.forms.base import BaseForm, choices, identifier
from webapp.review.triage import Order, Pile, Sorting

_Kind = TypeVar("_Kind", bound=StrEnum)
PILES = {
    Pile.UNPLACED: "celles qui n’ont pas de regroupement",
    Pile.UNREAD: "celles que la machine a placées et que personne n’a relues",
}
ORDERS = {
    Order.DOUBT: "les opposées et les moins sûres d’abord",
    Order.WORKSHOP: "atelier par atelier",
}


class TriageForm(BaseForm):
    """The pile, its order, and the note to go to."""

    pile = RadioField("Notes à trier", choices=choices(PILES), default=Pile.UNPLACED)
    ordre = RadioField("Ordre", choices=choices(ORDERS), default=Order.DOUBT)
    note = HiddenField()  # the note to show
    rang = HiddenField()  # the rank reached in the pile
    relire = HiddenField()  # the note to show again after an act that is undone or cut

    def wanted(self) -> Sorting:
        """Return the pile and its order; unknown values are ignored."""
        return Sorting(
            pile=_known(Pile, self.pile.data) or Pile.UNPLACED,
            order=_known(Order, self.ordre.data) or Order.DOUBT,
            rank=identifier(self.rang.data or "") or 0,
        )

    def asked(self) -> int | None:
        """Return the excerpt of the note to show."""
        return identifier(self.note.data or "")

    def reread(self) -> int | None:
        """Return the excerpt of the note to show again."""
        return identifier(self.relire.data or "")


def _known(kind: type[_Kind], value: str | None) -> _Kind | None:
    return kind(value) if value in {str(member) for member in kind} else None
