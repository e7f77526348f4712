"""Turns a clause that expresses a request into an action phrase."""

import re
from collections.abc import Callable

from nlp.acts import is_one_act
from nlp.grammar import grammar, is_finite, is_infinitive, plain_words, tokens_of
from nlp.openers import announces, opened
from nlp.standalone import stands_alone
from nlp.text import lemma
from nlp.word_lists import pairs, words

__all__ = ["action_phrase", "is_infinitive"]

_WISH = "prévoir "
_TAIL = re.compile(
    r"(?<![ ,])[ ,]+(?:svp|s'il (?:vous|te) pla[iî]t|merci|oui|point)$", re.IGNORECASE
)
_NEGATIONS = ("ne pas ", "ne plus ", "ne jamais ")
_BEFORE_VERB = (*_NEGATIONS, "mieux ", "bien ", "se ", "s'")
_REFUSED = (
    ("à la ", "la "), ("à l'", "l'"), ("au ", "le "), ("aux ", "les "), ("à ", ""),
)  # fmt: skip
_IRREGULAR = {
    "faites": "faire", "ouvrez": "ouvrir", "offrez": "offrir", "fasse": "faire", "mette": "mettre",
}  # fmt: skip
_NOMINAL = re.compile(
    r"^(?:(?:le |la |l'|une |un )?)([a-zà-ÿœ]+) (du |des |de la |de l'|d'une |d'un )"
)
_DIRECT = {
    "du ": "le ",
    "des ": "les ",
    "de la ": "la ",
    "de l'": "l'",
    "d'une ": "une ",
    "d'un ": "un ",
}
_VOWELS = "aeiouyéèêhà"


def action_phrase(clause: str, lead: str = "") -> str | None:
    """Turn ``clause`` into an action phrase, if it surely asks for an act or a thing.

    Only its opener and the form of its first verb change: the objects, the negation and the
    conditions are those of the clause, to its end.

    Parameters
    ----------
    clause : str
        The words of a :class:`nlp.clauses.Clause`.
    lead : str, default=""
        What the same sentence says before it (« Proposition : »).

    Returns
    -------
    str or None
        The phrase, with a capital and French apostrophes; None when the clause asks for nothing,
        or means something in its place only (« les aider », « chez nous »).

    Examples
    --------
    >>> action_phrase("il faudrait développer les transports en commun")
    'Développer les transports en commun'
    >>> action_phrase("création d'une maison commune")
    'Créer une maison commune'
    >>> action_phrase("mettez des bancs dans la rue")
    'Mettre des bancs dans la rue'
    >>> action_phrase("non à la télémédecine")
    'Refuser la télémédecine'
    >>> action_phrase("des vélos neufs") is None
    True
    """
    plain = _TAIL.sub("", plain_words(clause))
    rest, kind = opened(plain.rstrip("? "))
    if plain.endswith("?") and kind not in ("question", "imperfect"):
        return None
    if not kind and announces(lead):
        kind = "label"
    phrase = _MAKERS[kind](rest) if rest else None
    if phrase is None or not stands_alone(phrase) or not is_one_act(phrase):
        return None
    return phrase[0].upper() + phrase[1:].replace("'", "’")


def _head(rest: str) -> str:
    """Return the infinitive that opens ``rest``, or an empty string."""
    for before in _BEFORE_VERB:
        rest = rest.removeprefix(before)
    word = next(iter(tokens_of(rest)), "")
    return word if is_infinitive(word) else ""


def _asked(rest: str) -> str | None:
    """Return the act asked for, or « prévoir » and the thing asked for."""
    verb = _head(rest)
    return rest if verb and verb not in words("states") else _thing(rest)


def _asked_act(rest: str) -> str | None:
    verb = _head(rest)
    return rest if verb and verb not in words("states") else None


def _announced(rest: str) -> str | None:
    return _asked(rest) or _from_noun(rest) or _from_imperative(rest)


def _must(rest: str) -> str | None:
    """Return the act, where « il faut » does not only tell what people endure."""
    return rest if _head(rest) in words("asked_acts") else None


def _said_alone(rest: str) -> str | None:
    return _act(rest) or _from_noun(rest) or _from_imperative(rest)


def _act(rest: str) -> str | None:
    """Return the act that an infinitive without an opener names, unless people endure it."""
    verb = _head(rest)
    if not verb or verb in words("states") or _is_endured(verb, rest):
        return None
    return rest


