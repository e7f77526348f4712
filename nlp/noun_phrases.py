"""Classifies clauses without a main verb: a request, a lack, or a description."""

import re
from itertools import pairwise

from nlp.acts import is_subject
from nlp.clause_parts import CLOSES, NEAR, SHOWS, first_part
from nlp.grammar import grammar, is_conditional, is_finite, is_infinitive, is_stated, tokens_of
from nlp.text import lemma
from nlp.word_lists import pairs, words

# After them, « c' » and « ça » open a subordinate clause (« quelqu'un dont c'est le métier »).
_LINKED = frozenset(("dont", "où", "ou", "que", "qu'", "quand", "si", "pendant"))
_PRESENTS = frozenset(("ait", "aient", "fait", "sait", "plait"))
_FREE = ("gratuit", "gratuits", "gratuite", "gratuites", "maximum", "minimum", "obligatoires")
_PER_FIGURE = 4
_PARTICIPLES = ("é", "ée", "és", "ées", "i", "ie", "is", "ies", "u", "ue", "us", "ues")
# A price that is paid, not one that is asked for: « à 1 € », « 20 € par mois ».
_PRICE = re.compile(
    r"(?<!à \d)(?<!à \d )(?<!à un )(?:€|euros?|balles)(?!\w)(?! par)", re.IGNORECASE
)
_EVERYBODY = ("les", "ceux", "celles", "tous", "toutes", "chaque")
_SUBORDINATES = [[word] for word in sorted(_LINKED)]


def is_judged(tokens: list[str]) -> bool:
    """Tell whether a clause judges what it names (« porter des packs, c'est non »).

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        False for what only closes a request, « et c'est tout ».

    Examples
    --------
    >>> is_judged(tokens_of("un fonds, c'est du vent"))
    True
    >>> is_judged(tokens_of("un fonds, c'est tout"))
    False
    """
    if not grammar("stance").isdisjoint(tokens) or ("ce", "serait") in pairwise(tokens):
        return True
    return any(
        token in SHOWS
        and tokens[at - 1 : at] not in _SUBORDINATES
        and CLOSES.isdisjoint(tokens[at + 1 : at + NEAR])
        for at, token in enumerate(tokens)
    )


def is_lack(tokens: list[str]) -> bool:
    """Tell whether a clause without a main verb says what is missing or excessive.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True for « plus rien après 20 h », « trop de gîtes », « des files interminables ».

    Examples
    --------
    >>> is_lack(tokens_of("permis trop cher")), is_lack(tokens_of("un permis gratuit"))
    (True, False)
    """
    links = grammar("subordinator")
    said = tokens[: next((at for at, token in enumerate(tokens) if token in links), len(tokens))]
    if not (grammar("lacking") | words("complaints")).isdisjoint(said):
        return True
    after = tokens[1] if len(tokens) > 1 else ""
    if tokens[0] in ("personne", "pas") or (tokens[0] == "plus" and after not in ("de", "d'")):
        return after != "plus"
    return any(
        (a == "pas" and b in ("de", "d'", "un", "une"))
        or (a == "rien" and b not in ("d'", "de", "qu'"))
        for a, b in pairwise([*said, "."])
    )


def tells_facts(tokens: list[str]) -> bool:
    """Tell whether a clause tells what happened, or how things are.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True with a mishap, a time of the present or the past, or the first person.

    Examples
    --------
    >>> tells_facts(tokens_of("un vélo volé")), tells_facts(tokens_of("un vélo prêté"))
    (True, False)
    """
    opens = tokens[0] not in words("plan_words") and _is_participle(tokens[0])
    last_year = ("l'", "an") in pairwise(tokens)
    return opens or last_year or _is_past(tokens) or not grammar("one_person").isdisjoint(tokens)


def _is_participle(word: str) -> bool:
    return word.endswith(_PARTICIPLES) and lemma(word) != word and is_infinitive(lemma(word))


def _is_past(tokens: list[str]) -> bool:
    """Tell whether a clause holds a mishap, a time of the past or a verb in the imperfect."""
    if not (words("mishaps") | grammar("present")).isdisjoint(tokens):
        return True
    return any(
        _is_imperfect(token) and is_finite(tokens, at) for at, token in enumerate(tokens) if at
    )


def _is_imperfect(token: str) -> bool:
    present = token in _PRESENTS or lemma(token).endswith("yer")
    return token.endswith(("ait", "aient")) and not present and not is_conditional(token)


def is_wanted(tokens: list[str]) -> bool:
    """Tell whether a clause names a thing that somebody wants: « un van dans chaque canton ».

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        False for a quantity, a lack, a fact or a sentence.

    Examples
    --------
    >>> is_wanted(tokens_of("un van dans chaque canton")), is_wanted(tokens_of("une semaine"))
    (True, False)
    """
    if tokens[0] not in grammar("wanted") or is_stated(tokens) or is_subject(tokens):
        return False
    if "?" in tokens or any(a == "si" and b in ("je", "j'") for a, b in pairwise(tokens)):
        return False
    head = tokens[1] if len(tokens) > 1 else ""
    if tokens[0] in ("plus", "moins") and head not in ("de", "d'"):
        return False
    links = grammar("subordinator")
    said = tokens[: next((at for at, token in enumerate(tokens) if token in links), len(tokens))]
    if not (grammar("subject") - {"il", "on"}).isdisjoint(first_part(said)):
        return False
    return not (is_measure(tokens) or is_lack(tokens) or is_judged(tokens) or _is_past(tokens))


