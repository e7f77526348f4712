"""How a clause asks for something, whether or not it can be turned into an act."""

import re
from enum import Enum

from nlp.grammar import (
    grammar,
    is_conditional,
    is_finite,
    is_infinitive,
    is_order,
    is_stated,
    tokens_of,
)
from nlp.openers import opened
from nlp.word_lists import words

_QUOTED = re.compile("[«“][^»”]*[»”]")


class Ask(Enum):
    """How a clause asks, from the most to the least explicit."""

    OPENED = "opened"  # « il faudrait… », « je propose… », « que la mairie… »
    ORDER = "order"  # « laissez-nous… »
    THING = "thing"  # « un van dans chaque canton », « plus de bus »
    WORD = "word"  # « … pourrait… », « il manque… »
    NAME = "name"  # « taxi collectif », nothing but a name
    NOTHING = "nothing"


def way_of_asking(clause: str) -> Ask:
    """Tell how ``clause`` asks for something.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    Ask
        The most explicit way that is found.

    Examples
    --------
    >>> way_of_asking("un van dans chaque canton"), way_of_asking("la poste a fermé")
    (<Ask.THING: 'thing'>, <Ask.NOTHING: 'nothing'>)
    """
    tokens = tokens_of(_QUOTED.sub("", clause))
    if not tokens or tokens[-1] == "?":
        return _way_of_a_question(clause)
    if opened(clause)[1] not in ("", "stop", "refusal", "must") or is_infinitive(tokens[0]):
        return Ask.OPENED
    negated = "ne" in tokens[1:] or "n'" in tokens[1:]
    if not negated and is_order(tokens[0]):
        return Ask.ORDER
    stated = is_stated(tokens)
    if tokens[0] in grammar("wanted") and not stated and not _complains(tokens):
        return Ask.THING
    if not negated and _holds_a_request(tokens):
        return Ask.WORD
    return Ask.NOTHING if stated or tokens[0] in grammar("subject") else Ask.NAME


def is_rhetorical(clause: str) -> bool:
    """Tell whether ``clause`` is a question that refuses the act it names.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        True for « payer des interprètes ? » and « pourquoi payer… ? », not for « pourquoi ne pas ».

    Examples
    --------
    >>> is_rhetorical("pourquoi payer un gardien ?"), is_rhetorical("pourquoi ne pas essayer ?")
    (True, False)
    """
    tokens = tokens_of(clause)
    if not clause.endswith("?") or opened(clause)[1] in ("question", "imperfect"):
        return False
    first = tokens[1] if tokens[0] == "pourquoi" else tokens[0]
    return is_infinitive(first)


def _way_of_a_question(clause: str) -> Ask:
    """« pourquoi pas… ? » and « …pourrait… ? » ask."""
    if opened(clause)[1] in ("question", "imperfect"):
        return Ask.OPENED
    return Ask.WORD if _holds_a_request(tokens_of(clause)) else Ask.NOTHING


def _complains(tokens: list[str]) -> bool:
    return not words("complaints").isdisjoint(tokens)


def _holds_a_request(tokens: list[str]) -> bool:
    if not words("request_words").isdisjoint(tokens):
        return True
    return any(is_order(token) or is_conditional(token) for token in tokens)


def has_verb(clause: str) -> bool:
    """Tell whether ``clause`` holds a verb, conjugated or in the infinitive.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False for a thing named, « infirmière libérale à Laval ».

    Examples
    --------
    >>> has_verb("infirmière libérale à Laval"), has_verb("la poste a fermé")
    (False, True)
    """
    tokens = tokens_of(clause)
    return any(
        is_infinitive(token) or is_order(token) or (at > 0 and is_finite(tokens, at))
        for at, token in enumerate(tokens)
    )
