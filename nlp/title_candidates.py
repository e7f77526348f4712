"""Candidate titles of a cluster, with scores of their wording."""

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from nlp.asking import Ask, is_rhetorical
from nlp.clauses import Clause, clauses
from nlp.grammar import grammar, plain_words, tokens_of
from nlp.openers import announces
from nlp.orthography import is_foreign, misspelt, unknown
from nlp.personal_data import PersonalData, find_personal_data
from nlp.phrases import action_phrase
from nlp.quotations import quality_of_quoting, way_of_quoting
from nlp.standalone import is_quotable, loses_its_subject
from nlp.text import is_stop_word, tokenise
from nlp.word_lists import words

_LONGEST = 180
_ACT, _MADE = 1.0, 0.9
_LABEL = 0.3
# What is taken off for each fault.
_FEWEST, _MOST, _PER_MISSING, _PER_WORD = 4, 14, 0.15, 0.035
_MISSPELT, _UNKNOWN, _FOREIGN, _REFUSED, _SHOUTED = 0.35, 0.1, 1.5, 0.4, 0.3
_MOST_FAULTS = 8
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"))
_LONG_WORD = 3
_UNREADABLE = 3
_FEW_WORDS = 8

_UNSAFE = re.compile(r"[\[\]{}<>@#*=|\\_^~]|https?|\d{2}[ .-]\d{2}[ .-]\d{2}|\.{3}|…|\?\?")
_LINK = re.compile(
    r"(?:et aussi|et puis|ou alors|ou bien|et|puis|donc|alors|bref),? (?=\w)", re.IGNORECASE
)
_DENIES = re.compile(r"\bje (?:ne |n')?(?:demande|réclame|dis|parle) pas", re.IGNORECASE)
_DISSENTS = re.compile(
    r"(?:^|[.!?:;,] )(?:non\b(?! seulement)|pas de |pas d'|surtout pas|"
    r"certainement pas|stop\b|contre\b|arrêtez|arrêtons|laissez|pourquoi payer|faut arr[eê]ter)|"
    r"^(?:ne |n')\w+ez\b|^ne (?:pas|plus)\b|touchez pas|son de cloche|avis contraire|"
    r"\bje vais (?:être impopulaire|fâcher)|\bje suis contre|d'accord avec (?:le|la|les|l'|ceux|"
    r"celui|celle)|\bnon merci|\bje dis non",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"^[\s.!?…»\"):]*(?:non\b|certainement pas|surtout pas|jamais\b|pas question|quelle blague|"
    r"sauf\b|à condition|seulement\b|uniquement\b|contre\b|n'importe quoi|bof\b|mdr\b|lol\b|"
    r"bravo\b|chapeau\b|voilà ce|on croit rêver|on nous dit|disent|dit|"
    r"je suis contre|on n'en veut|et puis quoi|très peu pour)",
    re.IGNORECASE,
)


class Tier(IntEnum):
    """What a possible title says, from what a person would sign to what only describes."""

    DEMAND = 0  # something that should change
    LACK = 1  # what is missing, or a demand that is not whole
    TESTIMONY = 2  # what people live through


@dataclass(frozen=True, slots=True)
class Wording:
    """A possible title of one text, whatever its cluster.

    Attributes
    ----------
    text : str
        The title.
    start, end : int
        Offsets of its clause.
    quoted : bool
        Whether it is the clause, letter for letter.
    quality : float
        How well it would read as a title; the larger, the better.
    tier : Tier
        Whether a demand stands in it.
    """

    text: str
    start: int
    end: int
    quoted: bool
    quality: float
    tier: Tier = Tier.DEMAND


@lru_cache(maxsize=20_000)
def wordings(text: str) -> tuple[Wording, ...]:
    """Return the titles that the clauses of ``text`` can make.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    tuple of Wording
        In reading order, actions and quotations of any tier; none holds personal data or an insult.

    Examples
    --------
    >>> [wording.text for wording in wordings("Il faudrait des bus le soir. On attend.")]
    ['Prévoir des bus le soir', 'On attend']
    """
    found: dict[str, Wording] = {}
    for clause in clauses(text):
        wording = _wording(clause, text) if _may_be_shown(clause) else None
        # Personal data is looked for last: most of the clauses are no title.
        if wording is None or _is_private(clause, text):
            continue
        # The same act from a part of the clause: what was left out adds nothing to it.
        if wording.text not in found or not wording.quoted:
            found[wording.text] = wording
    return tuple(found.values())


def _is_private(clause: Clause, text: str) -> bool:
    """Tell whether a clause holds personal data."""
    return any(p.start < clause.end and clause.start < p.end for p in personal_data_of(text))


