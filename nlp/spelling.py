"""Normalises SMS and misspelt French to standard words, for comparison only."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from nlp.text import normalise

# Letters, digits and inner apostrophes: « jai », « l'ecole », « kan », « 2main ».
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_")
_LONGEST = 3


@lru_cache(maxsize=50_000)
def standard(text: str) -> str:
    """Return ``text`` in lower case with its SMS and misspelt forms written as the dictionary does.

    Forms and their replacements are the lines of ``nlp/data/spelling.txt``; the longest form wins.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The rewritten text, to compare and never to show.

    Examples
    --------
    >>> standard("Jai pa de bagnole")
    "je n'ai pas de voiture"
    """
    tokens = _TOKEN.findall(normalise(text))
    found: list[str] = []
    i = 0
    longest, table = _longest(), _table()
    while i < len(tokens):
        replacement, size = None, min(longest.get(tokens[i], 0), len(tokens) - i)
        while size and (replacement := table.get(tuple(tokens[i : i + size]))) is None:
            size -= 1
        found.append(tokens[i] if replacement is None else replacement)
        i += max(size, 1)
    return " ".join(found)


def may_be_rewritten(word: str) -> bool:
    """Tell whether a form that :func:`standard` rewrites may open with a word.

    Parameters
    ----------
    word : str
        A word without apostrophe, as it is written.

    Returns
    -------
    bool
        False where the word stays as it is, in lower case, at the start of any text.

    Examples
    --------
    >>> may_be_rewritten("Bagnole"), may_be_rewritten("voiture")
    (True, False)
    """
    return normalise(word) in _openings()


@cache
def _openings() -> frozenset[str]:
    """Return what stands before the first apostrophe of each form."""
    return frozenset(token.partition("'")[0] for token in _longest())


@cache
def _longest() -> dict[str, int]:
    """Return the length of the longest form that opens with each token."""
    sizes: dict[str, int] = {}
    for form in _table():
        sizes[form[0]] = max(len(form), sizes.get(form[0], 0))
    return {token: min(size, _LONGEST) for token, size in sizes.items()}


@cache
def _table() -> dict[tuple[str, ...], str]:
    lines = (files("nlp") / "data" / "spelling.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" = ", 1) for line in lines if " = " in line and line[0] != "#")
    return {tuple(_TOKEN.findall(normalise(form))): normalise(to) for form, to in entries}
