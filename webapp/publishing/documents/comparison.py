"""Differences between two versions: by item, by field, by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final

from webapp.platform.file_text import cleaned
from webapp.publishing.documents.content import Item, RoadmapDocument
from webapp.publishing.documents.labels import label, text_of
from webapp.publishing.documents.record_lines import lines_of

_TOKENS: Final = re.compile(r"\w+|\s+|[^\w\s]")
# Above this many pairs of words, the exact comparison is too slow: frequent words are ignored as
# anchors (difflib's autojunk); the result is still a valid difference.
_MANY_PAIRS: Final = 1_000_000
# Fields that always differ between versions, and those compared separately.
_ALWAYS_NEW: Final = frozenset({"version", "as_of", "sha256", "draft", "chapters"})


class Change(StrEnum):
    """Kind of change."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words or one line of a list, and their change."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that changed; a list is compared by ``lines``, a text by words."""

    name: str
    label: str
    lines: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An item that was added, removed or changed; ``title`` is the one it has now, or last had."""

    change: Change
    reference: str
    title: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that changed from version ``before`` to version ``after``."""

    before: int
    after: int
    general: tuple[FieldChange, ...]
    items: tuple[ItemChange, ...]
    unchanged: int

    @property
    def identical(self) -> bool:
        """Whether both versions say the same."""
        return not (self.general or self.items)

    def count(self, change: Change) -> int:
        """Return the number of items with this change."""
        return sum(item.change == change for item in self.items)


def compare(before: RoadmapDocument, after: RoadmapDocument) -> Comparison:
    """Return the differences from ``before`` to ``after``: changed, added, then removed items."""
    before, after = cleaned(before), cleaned(after)
    old = {item.reference: item for item in before.items}
    new = {item.reference: item for item in after.items}
    changes = [_item_change(old[name], item) for name, item in new.items() if name in old]
    return Comparison(
        before=before.version,
        after=after.version,
        general=tuple(_general(before, after)),
        items=(
            *(change for change in changes if change is not None),
            *(
                _whole_item_change(Change.ADDED, item)
                for name, item in new.items()
                if name not in old
            ),
            *(
                _whole_item_change(Change.REMOVED, item)
                for name, item in old.items()
                if name not in new
            ),
        ),
        unchanged=changes.count(None),
    )


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the word difference of two texts, in reading order.

    Examples
    --------
    >>> [(str(p.change), p.text) for p in compare_words("Un bus rouge", "Un bus vert")]
    [('same', 'Un bus '), ('removed', 'rouge'), ('added', 'vert')]
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    return tuple(
        Piece(change, "".join(words))
        for removed, added in _merged(_runs(old, new))
        for change, words in _sides(removed, added)
    )


def compare_lines(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """Return the line difference of two lists."""
    return tuple(
        Piece(change, line)
        for removed, added in _runs(before, after)
        for change, lines in _sides(removed, added)
        for line in lines
    )


_Run = tuple[Sequence[str], Sequence[str]]


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    """Yield aligned runs of words, equal or changed."""
    exact = len(before) * len(after) <= _MANY_PAIRS
    # Blanks are junk: matched beside words, never used as anchors.
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=not exact)
    for _, start, stop, new_start, new_stop in matcher.get_opcodes():
        yield before[start:stop], after[new_start:new_stop]


def _merged(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Merge changes separated only by a blank, for readability."""
    for changed, group in groupby(_bridged(list(runs)), key=lambda run: run[0]):
        parts = [run for _, run in group]
        if changed:
            yield (
                [w for removed, _ in parts for w in removed],
                [w for _, added in parts for w in added],
            )
        else:
            yield from parts


def _bridged(runs: list[_Run]) -> Iterator[tuple[bool, _Run]]:
    changed = [removed != added for removed, added in runs]
    for rank, (removed, added) in enumerate(runs):
        between = 0 < rank < len(runs) - 1 and changed[rank - 1] and changed[rank + 1]
        yield changed[rank] or (between and "".join(removed).isspace()), (removed, added)


def _sides(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[Change, Sequence[str]]]:
    if removed == added:
        yield Change.SAME, removed
        return
    if removed:
        yield Change.REMOVED, removed
    if added:
        yield Change.ADDED, added


def _whole_item_change(change: Change, item: Item) -> ItemChange:
    return ItemChange(change=change, reference=item.reference, title=item.title)


def _item_change(before: Item, after: Item) -> ItemChange | None:
    changed = tuple(_field_changes(before, after, [field.name for field in fields(Item)]))
    if not changed:
        return None
    return ItemChange(
        change=Change.CHANGED, reference=after.reference, title=after.title, fields=changed
    )


def _general(before: RoadmapDocument, after: RoadmapDocument) -> Iterator[FieldChange]:
    names = [field.name for field in fields(RoadmapDocument) if field.name not in _ALWAYS_NEW]
    yield from _field_changes(before, after, names)
    chapters = [
        tuple(text_of((chapter.title, chapter.introduction)) for chapter in document.chapters)
        for document in (before, after)
    ]
    if chapters[0] != chapters[1]:
        yield _lines_change("chapters", chapters[0], chapters[1])


def _field_changes(before: object, after: object, names: Iterable[str]) -> Iterator[FieldChange]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if any(isinstance(value, tuple) or is_dataclass(value) for value in (old, new)):
            yield _lines_change(name, lines_of(old), lines_of(new))
        else:
            pieces = compare_words(text_of(old), text_of(new))
            yield FieldChange(name=name, label=label(name), lines=False, pieces=pieces)


def _lines_change(name: str, before: Sequence[str], after: Sequence[str]) -> FieldChange:
    pieces = compare_lines(before, after)
    return FieldChange(name=name, label=label(name), lines=True, pieces=pieces)
