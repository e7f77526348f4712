"""Bounds of each request in a sentence: before a reason, and between items of a list."""

import re
from collections.abc import Iterator

from nlp.grammar import grammar, is_infinitive, is_order, plain_words
from nlp.openers import opened
from nlp.word_lists import words

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_COMMA = re.compile(r",(?=\s)")
# What a reason begins with: the request before it is whole without it.
_REASONS = (
    "car ", "parce que ", "parce qu'", "puisque ", "puisqu'", "vu que ", "comme ça ", "svp",
    "s'il vous plaît", "s'il vous plait", "merci", "point", "voilà", "vous verrez",
)  # fmt: skip
_REASON = re.compile(
    r" (?=(?:sinon|parce que|parce qu'|puisque|puisqu'|vu que|svp|s'il vous pla[iî]t)\b)",
    re.IGNORECASE,
)
_EXPLAINS = ("on ", "ils ", "il y a ", "je ", "j'", "nous ")
# Last words that add nothing to a request.
TAIL = re.compile(
    r",? (?:svp|s'il (?:vous|te) pla[iî]t|merci|voilà|point|(?:et )?c'est (?:tout|réglé)|"
    r"et basta|tant qu'à faire|quoi)$",
    re.IGNORECASE,
)


def requests(said: str) -> Iterator[tuple[int, int]]:
    """Yield what a sentence asks before a reason, and each request of a list of requests.

    Parameters
    ----------
    said : str
        A sentence with plain apostrophes.

    Yields
    ------
    tuple of (int, int)
        Start and end of a request; none when the sentence is one request, to its end.

    Examples
    --------
    >>> [*requests("isoler les murs, car on gèle")], [*requests("isoler, sauf en août")]
    ([(0, 15)], [])
    """
    start, several = 0, False
    for comma in _COMMA.finditer(said):
        rest = said[comma.end() :].lstrip()
        if _is_reason(rest) or (_asks(said[start : comma.start()]) and _explains(rest)):
            yield start, comma.start()
            return
        if _is_act(rest) and _is_act(said[start:]):
            yield start, comma.start()
            start, several = comma.end(), True
    reason = _REASON.search(said, start)
    if (
        reason is not None
        and not _is_negated(said[: reason.start()])
        and _is_reason(said[reason.end() :])
        and not TAIL.search(said)
    ):
        yield start, reason.start()
    elif several:
        yield start, len(said)


def _is_negated(said: str) -> bool:
    """Tell whether « …et pas parce que… » opposes the reason: it is a part of what is asked."""
    return said.lower().endswith((" pas", " non", " plus", " seulement", " juste", " et", " que"))


def _is_reason(rest: str) -> bool:
    """Tell whether what follows only says why; « sinon amende » is a part of the request."""
    lowered = rest.lower()
    if lowered.startswith("sinon "):
        return first_word(lowered.removeprefix("sinon ")) in grammar("told")
    return lowered.startswith(_REASONS)


def _explains(rest: str) -> bool:
    """Tell whether an independent sentence begins, that says neither no nor a judgement."""
    lowered = rest.lower()
    return lowered.startswith(_EXPLAINS) and words("title_doubts").isdisjoint(WORD.findall(lowered))


def _asks(said: str) -> bool:
    """Tell whether what stands before a comma is a request by itself.

    An infinitive alone may be a topic: « récolter de nuit, j'ai testé : deux entorses ».
    """
    return ":" not in said and (
        is_order(first_word(said)) or opened(plain_words(said))[1] not in ("", "that", "one")
    )


def _is_act(rest: str) -> bool:
    word = first_word(rest)
    return is_infinitive(word) and word not in grammar("listed_noun")


def first_word(rest: str) -> str:
    """Return the first word of ``rest`` in lower case, an elided one with its apostrophe.

    Parameters
    ----------
    rest : str
        A passage.

    Returns
    -------
    str
        Empty when there is no word.

    Examples
    --------
    >>> first_word(" L'eau du puits")
    "l'"
    """
    found = WORD.match(rest.lstrip())
    return found.group().lower() if found else ""
