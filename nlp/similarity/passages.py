"""Passages of a note compared separately: a long story can match a short demand."""

import re

_BREAK = re.compile(r"[.!?;:\n…]+|\s[-–—*/+]\s|,\s")
_SHORT = 18
_MOST = 14


def passages(text: str) -> tuple[str, ...]:
    """Split ``text`` at its punctuation, short pieces staying with the one before.

    What titles are made of is cut more finely: :func:`nlp.clauses.clauses`.

    Parameters
    ----------
    text : str
        A note.

    Returns
    -------
    tuple of str
        At most 14 passages in reading order; the whole text when it has none.

    Examples
    --------
    >>> passages("Le dernier car passe à 17 h. Je finis le travail à 18 h, alors je marche.")
    ('Le dernier car passe à 17 h', 'Je finis le travail à 18 h, alors je marche')
    """
    found: list[str] = []
    for part in _BREAK.split(text):
        piece = part.strip()
        if not any(char.isalnum() for char in piece):
            continue
        if found and min(len(piece), len(found[-1])) < _SHORT:
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return tuple(found[:_MOST]) or (text,)
