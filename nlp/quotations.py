"""Selects the clauses that may be quoted as titles."""

import re

from nlp.asking import Ask, has_verb, way_of_asking
from nlp.clauses import Clause
from nlp.grammar import grammar, plain_words, tokens_of
from nlp.noun_phrases import has_price, is_plan
from nlp.openers import announces, opened
from nlp.orthography import is_foreign, misspelt
from nlp.spelling import standard
from nlp.standalone import is_quotable, loses_its_subject, refers
from nlp.word_lists import words

_OPENING = 8
_WHOLE = 0.8
_FEWEST, _MOST, _FEWEST_NAMED = 4, 14, 3
# How well a clause reads as a title, by the way in which it asks.
_QUALITIES = {
    Ask.OPENED: 0.7,
    Ask.ORDER: 0.65,
    Ask.THING: 0.65,
    Ask.WORD: 0.4,
    Ask.NAME: 0.5,
    Ask.LACK: 0.1,
    Ask.NOTHING: 0.1,
}
_ANNOUNCED = 0.8
# What is taken off for each fault.
_POINTS, _ONE_PERSON, _LABEL = 0.6, 0.25, 0.3
_FIGURE, _CUT, _LIST = 0.2, 0.05, 0.2
_SHORT_LIST = 5
_DEFINITE = ("le ", "la ", "les ", "l'")
_REPORTS = re.compile(
    r"\b(?:dit|disent|répond|répondent|dire|répondu|écrit|propose|proposé) (?:que|qu'|de|d')"
)


def way_of_quoting(clause: Clause, length: int) -> Ask:
    """Tell how a quotation asks for a change.

    Parameters
    ----------
    clause : Clause
        A clause.
    length : int
        Length of its text.

    Returns
    -------
    Ask
        NOTHING for testimony, and for what only its place explains.

    Examples
    --------
    >>> from nlp.clauses import clauses
    >>> said = "Facteur depuis 22 ans. Un numéro direct pour les voisins."
    >>> [way_of_quoting(clause, len(said)).name for clause in clauses(said)]
    ['NOTHING', 'THING']
    """
    plain = plain_words(clause.words)
    reported = _REPORTS.search(plain) and not opened(plain)[1]
    if reported or not is_quotable(plain) or is_foreign(plain):
        return Ask.NOTHING
    # « Le règlement m'arrête : il faut un contrat » tells what is endured.
    if clause.lead and opened(plain)[1] == "must" and not announces(clause.lead):
        return Ask.NOTHING
    way = way_of_asking(plain_words(standard(plain)) if misspelt(plain) else plain)
    n_words = len(plain.split())
    if way in (Ask.THING, Ask.NAME) and n_words < _FEWEST_NAMED and len(plain) < _WHOLE * length:
        return Ask.NOTHING
    if _is_label(clause, plain) or _repeats_its_lead(clause):
        return Ask.NOTHING
    if way not in (Ask.NAME, Ask.LACK) or announces(clause.lead):
        return way
    return way if _is_named(clause, plain, length) else Ask.NOTHING


def _is_label(clause: Clause, plain: str) -> bool:
    """Tell whether a clause only announces what follows its colon (« Ce que je demande : »)."""
    short = len(plain.split()) < _FEWEST or plain.startswith(("ce que ", "ce qu'"))
    return short and clause.after.lstrip().startswith(":")


def _repeats_its_lead(clause: Clause) -> bool:
    """Tell whether a clause holds its own announcement (« La table propose : un jury »)."""
    lead, colon, _ = clause.words.partition(":")
    return bool(colon) and (
        announces(lead) or not words("speakers").isdisjoint(tokens_of(lead)[:1])
    )


def _is_named(clause: Clause, plain: str, length: int) -> bool:
    """Tell whether a clause without a verb names what should be set up, or is all its text."""
    if _only_says_who_speaks(clause, plain):
        return False
    n_words = len(plain.split())
    brief = n_words < _FEWEST_NAMED if plain.startswith(_DEFINITE) else n_words <= _MOST
    whole = len(clause.words) > _WHOLE * length and not (":" in plain or has_price(plain))
    whole = whole and (brief or not (misspelt(plain) or plain.startswith(_DEFINITE)))
    return whole or is_plan(plain) or way_of_asking(plain) is Ask.LACK


def quality_of_quoting(clause: Clause, way: Ask) -> float:
    """Tell how well a quotation would read as a title, whatever its length and spelling.

    Parameters
    ----------
    clause : Clause
        A clause.
    way : Ask
        What :func:`way_of_quoting` returned.

    Returns
    -------
    float
        The larger, the better.

    Examples
    --------
    >>> from nlp.clauses import clauses
    >>> (clause,) = clauses("Un bus le soir")
    >>> quality_of_quoting(clause, Ask.THING) > quality_of_quoting(clause, Ask.LACK)
    True
    """
    plain = plain_words(clause.words)
    quality = _ANNOUNCED if announces(clause.lead) else _QUALITIES[way]
    faults = (
        (_POINTS, refers(plain) or loses_its_subject(plain)),
        (_ONE_PERSON, not grammar("one_person").isdisjoint(tokens_of(plain))),
        (_LABEL, clause.after.lstrip().startswith(":")),
        (_LABEL + _FIGURE, plain[:1].isdigit()),
        (_FIGURE, any(map(str.isdigit, plain)) and not plain[:1].isdigit()),
        (_CUT, clause.is_cut),
        (_LIST, way is Ask.NAME and "," in plain and len(plain.split()) <= _SHORT_LIST),
    )
    quality -= sum(weight for weight, present in faults if present)
    return quality


def _only_says_who_speaks(clause: Clause, plain: str) -> bool:
    """Tell whether the clause announces who speaks: « Facteur depuis 22 ans. », « (maire) »."""
    if plain.startswith("("):
        return True
    first, *rest = tokens_of(plain)
    says = not words("speakers").isdisjoint((first, first.rstrip("s"))) or (
        first.isdigit() and rest[:1] == ["ans"]
    )
    return clause.start < _OPENING and says and not has_verb(plain)
