"""Forms of French verbs, told by their endings and by a list of infinitives.

The dictionary of :mod:`nlp.text` knows more of them, but takes seconds to load in a web process.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from nlp.boundary_words import fold, known
from nlp.word_lists import words

_PARTICIPLES = {"é": ("er",), "i": ("ir",), "u": ("re", "ir", "oir")}
_INFLECTED = (
    "issaient", "issait", "eraient", "erait", "aient", "ait", "issent", "ent", "eront", "ront",
    "era", "ra", "ez",
)  # fmt: skip
_SHORTEST_IMPERATIVE = 5
_SHORTEST_INFLECTED = 5
_SHORTEST_STEM = 4


@lru_cache(maxsize=20_000)
def verb_form(word: str) -> str:
    """Tell an infinitive or an imperative of the first or second plural.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    str
        ``"infinitive"``, ``"imperative"`` or ``""``.

    Examples
    --------
    >>> verb_form("ouvrir"), verb_form("mettez"), verb_form("maisons")
    ('infinitive', 'imperative', '')
    """
    if is_known_infinitive(word):
        return "infinitive"
    if len(word) < _SHORTEST_IMPERATIVE:
        return ""
    if word.endswith("ez") and word != "assez":
        return "imperative"
    return "imperative" if _conjugates(word, ("eons", "ons")) else ""


@lru_cache(maxsize=20_000)
def is_known_infinitive(word: str) -> bool:
    """Tell whether a word is an infinitive of our list, or is formed on one.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for known infinitives, for « re- » before one, and for the regular endings.

    Examples
    --------
    >>> is_known_infinitive("arreter"), is_known_infinitive("reouvrir")
    (True, True)
    """
    known_ones = _infinitives()
    if word in known_ones or word.endswith(("aliser", "iliser", "ariser", "ifier")):
        return True
    return any(word.removeprefix(before) in known_ones for before in ("re", "r", "co"))


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(fold(word) for word in words("infinitives"))


def _conjugates(word: str, endings: Sequence[str]) -> bool:
    """Tell whether an ending of a word stands for that of a known infinitive."""
    stems = (word.removesuffix(ending) for ending in endings if word.endswith(ending))
    return any(
        is_known_infinitive(stem + ending) for stem in stems for ending in ("er", "re", "ir", "r")
    )


@lru_cache(maxsize=20_000)
def is_participle(raw: str) -> bool:
    """Tell whether a word is the past participle of a known verb.

    Parameters
    ----------
    raw : str
        A lower-case word with its accents.

    Returns
    -------
    bool
        True for the regular forms, and for those of ``nlp/data/boundary_words.txt``.

    Examples
    --------
    >>> is_participle("versés"), is_participle("gratuité")
    (True, False)
    """
    if fold(raw) in known("participle"):
        return True
    stem = raw.removesuffix("s")
    stem = stem.removesuffix("e")
    if len(stem) < _SHORTEST_STEM:
        return False
    ends = _PARTICIPLES.get(stem[-1], ())
    return any(is_known_infinitive(fold(stem[:-1] + end)) for end in ends)


@lru_cache(maxsize=20_000)
def is_finite(word: str) -> bool:
    """Tell whether a word is conjugated, from its ending and the known infinitives.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for « attendent », « fermait », « ouvrira »; the endings in « -e » are not told apart
        from nouns.

    Examples
    --------
    >>> is_finite("attendent"), is_finite("argent")
    (True, False)
    """
    return len(word) >= _SHORTEST_INFLECTED and _conjugates(word, _INFLECTED)
