"""Search form for the contributions of a working group."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from wtforms import BooleanField, SelectField, StringField

from webapp.collection.models import Concerned, ContributionKind, Workshop
from webapp.platform.forms.base import BaseForm, choices, stripped
from webapp.review.boards import CardOrder, CardQuery, CardState
from webapp.review.excerpts import Outcome, Search
from webapp.review.models import Cluster
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind

_Kind = TypeVar("_Kind", bound=StrEnum)
ANY = {"": "peu importe"}
PLACES = {
    Outcome.GROUPED: "dans un regroupement",
    Outcome.ISOLATED: "isolées",
    Outcome.PENDING: "à traiter",
    Outcome.SET_ASIDE: "écartées",
    Outcome.WITHDRAWN: "retirées",
}
STATES = {
    CardState.PROPOSED: "proposés, à relire",
    CardState.ACCEPTED: "acceptés",
    CardState.LATE: "avec des rattachements à confirmer",
    CardState.OPPOSED: "où des avis s’opposent",
    CardState.UNSURE: "avec des notes peu sûres",
}
ORDERS = {
    CardOrder.FAMILY: "par famille",
    CardOrder.SIZE: "les plus gros d’abord",
    CardOrder.DOUBT: "les plus douteux d’abord",
    CardOrder.TITLE: "par titre",
}
KINDS = {
    ContributionKind.PROPOSAL: "propositions",
    ContributionKind.FINDING: "constats",
    ContributionKind.QUESTION: "questions",
    ContributionKind.INITIATIVE: "démarches inspirantes",
}


def _field(label: str, words: dict[_Kind, str]) -> SelectField:
    return SelectField(label, choices=ANY | choices(words), default="", validate_choice=False)


class SearchForm(BaseForm):
    """Words and filters, read from the query string."""

    q = StringField("Mots", filters=[stripped])
    place = _field("Place", PLACES)
    groupe = SelectField("Regroupement", choices=ANY, default="", validate_choice=False)
    workshop = SelectField("Atelier", choices=ANY, default="", validate_choice=False)
    territory = ListedField(
        "Territoire", ReferenceKind.TERRITORY, first=ANY, default="", validate_choice=False
    )
    kind = _field("Nature", KINDS)
    concerned = _field(
        "Personne concernée",
        {Concerned.YES: "oui", Concerned.NO: "non", Concerned.UNKNOWN: "non précisé"},
    )
    doubt = BooleanField("Les moins sûres d’abord")

    def name_workshops(self, workshops: Iterable[Workshop]) -> None:
        """Set the choices of the workshop field."""
        self.workshop.choices = ANY | {w.code: w.title for w in workshops}

    def name_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Set the choices of the cluster field."""
        self.groupe.choices = ANY | {c.public_id: c.title for c in clusters}

    def wanted(self) -> Search:
        """Return the search criteria; unknown values are ignored."""
        return Search(
            words=self.q.data or "",
            outcome=_known(Outcome, self.place.data),
            cluster=self.groupe.data or "",
            workshop=self.workshop.data or "",
            territory=self.territory.data or None,
            kind=_known(ContributionKind, self.kind.data),
            concerned=_known(Concerned, self.concerned.data),
            unsure_first=bool(self.doubt.data),
        )


class CardForm(BaseForm):
    """Words, state and order of the list of clusters, read from the query string."""

    q = StringField("Mots", filters=[stripped])
    etat = SelectField(
        "État", choices={"": "tous"} | choices(STATES), default="", validate_choice=False
    )
    tri = SelectField(
        "Ordre", choices=choices(ORDERS), default=CardOrder.FAMILY, validate_choice=False
    )

    def wanted(self) -> CardQuery:
        """Return the query; unknown values are ignored."""
        return CardQuery(
            words=self.q.data or "",
            state=_known(CardState, self.etat.data),
            order=_known(CardOrder, self.tri.data) or CardOrder.FAMILY,
        )


def _known(kind: type[_Kind], value: str | None) -> _Kind | None:
    return kind(value) if value in {str(member) for member in kind} else None
