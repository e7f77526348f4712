"""Search in the items of a published roadmap, by words and filters."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from webapp.platform.text_cleaning import folded
from webapp.publishing.documents.content import Chapter, Item, ItemStatus, RoadmapDocument

_NUMBERED = re.compile(r"Axe (\d+\b|\w{1,4}(?= – ))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
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
        return self == Wanted(words=self.words) and not self.words.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Available filter values: those that some items have.

    ``strands`` maps query values to titles.
    """

    strands: dict[str, str]
    territories: tuple[str, ...]
    statuses: tuple[ItemStatus, ...]
    publics: tuple[str, ...]
    leads: tuple[str, ...]


def choose(document: RoadmapDocument, wanted: Wanted) -> tuple[Chapter, ...]:
    """Return the chapters with their matching items, without empty chapters."""
    if wanted.everything:
        return document.chapters
    sought = folded(wanted.words).split()
    chosen = (
        replace(chapter, items=tuple(i for i in chapter.items if _is_wanted(i, wanted, sought)))
        for chapter in document.chapters
    )
    return tuple(chapter for chapter in chosen if chapter.items)


def offers(document: RoadmapDocument) -> Offers:
    """Return the filter values available in ``document``."""
    items = document.items
    present = {item.status for item in items}
    return Offers(
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


def _is_wanted(item: Item, wanted: Wanted, sought: list[str]) -> bool:
    asked: tuple[tuple[object, Callable[[], bool]], ...] = (
        (wanted.status, lambda: item.status == wanted.status),
        (wanted.strand, lambda: _same(wanted.strand, strand_key(item.strand), item.strand)),
        (wanted.territory, lambda: _same(wanted.territory, *item.territories)),
        (wanted.public, lambda: _same(wanted.public, *item.publics)),
        (wanted.lead, lambda: _same(wanted.lead, item.lead)),
        (sought, lambda: _says(item, sought)),
    )
    return all(meets() for value, meets in asked if value)


def _same(wanted: str, *values: str) -> bool:
    return folded(wanted) in {folded(value) for value in values}


def _says(item: Item, sought: list[str]) -> bool:
    """Whether the text of ``item`` and of its sources contains every word."""
    texts = [source.words for source in item.sources]
    for field in fields(item):
        value = getattr(item, field.name)
        parts = value if isinstance(value, tuple) else (value,)
        texts += [part for part in parts if type(part) is str]
    plain = folded("\n".join(texts))
    return all(word in plain for word in sought)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}, key=folded))
