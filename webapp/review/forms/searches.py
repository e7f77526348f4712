"""Search form for the contributions of a working group."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectField, StringField

from webapp.collection.models import Concerned, ContributionKind, Workshop
from webapp.platform.forms.base import ANY, BaseForm, choices, filter_field, member, stripped
from webapp.review.boards import CardOrder, CardQuery, CardState
from webapp.review.excerpts import Outcome, Search
from webapp.review.models import Cluster
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind
from webapp.vocabulary.labels import LABELS


class SearchForm(BaseForm):
    """Words and filters, read from the query string."""

    q = StringField("Mots", filters=[stripped])
    place = filter_field("Place", LABELS["place"])
    groupe = filter_field("Regroupement")
    workshop = filter_field("Atelier")
    territory = ListedField(
        "Territoire", ReferenceKind.TERRITORY, first=ANY, default="", validate_choice=False
    )
    kind = filter_field("Nature", LABELS["kind_list"])
    concerned = filter_field("Personne concernée", LABELS["concerned"])
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
            outcome=member(Outcome, self.place.data),
            cluster=self.groupe.data or "",
            workshop=self.workshop.data or "",
            territory=self.territory.data or None,
            kind=member(ContributionKind, self.kind.data),
            concerned=member(Concerned, self.concerned.data),
            unsure_first=bool(self.doubt.data),
        )


class CardForm(BaseForm):
    """Words, state and order of the list of clusters, read from the query string."""

    q = StringField("Mots", filters=[stripped])
    etat = SelectField(
        "État",
        choices={"": "tous"} | choices(LABELS["card_state"]),
        default="",
        validate_choice=False,
    )
    tri = SelectField(
        "Ordre",
        choices=choices(LABELS["card_order"]),
        default=CardOrder.FAMILY,
        validate_choice=False,
    )

    def wanted(self) -> CardQuery:
        """Return the query; unknown values are ignored."""
        return CardQuery(
            words=self.q.data or "",
            state=member(CardState, self.etat.data),
            order=member(CardOrder, self.tri.data) or CardOrder.FAMILY,
        )
