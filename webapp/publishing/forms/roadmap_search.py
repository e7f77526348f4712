"""Search form of the published roadmap, read from the query string."""

from collections.abc import Iterable

from wtforms import SelectField, StringField

from webapp.platform.forms.base import BaseForm, stripped
from webapp.publishing.documents.content import ItemStatus
from webapp.publishing.roadmap_search import Criteria, Facets
from webapp.vocabulary.labels import label

ANY = {"": "peu importe"}


def _field(label: str, name: str) -> SelectField:
    return SelectField(label, name=name, choices=ANY, default="", validate_choice=False)


class CatalogueForm(BaseForm):
    """Words and filters; unknown values are ignored."""

    words = StringField("Mots", name="q", filters=[stripped])
    strand = _field("Axe", "axe")
    territory = _field("Territoire", "territoire")
    status = _field("État", "etat")
    public = _field("Public", "public")
    lead = _field("Pilote", "pilote")

    def offer(self, facets: Facets) -> None:
        """Set the choices to the values present in the roadmap."""
        self.strand.choices = ANY | facets.strands
        self.territory.choices = ANY | _named(facets.territories)
        self.status.choices = ANY | {str(s): label("item", s) for s in facets.statuses}
        self.public.choices = ANY | _named(facets.publics)
        self.lead.choices = ANY | _named(facets.leads)

    def wanted(self) -> Criteria:
        """Return the search criteria."""
        status = _chosen(self.status)
        return Criteria(
            words=self.words.data or "",
            strand=_chosen(self.strand),
            territory=_chosen(self.territory),
            status=ItemStatus(status) if status else None,
            public=_chosen(self.public),
            lead=_chosen(self.lead),
        )

    def describe(self) -> tuple[str, ...]:
        """Return the criteria as text, for the results page and its print."""
        filters = (self.strand, self.territory, self.status, self.public, self.lead)
        offered = ({str(value): word for value, word, *_ in f.iter_choices()} for f in filters)
        chosen = (
            words[_chosen(f)] for f, words in zip(filters, offered, strict=True) if _chosen(f)
        )
        return *((self.words.data,) if self.words.data else ()), *chosen


def _named(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values}


def _chosen(field: SelectField) -> str:
    value = field.data or ""
    return value if value in {str(choice[0]) for choice in field.iter_choices()} else ""
