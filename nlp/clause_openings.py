"""Features of the opening of a French clause, from its words alone."""

from collections.abc import Sequence

from nlp.boundary_words import Token, known, phrase_at
from nlp.verb_forms import is_finite, is_participle, verb_form

_OPENINGS = (
    "indefinite", "definite", "partitive", "possessive", "pronoun", "relative", "conjunction",
    "if", "preposition", "negation", "adverb",
)  # fmt: skip
_NEGATIVE = frozenset(("pas", "plus", "jamais", "rien"))
_TO_INFINITIVE = {"de": "of infinitive", "d'": "of infinitive"}
_BEFORE_INFINITIVE = frozenset(("de", "d'", "a", "pour", "par"))
_PASSED_OVER = 8
_ACTS = frozenset(("infinitive", "imperative", "request", "that", "of infinitive"))
_SHAPES = {
    "indefinite": "nominal",
    "definite": "defined",
    "noun": "bare",
    "number": "number",
    "time": "time",
    "participle": "participle",
    "partitive": "partitive",
    "pronoun": "clause",
}
_FRAMES = frozenset(
    ("preposition", "time", "relative", "to infinitive", "partitive")
)  # « Pour les vieux, … »
_UNFINISHED = {
    "preposition": "preposition",
    "conjunction": "conjunction",
    "negation": "negation",
    "to infinitive": "rest",
    "relative": "rest",
    "empty": "rest",
    "quotation": "rest",
}
_FRAME = 9


def opening(read: Sequence[Token], start: int, end: int) -> str:
    """Name how a clause opens: by an infinitive, a request, an article or a pronoun.

    Parameters
    ----------
    read : sequence of Token
        Tokens of a text.
    start, end : int
        Positions of the clause.

    Returns
    -------
    str
        ``"infinitive"``, ``"imperative"``, ``"request"``, ``"that"``, ``"of infinitive"``,
        ``"to infinitive"``, ``"time"``, ``"number"``, ``"quotation"``, ``"participle"``, one of
        the classes of ``nlp/data/boundary_words.txt``, ``"noun"`` for the rest, or ``"empty"``.

    Examples
    --------
    >>> from nlp.boundary_words import tokens
    >>> read = tokens("Ne plus couper l'eau. Des bus")
    >>> opening(read, 0, 5), opening(read, 6, 8)
    ('infinitive', 'indefinite')
    """
    at = _skip(read, start, end)
    if at >= end:
        return "empty"
    word = read[at].word
    if word == "«":
        return "quotation"
    if phrase_at(read, at, frozenset(("ask",))):
        return "request"
    if word in {"que", "qu'"}:
        return "that"
    return _verbal(read, at, end) or _nominal(read, at, end)


def _skip(read: Sequence[Token], start: int, end: int) -> int:
    last = min(end, start + _PASSED_OVER)
    while start < last:
        word = read[start].word
        if word not in known("filler") and (word[0].isalnum() or word == "«"):
            return start
        start += 1
    return end


def _verbal(read: Sequence[Token], at: int, end: int) -> str:
    verb = at
    if read[at].word in {"ne", "n'"}:
        verb += 1 + _is_in(read, at + 1, _NEGATIVE)
    if verb + 1 < end and _is_in(read, verb, known("reflexive")):
        verb += _form(read, verb + 1) == "infinitive"
    if verb < end and (found := _form(read, verb)):
        return found
    if read[at].word in _BEFORE_INFINITIVE:
        verb = at + 1 + _is_in(read, at + 1, known("reflexive") | _NEGATIVE | {"ne"})
        if verb < end and _form(read, verb) == "infinitive":
            return _TO_INFINITIVE.get(read[at].word, "to infinitive")
    return ""


def _nominal(read: Sequence[Token], at: int, end: int) -> str:
    word = read[at].word
    if _is_time(read, at, end):
        return "time"
    if word.isdigit():
        return "number"
    if word == "pas" and _is_in(read, at + 1, frozenset(("de", "d'", "plus"))):
        return "indefinite"
    for name in _OPENINGS:
        if word in known(name):
            return name
    return "participle" if is_participle(read[at].raw) else "noun"