@lru_cache(maxsize=20_000)
def personal_data_of(text: str) -> tuple[PersonalData, ...]:
    """Return the personal data of a text; a short one is often a title as it is, and read once.

    Parameters
    ----------
    text : str
        A text or a title.

    Returns
    -------
    tuple of PersonalData
        What :func:`nlp.personal_data.find_personal_data` returns.

    Examples
    --------
    >>> [found.kind.value for found in personal_data_of("Appeler le 06 12 34 56 78")]
    ['phone']
    """
    return find_personal_data(text)


@lru_cache(maxsize=20_000)
def dissents(text: str) -> bool:
    """Tell whether the author of ``text`` refuses what others ask for.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    bool
        True when a clause opens with a refusal, or says « contre », « pas d'accord ».

    Examples
    --------
    >>> dissents("Non merci, on a déjà l'odeur"), dissents("Des douches publiques")
    (True, False)
    """
    return _DISSENTS.search(text.replace("’", "'")) is not None


def _may_be_shown(clause: Clause) -> bool:
    said = tokenise(clause.words)
    return (
        len(clause.words) <= _LONGEST
        and clause.words.isprintable()
        and not clause.is_reported
        and not announces(clause.words)
        and len(said) > 1
        and not any(pattern.search(clause.words) for pattern in (_UNSAFE, _DENIES))
        and words("insults").isdisjoint(said)
        and not _repeats(clause.words, said)
        and all(clause.words.count(a) == clause.words.count(b) for a, b in _PAIRS)
        and not all(map(is_stop_word, said))
    )


def _repeats(clause: str, said: tuple[str, ...]) -> bool:
    """Tell whether a word comes back in a few words: irony (« des cours, toujours des cours »)."""
    named = [word for word in said if not is_stop_word(word)]
    return "," in clause and len(said) <= _FEW_WORDS and len(set(named)) < len(named)


def _wording(clause: Clause, text: str) -> Wording | None:
    """Return the clause turned into an act, or quoted, or None when what follows refuses it."""
    refused = _REFUSED_AFTER.match(clause.after.replace("’", "'")) is not None
    turned = None if refused else _turned(clause)
    if turned is not None:
        quality = _action_quality(clause, turned)
        return Wording(turned, clause.start, clause.end, quoted=False, quality=quality)
    plain = plain_words(clause.words)
    if refused or is_rhetorical(plain):
        return None
    said = _without_link(clause)
    way = way_of_quoting(said, len(text.strip()))
    plain = plain_words(said.words)
    if way is Ask.NOTHING and not is_quotable(plain):
        return None
    quality = round(quality_of_quoting(said, way) - _faults(said, said.words), 6)
    tier = _tier(plain, way)
    return Wording(said.words, said.start, said.end, quoted=True, quality=quality, tier=tier)


def _tier(plain: str, way: Ask) -> Tier:
    # « qu'elle verse d'office » : who?
    if way is Ask.NOTHING or loses_its_subject(plain):
        return Tier.TESTIMONY
    partial = misspelt(plain) >= _UNREADABLE
    partial = partial or (way is Ask.NAME and (plain[0].isdigit() or misspelt(plain) > 1))
    return Tier.LACK if partial or way is Ask.LACK else Tier.DEMAND


def _turned(clause: Clause) -> str | None:
    """Return the action phrase of a clause in standard spelling that nothing before it refuses."""
    plain = plain_words(clause.words)
    lead = tokens_of(clause.lead.replace("’", "'"))
    if misspelt(plain) or is_foreign(plain) or not grammar("doubtful_lead").isdisjoint(lead):
        return None
    return action_phrase(clause.words, clause.lead)


def _without_link(clause: Clause) -> Clause:
    """Return the clause without the word that only links it to what came before."""
    link = _LINK.match(clause.words)
    if link is None:
        return clause
    return replace(clause, words=clause.words[link.end() :], start=clause.start + link.end())


def _action_quality(clause: Clause, turned: str) -> float:
    made = _MADE if turned.startswith(("Prévoir ", "Que ", "Qu’")) else _ACT
    label = _LABEL * clause.after.lstrip().startswith(":")
    return round(made - label - _faults(clause, turned), 6)


def _faults(clause: Clause, title: str) -> float:
    """Return what is taken off a title for its length, its spelling and its capitals."""
    n_words = len(title.replace("'", " ").replace("’", " ").split())
    said = tokenise(clause.words)
    n_unknown, plain = unknown(clause.words), plain_words(clause.words)
    shouted = sum(word.isupper() and len(word) > _LONG_WORD for word in clause.words.split()) > 1
    return (
        _PER_WORD * max(0, n_words - _MOST)
        + _PER_MISSING * max(0, _FEWEST - n_words)
        + _MISSPELT * min(_MOST_FAULTS // 2, misspelt(plain))
        + _UNKNOWN * min(_MOST_FAULTS, n_unknown)
        + _FOREIGN * is_foreign(clause.words)
        + _REFUSED * (said[0] in grammar("refused_first"))
        + _SHOUTED * shouted
    )
