"""Titles in words as they are: of clusters where nobody named an act or a thing, of families."""

from collections.abc import Sequence

from nlp.personal_data import find_personal_data
from nlp.phrases import clauses

_LAST_RESORT = "Agir sur\u00a0: "
_ANYTHING = 60
_READ = 1500


def last_resort(texts: Sequence[str], members: Sequence[int], taken: frozenset[str]) -> str:
    """Name a cluster by the beginning of its most central text, whatever it is made of.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the cluster, most central first.
    taken : frozenset of str
        Titles of the other clusters, in lower case.

    Returns
    -------
    str
        A title, not in ``taken``.
    """
    spoken = [_on_one_line(texts[i]) for i in members]
    said = [text.strip('«»"“” .;:!?…').replace("'", "’") for text in spoken]
    begun = [shorten(text) for text in said if text]
    tried = [_LAST_RESORT + text for text in begun if not find_personal_data(text)]
    tried = tried or [_LAST_RESORT + "…"]
    for name in tried:
        if name.lower() not in taken:
            return name
    number = 2
    while f"{tried[0]} ({number})".lower() in taken:
        number += 1
    return f"{tried[0]} ({number})"


def _on_one_line(text: str) -> str:
    """Return the printable characters of ``text``: a title goes into documents as it is."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:_READ]).split())


def shorten(text: str) -> str:
    """Return the first clause of ``text``, or its first words.

    Parameters
    ----------
    text : str
        A text on one line.

    Returns
    -------
    str
        At most 60 characters, cut between words where there are any.
    """
    found = clauses(text)
    clause = found[0].replace("'", "’") if found else text
    if len(clause) <= _ANYTHING:
        return clause
    cut = clause.rfind(" ", 0, _ANYTHING)
    return clause[: cut if cut > 0 else _ANYTHING]


def family_title(texts: Sequence[str], members: Sequence[int], said: Sequence[str]) -> str:
    """Name a family by the words that most of its members say.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the family.
    said : sequence of str
        Keywords of the family, most distinctive first.

    Returns
    -------
    str
        « Bus, horaires, gares »; the beginning of a text when there are no words.
    """
    if said:
        name = ", ".join(said)
        return name[0].upper() + name[1:]
    return shorten(_on_one_line(texts[members[0]])) or "…"