def _is_in(read: Sequence[Token], at: int, some: frozenset[str]) -> bool:
    return at < len(read) and read[at].word in some


def _is_time(read: Sequence[Token], at: int, end: int) -> bool:
    """Tell a duration or a moment (« deux jours par an », « le soir ») from a thing."""
    if not (read[at].word.isdigit() or read[at].word in known("time_article")):
        return False
    return any(read[i].word in known("time") for i in range(at + 1, min(end, at + 3)))


def _form(read: Sequence[Token], at: int) -> str:
    return verb_form(read[at].word) if at < len(read) else ""


def has_finite_verb(read: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the main clause has a conjugated verb, as far as its first words tell.

    Parameters
    ----------
    read : sequence of Token
        Tokens of a text.
    start, end : int
        Positions of the clause.

    Returns
    -------
    bool
        False for a clause that only names a thing.

    Examples
    --------
    >>> from nlp.boundary_words import tokens
    >>> read = tokens("Une laverie qui marche"), tokens("Le bus ne passe plus")
    >>> [has_finite_verb(one, 0, len(one)) for one in read]
    [False, True]
    """
    for at in range(start, min(end, start + 12)):
        word = read[at].word
        if at > start and (word in known("subordinator") or word in ":;."):
            return False
        if word in known("finite"):
            return True
        if at > start and ((word in known("subject") and word != "y") or is_finite(word)):
            return True
    return False


def has_wish(read: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the first words of a clause ask: « devrait », « faut », « merci ».

    Parameters
    ----------
    read : sequence of Token
        Tokens of a text.
    start, end : int
        Positions of the clause.

    Returns
    -------
    bool
        True when one of the first fourteen words is of the class ``wish``.

    Examples
    --------
    >>> from nlp.boundary_words import tokens
    >>> read = tokens("La cantine devrait être gratuite")
    >>> has_wish(read, 0, len(read))
    True
    """
    return any(read[at].word in known("wish") for at in range(start, min(end, start + 14)))


def shape(read: Sequence[Token], start: int, stop: int, opens: str) -> str:
    """Name what a clause looks like: an act, a wish, a thing, a told fact.

    Parameters
    ----------
    read : sequence of Token
        Tokens of a text.
    start, stop : int
        Positions of the clause.
    opens : str
        How it opens.

    Returns
    -------
    str
        ``"act"``, ``"wish"``, ``"clause"`` (with a conjugated verb), ``"nominal"``, ``"defined"``
        or ``"bare"`` (a thing after « un », « le » or nothing), ``"framed"`` (a thing after « Pour
        les vieux, »), ``"number"``, ``"time"``, ``"participle"``, ``"partitive"``,
        ``"preposition"``, ``"conjunction"``, ``"negation"`` or ``"rest"``.

    Examples
    --------
    >>> from nlp.boundary_words import tokens
    >>> read = tokens("Pour les vieux, un portage de livres")
    >>> shape(read, 0, len(read), "preposition")
    'framed'
    """
    if opens in _ACTS:
        return "act"
    if opens in _FRAMES and (framed := _framed(read, start, stop)):
        return framed
    if opens in _UNFINISHED:
        return _UNFINISHED[opens]
    if has_wish(read, start, stop):
        return "wish"
    finite = has_finite_verb(read, start, stop)
    return "clause" if finite else _SHAPES.get(opens, "rest")


def _framed(read: Sequence[Token], start: int, stop: int) -> str:
    """Look behind the comma: « Pour les vieux, un portage de livres »."""
    for at in range(start, min(stop, start + _FRAME)):
        if read[at].word in ",:":
            opens = opening(read, at + 1, stop)
            if opens in _ACTS:
                return "act"
            finite = has_finite_verb(read, at + 1, stop)
            if opens in {"indefinite", "number", "noun", "definite"} and not finite:
                return "framed"
            return "wish" if has_wish(read, at + 1, stop) else ""
    return ""