def contrasts(tokens: list[str]) -> bool:
    """Tell whether a clause sets side by side who has a thing and who has not.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True for a state of things that nobody asks for.

    Examples
    --------
    >>> contrasts(tokens_of("des mamies avec chambre, des apprentis sans chambre"))
    True
    >>> contrasts(tokens_of("des jardins avec l'eau fournie, des bancs sans accoudoirs"))
    False
    """
    had, lacked = ({b for a, b in pairwise(tokens) if a == word} for word in ("avec", "sans"))
    return tokens[0] == "des" and not had.isdisjoint(lacked)


def is_measure(tokens: list[str]) -> bool:
    """Tell whether a clause opens with a quantity, a time or a share.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True for « une vingtaine de », « une heure », « une femme sur trois ».

    Examples
    --------
    >>> is_measure(tokens_of("une femme sur trois")), is_measure(tokens_of("une rampe"))
    (True, False)
    """
    share = tokens[2:3] == ["sur"] and not grammar("number").isdisjoint(tokens[3:4])
    measured = not grammar("measure").isdisjoint(tokens[1:2])
    return tokens[0] in ("un", "une", "des", "quelques") and (share or measured)


def has_price(clause: str) -> bool:
    """Tell whether a clause holds what something costs, and not a price asked for (« à 1 € »).

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False for « 20 € par mois », which names an amount to give or to pay.

    Examples
    --------
    >>> has_price("location 520 €"), has_price("repas à 1 €")
    (True, False)
    """
    return _PRICE.search(clause) is not None


def is_explained(tokens: list[str]) -> bool:
    """Tell whether a thing wanted comes first, and then why, or how it would work.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True for « un salarié, et les repas sont livrés ».

    Examples
    --------
    >>> is_explained(tokens_of("un salarié, et les repas sont livrés"))
    True
    >>> is_explained(tokens_of("un salarié payé par nous, jamais"))
    False
    """
    thing, why = first_part(tokens), tokens[len(first_part(tokens)) :]
    if not why or tokens[0] == "du" or is_judged(tokens) or _is_past(tokens):
        return False
    subjects = grammar("subject")
    told = any(token in subjects and why[at - 1] != "et" for at, token in enumerate(why))
    refused = {"mais", "ai"}.intersection(tokens) or why[1:2] == ["jamais"]
    named = is_wanted(thing) or _is_explained_plan(thing, why)
    return named and not (told or refused)


def _is_explained_plan(thing: list[str], why: list[str]) -> bool:
    """Tell whether a plan without an article comes first, and then a sentence."""
    opens = grammar("article") | grammar("determiner") | grammar("subject")
    if thing[0] in opens or ":" in thing or not is_plan(" ".join(thing)):
        return False
    told = any(is_finite(thing, at) for at in range(1, len(thing)))
    complains = not (grammar("one_person") | {"ne", "n'"}).isdisjoint(why)
    return not (told or complains) and any(is_finite(why, at) for at in range(1, len(why)))


def is_plan(clause: str) -> bool:
    """Tell whether a clause without a verb holds a word of a plan (« atelier chaque samedi »).

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False for what only says who speaks, or what somebody lives through.

    Examples
    --------
    >>> is_plan("atelier vélo chaque samedi"), is_plan("veilleur de nuit depuis neuf ans au Mans")
    (True, False)
    """
    tokens = tokens_of(clause)
    if is_judged(tokens) or is_lack(tokens) or tells_facts(tokens) or _counts(tokens):
        return False
    if has_price(clause) or "table" in tokens:
        return False
    aimed = any(a == "pour" and b in _EVERYBODY for a, b in pairwise(tokens))
    acts = frozenset(noun for noun, _ in pairs("nominalisations"))
    named = tokens[1] if tokens[0] in grammar("article") and len(tokens) > 1 else tokens[0]
    return aimed or named in acts or not words("plan_words").isdisjoint(tokens)


def _counts(tokens: list[str]) -> bool:
    """Tell whether figures make a fact of a clause (« deux heures de route », « bus 6h42 »)."""
    after = tokens[1:2]
    nounless = not after or after[0] in grammar("frame") | grammar("measure") | {"et", ",", "à"}
    figures = sum(token[0].isdigit() for token in tokens)
    many = figures * _PER_FIGURE > len(tokens)
    if not frozenset(_FREE).isdisjoint(tokens):
        return False
    return many or tokens[0][0].isdigit() or (tokens[0] in grammar("number") and nounless)
