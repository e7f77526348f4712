"""Search in the items of a published roadmap, by words and filters."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from webapp.platform.text_cleaning import folded
from webapp.publishing.documents.content import Chapter, Item, ItemStatus, RoadmapDocument

_NUMBERED = re.compile(r"Axe (\d+\b|\w{1,4}(?= – ))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Search criteria; an empty one excludes nothing."""

    words: str = ""
    strand: str = ""
    territory: str = ""
    status: ItemStatus | None = None
    public: str = ""
    lead: str = ""

    @property
    def everything(self) -> bool:
        """Whether there is no criterion."""
        return self == Criteria(words=self.words) and not self.words.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Available filter values: those that some items have.

    ``strands`` maps query values to titles.
    """

    strands: dict[str, str]
    territories: tuple[str, ...]
    statuses: tuple[ItemStatus, ...]
    publics: tuple[str, ...]
    leads: tuple[str, ...]


def choose(document: RoadmapDocument, criteria: Criteria) -> tuple[Chapter, ...]:
    """Return the chapters with their matching items, without empty chapters."""
    if criteria.everything:
        return document.chapters
    terms = folded(criteria.words).split()
    chosen = (
        replace(chapter, items=tuple(i for i in chapter.items if _matches(i, criteria, terms)))
        for chapter in document.chapters
    )
    return tuple(chapter for chapter in chosen if chapter.items)


def facets(document: RoadmapDocument) -> Facets:
    """Return the filter values available in ``document``."""
    items = document.items
    present = {item.status for item in items}
    return Facets(
        strands={strand_key(strand): strand for strand in _sorted(i.strand for i in items)},
        territories=_sorted(place for item in items for place in item.territories),
        statuses=tuple(status for status in ItemStatus if status in present),
        publics=_sorted(public for item in items for public in item.publics),
        leads=_sorted(item.lead for item in items),
    )


def strand_key(strand: str) -> str:
    """Return the query value of an axis: its number, or its title.

    Examples
    --------
    >>> strand_key("Axe 3 – Lutter contre la grande exclusion"), strand_key("Se loger")
    ('3', 'Se loger')
    """
    found = _NUMBERED.match(strand)
    return found.group(1) if found else strand


def _matches(item: Item, criteria: Criteria, terms: list[str]) -> bool:
    asked: tuple[tuple[object, Callable[[], bool]], ...] = (
        (criteria.status, lambda: item.status == criteria.status),
        (criteria.strand, lambda: _same(criteria.strand, strand_key(item.strand), item.strand)),
        (criteria.territory, lambda: _same(criteria.territory, *item.territories)),
        (criteria.public, lambda: _same(criteria.public, *item.publics)),
        (criteria.lead, lambda: _same(criteria.lead, item.lead)),
        (terms, lambda: _contains(item, terms)),
    )
    return all(meets() for value, meets in asked if value)


def _same(criteria: str, *values: str) -> bool:
    return folded(criteria) in {folded(value) for value in values}


def _contains(item: Item, terms: list[str]) -> bool:
    """Whether the text of ``item`` and of its sources contains every word."""
    texts = [source.words for source in item.sources]
    for field in fields(item):
        value = getattr(item, field.name)
        parts = value if isinstance(value, tuple) else (value,)
        texts += [part for part in parts if type(part) is str]
    plain = folded("\n".join(texts))
    return all(word in plain for word in terms)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}, key=folded))
