"""Replaces passages of a contribution by what they were: those of the guard, and added words."""

import re
from collections.abc import Collection, Iterable, Sequence

from webapp.collection.text_analysis import Finding, find_personal_data
from webapp.exceptions import NothingMaskedError
from webapp.vocabulary.labels import LABELS

_APOSTROPHES = "['’]"  # a keyboard writes one, a telephone the other
Span = tuple[int, int]


def mask_found(text: str) -> str:
    """Return ``text`` with what the guard finds replaced, as a suggested masking."""
    return _replace(text, find_personal_data(text))


def mask(text: str, *, spans: Collection[Span], words: str = "") -> str:
    """Return ``text`` with ``spans`` and every occurrence of ``words`` replaced.

    ``words`` are written as in the text, letter case aside; commas separate several passages.

    Raises
    ------
    NothingMaskedError
        If there is nothing to replace, or if some of ``words`` are not in the text.
    """
    kinds = {(found.start, found.end): found.kind for found in find_personal_data(text)}
    found = [Finding(*span, kinds.get(span, "")) for span in spans if span[0] < span[1]]
    found += (Finding(*span, "") for span in _occurrences(text, words))
    if not found:
        raise NothingMaskedError
    return _replace(text, _merged(found))


def _occurrences(text: str, words: str) -> list[Span]:
    """Return where ``words`` are, as a whole or else each passage between two commas."""
    whole = words.strip(" ,")
    found = _find(text, whole)
    if found or not whole:
        return found
    for passage in dict.fromkeys(filter(None, map(str.strip, whole.split(",")))):
        here = _find(text, passage)
        if not here:
            raise NothingMaskedError(passage)
        found += here
    return found


def _find(text: str, passage: str) -> list[Span]:
    """Return the occurrences of ``passage``, whatever the case, the blanks and the apostrophes."""
    if not passage:
        return []
    words = (re.sub(_APOSTROPHES, _APOSTROPHES, re.escape(word)) for word in passage.split())
    pattern = r"\s+".join(words)
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return [match.span() for match in found]


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Join passages that overlap; the kind is that of the first one that has one."""
    joined: list[Finding] = []
    for one in sorted(found, key=lambda finding: (finding.start, -finding.end)):
        if not joined or one.start >= joined[-1].end:
            joined.append(one)
        else:
            last = joined.pop()
            joined.append(Finding(last.start, max(last.end, one.end), last.kind or one.kind))
    return joined


def _replace(text: str, found: Sequence[Finding]) -> str:
    for finding in reversed(found):
        label = LABELS["mask"].get(finding.kind, LABELS["mask"][""])
        text = f"{text[: finding.start]}[{label} masqué]{text[finding.end :]}"
    return text
