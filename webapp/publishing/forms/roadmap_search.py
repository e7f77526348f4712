"""Search form of the published roadmap, read from the query string."""

from collections.abc import Iterable

from wtforms import StringField

from webapp.platform.forms.base import ANY, BaseForm, chosen, filter_field, stripped
from webapp.publishing.documents.content import ItemStatus
from webapp.publishing.roadmap_search import Criteria, Facets
from webapp.vocabulary.labels import label


class CatalogueForm(BaseForm):
    """Words and filters; unknown values are ignored."""

    words = StringField("Mots", name="q", filters=[stripped])
    strand = filter_field("Axe", name="axe")
    territory = filter_field("Territoire", name="territoire")
    status = filter_field("État", name="etat")
    public = filter_field("Public", name="public")
    lead = filter_field("Pilote", name="pilote")

    def offer(self, facets: Facets) -> None:
        """Set the choices to the values present in the roadmap."""
        self.strand.choices = ANY | facets.strands
        self.territory.choices = ANY | _named(facets.territories)
        self.status.choices = ANY | {str(s): label("item", s) for s in facets.statuses}
        self.public.choices = ANY | _named(facets.publics)
        self.lead.choices = ANY | _named(facets.leads)

    def wanted(self) -> Criteria:
        """Return the search criteria."""
        status = chosen(self.status)
        return Criteria(
            words=self.words.data or "",
            strand=chosen(self.strand),
            territory=chosen(self.territory),
            status=ItemStatus(status) if status else None,
            public=chosen(self.public),
            lead=chosen(self.lead),
        )

    def describe(self) -> tuple[str, ...]:
        """Return the criteria as text, for the results page and its print."""
        filters = (self.strand, self.territory, self.status, self.public, self.lead)
        offered = ({str(value): word for value, word, *_ in f.iter_choices()} for f in filters)
        named = (words[chosen(f)] for f, words in zip(filters, offered, strict=True) if chosen(f))
        return *((self.words.data,) if self.words.data else ()), *named


def _named(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values}
