"""Objects that a text refuses."""

import re
from functools import lru_cache

from nlp.lexical import comparable
from nlp.oppositions.cues import LONGEST_CUE, READ, cue_spans, families_of, tokens_of
from nlp.spelling import standard

_CLAUSE = re.compile(r"[.!?;:,\n…]+")
# Families of cues before what they refuse, and after it.
_REFUSALS = frozenset(("disagreement", "never", "no thanks", "against", "stop", "no", "useless"))
_DENIALS = frozenset(("never", "no thanks", "no"))
# « Pas de parking » and « ne pas fermer » refuse where they open a clause; elsewhere they tell.
_NEGATED = frozenset((("pas", "de"), ("pas", "d"), ("ne", "pas"), ("ne", "plus")))
_OBJECT_WORDS = 6


@lru_cache(maxsize=20_000)
def refused_objects(text: str) -> tuple[frozenset[str], ...]:
    """Return what a text says no to: « non à … », « pas de … », « … non merci », « … ? Jamais ».

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of frozenset of str
        The stems of each refused object: six content words at most, beside the cue.

    Examples
    --------
    >>> [sorted(stems) for stems in refused_objects("Le marché ? Surtout pas")]
    [['march']]
    """
    found = []
    clauses = _CLAUSE.split(text[:READ])
    for at, clause in enumerate(clauses):
        tokens = tokens_of(clause)
        opening, closing = _opening(tokens), _closing(tokens)
        if 0 < opening < len(tokens):
            found.append(_object(clause)[:_OBJECT_WORDS])
        elif opening:
            before = (_object(earlier) for earlier in reversed(clauses[:at]))
            found.append(next(filter(None, before), ())[-_OBJECT_WORDS:])
        elif closing:
            found.append(_object(clause)[-_OBJECT_WORDS:])
    return tuple(frozenset(stems) for stems in found if stems)


def _opening(tokens: tuple[str, ...]) -> int:
    """Return the length of the cue that opens a clause, 0 when there is none."""
    if tokens[:2] in _NEGATED:
        return 2
    return max(
        (size for size in range(1, LONGEST_CUE + 1) if _REFUSALS & {*families_of(tokens[:size])}),
        default=0,
    )


def _closing(tokens: tuple[str, ...]) -> bool:
    return any(_DENIALS & {*families_of(tokens[-size:])} for size in (1, 2, 3))


@lru_cache(maxsize=20_000)
def _object(clause: str) -> tuple[str, ...]:
    """Return the stems of a clause without its cues."""
    cues = {token for start, end in cue_spans(clause) for token in comparable(clause[start:end])}
    return tuple(stem for stem in comparable(standard(clause)) if stem not in cues)
