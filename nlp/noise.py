"""Detects notes that are no contribution: trials, advertisements, insults, small talk."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from nlp.text import normalise

_READ = 400
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[a-z]{7,40}")
_VOWELS = frozenset("aeiouy")
_FEWEST_VOWELS = 2
_SHORT = 60


def is_noise(text: str) -> bool:
    """Tell whether a note is surely no contribution.

    The expressions are those of ``nlp/data/noise.txt``; a note of keys struck at random is noise
    too. A doubt is no noise: the note is then read like any other.

    Parameters
    ----------
    text : str
        A note.

    Returns
    -------
    bool
        True for a note that should be pointed out and never grouped.

    Examples
    --------
    >>> is_noise("Vends scooter bon état 650 euros"), is_noise("Tester l'eau des puits")
    (True, False)
    """
    if len(text) > _READ:
        return False
    plain = _plain(text)
    read = f" ^ {plain} "
    if any(all(f" {part} " in read for part in parts) for parts in _expressions()):
        return True
    return _is_struck_at_random(plain)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", normalise(text))
    kept = (char if char.isalnum() or char in "'€^" else " " for char in decomposed
            if not unicodedata.combining(char))  # fmt: skip
    return " ".join("".join(kept).split())


def _is_struck_at_random(plain: str) -> bool:
    """Tell whether a short note is one long run of consonants (« qsdfghjklm »)."""
    words = plain.split()
    if len(words) != 1 or len(plain) > _SHORT or _WORD.fullmatch(words[0]) is None:
        return False
    return sum(char in _VOWELS for char in words[0]) < _FEWEST_VOWELS


@cache
def _expressions() -> tuple[tuple[str, ...], ...]:
    lines = (files("nlp") / "data" / "noise.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(_plain(quoted or word) for quoted, word in _QUOTED.findall(line))
        for line in lines
        if line.strip() and not line.startswith(("#", "=="))
    )
