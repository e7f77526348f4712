"""Segments a contribution into its proposals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.boundary_features import QUESTION, RANKED, Candidate, candidates
from nlp.word_lists import pairs

_LETTERS = 4
_TRIMMED = ";," + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_LINKED = frozenset(("order", "and"))
# What also separates clauses and words: the rest serves to list.
_PLAIN = frozenset((("stop", ""), ("comma", ""), ("comma", "et"), ("and", "et")))


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a text: ``text[start:end]``.

    Attributes
    ----------
    start, end : int
        Offsets in characters, ``end`` excluded.
    """

    start: int
    end: int


def segment(text: str) -> tuple[Span, ...]:
    r"""Return where the separate proposals of one contribution are.

    Each mark, line break, bullet, rank or link word is a candidate boundary. A logistic regression
    over what stands on both sides decides; its weights are ``nlp/data/boundary_weights.txt``,
    trained by ``python -m tools.train_boundaries``. A story stays with its demand, and a piece of
    less than four letters with its neighbour.

    Parameters
    ----------
    text : str
        One contribution.

    Returns
    -------
    tuple of Span
        Proposals in order, without overlap; the whole text when it holds one; empty when blank.

    Examples
    --------
    >>> text = "- Isoler les murs\n- Des bus le soir ; des taxis partagés"
    >>> [text[span.start : span.end] for span in segment(text)]
    ['Isoler les murs', 'Des bus le soir', 'des taxis partagés']
    """
    first, found = candidates(text)
    cuts = [one for one in found if is_boundary(one, weights())]
    starts = [first, *(one.stop for one in cuts)]
    ends = [*(one.start for one in cuts), len(text)]
    return tuple(_spans(text, starts, ends)) or _whole(text)


def is_boundary(candidate: Candidate, weights: Mapping[str, int]) -> bool:
    """Decide whether one proposal ends and another begins at a candidate.

    Parameters
    ----------
    candidate : Candidate
        A place where the contribution may be cut.
    weights : Mapping of str to int
        Weight of each feature, in hundredths, with ``"intercept"`` and the least score of each
        kind of delimiter (:func:`delimiter_kind`).

    Returns
    -------
    bool
        True to cut: always at « deuxième idée » after « première idée », never before a question.
        Sums of integers: the same on every machine.
    """
    if QUESTION in candidate.features:
        return False
    if RANKED in candidate.features:
        return True
    score = weights["intercept"] + sum(weights.get(name, 0) for name in candidate.features)
    return score >= weights[delimiter_kind(candidate)]


def delimiter_kind(candidate: Candidate) -> str:
    """Name how clearly the delimiter itself separates proposals.

    Parameters
    ----------
    candidate : Candidate
        A place where the contribution may be cut.

    Returns
    -------
    str
        ``"linked"`` by a rank, « et aussi », a sentence in « Et », or « et » before an act;
        ``"listed"`` for lines, bullets, numbers, semicolons, slashes and plus signs; ``"plain"``
        for sentences, commas and « et ».
    """
    delimiter = candidate.delimiter
    if delimiter.link == "et" and "right:act" in candidate.features:
        return "linked"
    if (delimiter.kind, delimiter.link) in _PLAIN:
        return "plain"
    return "linked" if delimiter.link in _LINKED | {"et"} else "listed"


@cache
def weights() -> dict[str, int]:
    """Return the trained weights of the features, in hundredths.

    Returns
    -------
    dict of str to int
        The lines of ``nlp/data/boundary_weights.txt``.
    """
    return {name: int(weight) for weight, name in pairs("boundary_weights")}


def _spans(text: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Span]:
    """Yield trimmed pieces; one that is too short to say anything stays with its neighbour."""
    pending: Span | None = None
    for start, end in zip(starts, ends, strict=True):
        piece = _trim(text, start, end)
        if pending is None:
            pending = piece
        elif _is_too_short(text, piece) or _is_too_short(text, pending):
            pending = Span(pending.start, max(pending.end, piece.end))
        else:
            yield pending
            pending = piece
    if pending is not None and pending.start < pending.end:
        yield pending


def _trim(text: str, start: int, end: int) -> Span:
    while end < len(text) and text[end] in ".!?…":
        end += 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start, max(start, start + len(text[start:end].rstrip(_TRIMMED))))


def _is_too_short(text: str, span: Span) -> bool:
    return sum(char.isalpha() for char in text[span.start : span.end]) < _LETTERS


def _whole(text: str) -> tuple[Span, ...]:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (Span(start, end),) if start < end else ()