def _is_endured(verb: str, rest: str) -> bool:
    """Tell whether people may only tell what they endure: « attendre », « faire 40 km »."""
    following = tokens_of(rest)[1:4]
    if following and following[0][0].isdigit():
        return True
    if verb != "payer":
        return verb in words("burdens")
    # « payer les stagiaires » asks, « payer le loyer » tells.
    opens = following and following[0] in grammar("article") | {"aux", "au"}
    return not opens or bool(words("bills").intersection(following[1:]))


def _thing(rest: str) -> str | None:
    """Put « prévoir » before a thing that somebody surely asks for."""
    tokens = tokens_of(rest)
    if not tokens or tokens[0] not in grammar("article") or any(map(is_infinitive, tokens[1:4])):
        return None
    return _WISH + rest


def _wish_that(rest: str) -> str | None:
    """Return « que la mairie prête… » with its subject, when it has a verb."""
    tokens = tokens_of(rest)
    if tokens[0] in grammar("subject") or not any(
        is_finite(tokens, at) for at in range(1, len(tokens))
    ):
        return None
    return f"qu'{rest}" if rest[0].lower() in _VOWELS else f"que {rest}"


def _from_subjunctive(rest: str) -> str | None:
    """Turn what follows « qu'on » into the infinitive: « qu'on réunisse » → « réunir »."""
    return _in_the_infinitive(rest, lambda said: said.endswith("e"))


def _from_imperfect(rest: str) -> str | None:
    return _in_the_infinitive(rest, lambda said: said.endswith("ait"))


def _from_imperative(rest: str) -> str | None:
    tokens = tokens_of(rest)
    if tokens[0] in words("set_phrases") or _is_ordered_of_somebody(tokens):
        return None
    return _in_the_infinitive(rest, lambda said: said.endswith(("ez", "faites")))


def _in_the_infinitive(rest: str, is_form: Callable[[str], bool]) -> str | None:
    """Put the verb that opens ``rest`` in the infinitive, its negation before it."""
    bare = rest.removeprefix("ne ").removeprefix("n'")
    said, _, after = bare.partition(" ")
    verb = _infinitive_of(said)
    if not (verb and after and is_form(said)):
        return None
    if bare == rest:
        return f"{verb} {after}"
    adverb, _, end = after.partition(" ")
    return f"ne {adverb} {verb} {end}" if f"ne {adverb} " in _NEGATIONS and end else None


def _infinitive_of(said: str) -> str:
    """Return the infinitive of a conjugated verb, or an empty string."""
    for verb in (_IRREGULAR.get(said, lemma(said)), f"{said}r"):
        if is_infinitive(verb) and verb != said:
            return verb
    return ""


def _is_ordered_of_somebody(tokens: list[str]) -> bool:
    """Tell whether a pronoun follows the order (« garez le sur le trottoir »)."""
    if len(tokens) <= 1 or tokens[1] not in grammar("clitic"):
        return False
    articles = ("le", "la", "les", "l'")
    following = tokens[2] if len(tokens) > 2 else ""  # noqa: PLR2004 - the verb, then the article
    named = following.isalpha() and following not in grammar("determiner") | {"dans"}
    return not (tokens[1] in articles and named)


def _from_noun(rest: str) -> str | None:
    """Turn « création d'un lieu » into « créer un lieu »."""
    match = _NOMINAL.match(rest)
    verb = dict(pairs("nominalisations")).get(match.group(1)) if match else None
    if match is None or verb is None or match.group(1) in words("ambiguous_acts"):
        return None
    return f"{verb} {_DIRECT[match.group(2)]}{rest[match.end() :]}"


def _refused(rest: str) -> str | None:
    return _without_preposition("refuser ", rest)


def _stopped(rest: str) -> str | None:
    return _without_preposition("arrêter ", rest)


def _without_preposition(verb: str, rest: str) -> str | None:
    """Put a verb before what « non » or « stop » refuses: « aux taxes » → « les taxes »."""
    for before, after in _REFUSED:
        if rest.startswith(before):
            return verb + after + rest[len(before) :]
    return None


_MAKERS: dict[str, Callable[[str], str | None]] = {
    "": _said_alone,
    "ask": _asked,
    "question": _asked_act,
    "label": _announced,
    "need": _thing,
    "must": _must,
    "that": _wish_that,
    "one": _from_subjunctive,
    "imperfect": _from_imperfect,
    "refusal": _refused,
    "stop": _stopped,
}
