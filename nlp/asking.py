"""Classifies how a clause expresses a request."""

import re
from enum import Enum
from itertools import pairwise

from nlp.acts import is_subject
from nlp.clause_parts import after_frame, first_part, without_closing
from nlp.grammar import (
    grammar,
    is_conditional,
    is_finite,
    is_infinitive,
    is_order,
    is_stated,
    speaks_to_somebody,
    tokens_of,
)
from nlp.noun_phrases import (
    contrasts,
    is_explained,
    is_judged,
    is_lack,
    is_measure,
    is_wanted,
    tells_facts,
)
from nlp.openers import opened
from nlp.word_lists import words

_QUOTED = re.compile("[«“][^»”]*[»”]")
_ASIDE = re.compile(r" ?\([^()]*\)")
_BEFORE_VERB = ("ne", "pas", "plus", "jamais", "mieux", "bien", "se", "s'", "surtout", "juste")
# A wish of the speaker inside the clause, that nothing takes back.
_WISHES = re.compile(
    r"\bla table préfère\b|(?<!quand )(?<!si )\b(?:je|on|nous|la table|le groupe) "
    r"(?:veux|voudrais|voudrait|voudrions|voulons|souhaite|"
    r"souhaitons|souhaiterais|demande|demandons|réclame|réclamons|propose|proposons|suggère|"
    r"aimerais|aimerait|aimerions|préférons|préférerais)\b(?! (?:pas|plus|bien|rien|à voir)\b)"
)
_NEEDS = re.compile(
    r"\b(?:ont|ai|a|avons|avez) besoin (?:de|d')|^(?:il (?:nous |me |leur )?)?manque (?!de |d')|"
    r"(?<!: )\bil (?:nous |leur |lui )?faut (?:quelqu'|une? |des )|^il me faut |"
    r"^(?:avant|après|dans|pour|pendant) .*\bqu'on |, et (?:qu'on|que (?:ce soit|l[ae]s?)) "
)
_UNMET = re.compile(r"^(?:il n'y a|y a|ya|il n'y en a) (?:plus|pas|aucun|trop)|^manque (?:de |d')")
_PREFERS = re.compile(r"\bje préfère (?!ne )")
_TAKES_BACK = ("pas", "plus", "bien", "rien", "jamais")
# « on veut nous déloger », « il faut que ça tourne » : nobody asks for what follows.
_NOT_ASKED = {"need": ("nous", "lui", "leur"), "that": ("ça", "ca", "ce")}
_WISH_OPENERS = ("ask", "need", "that", "one", "question", "imperfect")
_NOT_ADVISED = ("je", "j'", "tu", "ça", "ca")
_OPENS_ORDER = (",", "et", ":", "alors", "mais", "plutôt")
_FEWEST = 3


class Ask(Enum):
    """How a clause asks, from the most to the least explicit."""

    OPENED = "opened"  # « il faudrait… », « je propose… », « que la mairie… »
    ORDER = "order"  # « laissez-nous… »
    THING = "thing"  # « un van dans chaque canton », « plus de bus »
    WORD = "word"  # « … pourrait… », « il manque… »
    NAME = "name"  # « taxi collectif », nothing but a name
    LACK = "lack"  # « plus rien après 20 h », « trop de gîtes »
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
    said = " ".join(_ASIDE.sub("", _QUOTED.sub("", clause)).split())
    rest, kind = opened(said)
    tokens = tokens_of(rest)
    if not grammar("mockery").isdisjoint(tokens):
        return Ask.NOTHING
    if not tokens or said.endswith("?"):
        return _way_of_a_question(said)
    if kind in _WISH_OPENERS and tokens[0] not in _TAKES_BACK:
        return Ask.NOTHING if _is_a_story(kind, tokens) else Ask.OPENED
    if kind == "must":
        return Ask.WORD if _is_needed(tokens) else Ask.NOTHING
    if kind in ("refusal", "stop"):
        return Ask.THING if tokens[0] in ("à", "au", "aux", "avec") else Ask.NOTHING
    return _way_of_a_sentence(said, without_closing(after_frame(tokens)))


def _way_of_a_sentence(said: str, tokens: list[str]) -> Ask:
    """Tell how a clause that opens with no opener asks."""
    if is_infinitive(_act_of(tokens)[0]):
        return _way_of_an_act(_act_of(tokens))
    if _is_order_first(tokens):
        return Ask.NOTHING if _threatens(tokens) else Ask.ORDER
    if contrasts(tokens):
        return Ask.NOTHING
    if is_wanted(tokens):
        return Ask.THING
    if _holds_a_request(said, tokens):
        return Ask.WORD
    return _way_of_a_name(said, tokens)


def _way_of_a_name(said: str, tokens: list[str]) -> Ask:
    """Tell whether a clause that asks for nothing names a thing, or what is missing."""
    finite = any(is_finite(tokens, at) for at in range(1, len(tokens)))
    persons = grammar("subject") | grammar("one_person") | words("mishaps")
    if _PREFERS.search(said) or (_UNMET.search(said) and words("mishaps").isdisjoint(tokens)):
        return Ask.LACK
    if is_judged(tokens) or is_measure(tokens) or speaks_to_somebody(tokens):
        return Ask.NOTHING
    if tokens[0] in grammar("feeling"):
        return Ask.NOTHING
    if is_lack(tokens):
        finite = finite or tokens[0] == "jamais"
        return Ask.NOTHING if finite or not persons.isdisjoint(tokens) else Ask.LACK
    if _goes_on(tokens) or is_stated(tokens) or is_subject(tokens):
        return Ask.NOTHING
    opens = grammar("subject") | grammar("subordinator") | grammar("says") | grammar("pointer")
    vague = tokens[0] in opens | {"contre", "autant"} or tells_facts(tokens)
    # « À étendre aux communes voisines » : nothing says what.
    vague = vague or (tokens[0] == "à" and any(map(is_infinitive, tokens[1:2])))
    return Ask.NOTHING if vague else Ask.NAME


def _goes_on(tokens: list[str]) -> bool:
    """Tell whether a sentence follows the comma (« les gendarmes, on leur demande pas »)."""
    if any(a == "," and b in grammar("subject") for a, b in pairwise(tokens)):
        return True
    rest, links = tokens[len(first_part(tokens)) :], grammar("subordinator")
    link = next((at for at, token in enumerate(rest) if token in links), len(rest))
    return not {"ne", "n'"}.isdisjoint(rest[:link])


def _is_a_story(kind: str, tokens: list[str]) -> bool:
    """Tell whether an opener tells something (« moi qu'on n'écoute jamais, j'ai… »)."""
    if tokens[0] in _NOT_ASKED.get(kind, ()):
        return True
    if kind == "question":
        return not (is_infinitive(tokens[0]) or tokens[0] in ("un", "une", "des"))
    if kind == "need" and is_infinitive(tokens[0]):
        return not {"ne", "n'"}.isdisjoint(tokens)
    return kind in ("that", "one") and not {"je", "j'"}.isdisjoint(tokens)


def _is_needed(tokens: list[str]) -> bool:
    """Tell whether what follows « il faut » is a request, and not what people endure."""
    wanted = (grammar("wanted") - {"pas", "non", "stop"}) | {"quelqu'un", "juste"}
    if tokens[0] in words("asked_acts") | wanted:
        return True
    return tokens[:2] == ["qu'", "on"] or tokens[:2] in (["aller", "vers"], ["aller", "chez"])


def _act_of(tokens: list[str]) -> list[str]:
    """Return a clause without the negation and the adverbs before its first verb."""
    at = 0
    while at < len(tokens) - 1 and tokens[at] in _BEFORE_VERB:
        at += 1
    return tokens[at:]


def _way_of_an_act(tokens: list[str]) -> Ask:
    """Tell whether an infinitive that opens a clause asks for its act."""
    act, rest = first_part(tokens), tokens[len(first_part(tokens)) :]
    speaks = rest[1:2] and rest[1] in grammar("subject")
    refuses = speaks and (rest[1] in ("je", "j'") or not {"ne", "n'"}.isdisjoint(rest))
    if is_judged(tokens) or is_subject(act) or refuses:
        return Ask.NOTHING
    hard = words("states") | grammar("endured")
    if act[0] in hard or len(act) < _FEWEST or not grammar("one_person").isdisjoint(act):
        return Ask.NOTHING
    return Ask.WORD if act[0] in words("burdens") else Ask.OPENED


def _is_order_first(tokens: list[str]) -> bool:
    negated = tokens[0] in ("ne", "n'") and len(tokens) > 1
    return is_order(tokens[1] if negated else tokens[0])


def _threatens(tokens: list[str]) -> bool:
    """Tell whether an order is ironic: « ouvrez un concurrent et je ferme »."""
    return any(
        tokens[at] == "et" and not grammar("threat").isdisjoint(tokens[at + 1 : at + 5])
        for at in range(1, len(tokens))
    )


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
    """« pourquoi pas… ? » and « …pourrait… ? » ask; « pourquoi… ? » says what is missing."""
    rest, kind = opened(clause)
    if kind in ("question", "imperfect"):
        return Ask.NOTHING if _is_a_story(kind, tokens_of(rest) or [""]) else Ask.OPENED
    tokens = tokens_of(clause)
    if tokens and tokens[0] in ("pourquoi", "où", "quand") and not is_rhetorical(clause):
        refuses = tokens[0] == "pourquoi" and not grammar("obliged").isdisjoint(tokens)
        return Ask.NOTHING if refuses else Ask.LACK
    asks = not grammar("modal").isdisjoint(tokens) or " pourquoi pas " in clause
    return Ask.WORD if asks else Ask.NOTHING


def _holds_a_request(said: str, tokens: list[str]) -> bool:
    if _WISHES.search(said) or _NEEDS.search(said) or _should_be(tokens):
        return True
    if tokens[0] == "si" and {"pouvait", "pouvaient"}.intersection(tokens):
        return True
    begins = tokens[0] in ("un", "une", "des")
    if begins and any(map(is_conditional, tokens)) and not is_judged(tokens) | is_lack(tokens):
        return True
    orders = (at for at in range(1, len(tokens)) if tokens[at - 1] in _OPENS_ORDER)
    return any(is_order(tokens[at]) for at in orders) or is_explained(tokens)


def _should_be(tokens: list[str]) -> bool:
    """Tell whether a clause says what something should do (« le bailleur doit réparer »)."""
    speakers = grammar("subject") | {"qui", "y"}
    for at in range(1, len(tokens)):
        before = tokens[at - 1]
        if "ne" in tokens[at - 2 : at] or "n'" in tokens[at - 2 : at]:
            continue
        mine = tokens[at + 1 : at + 3] in (["que", "j'"], ["que", "je"])
        if tokens[at] in grammar("modal") and before not in _NOT_ADVISED and not mine:
            return True
        if tokens[at] in grammar("duty") and before.isalpha() and before not in speakers:
            return True
    return False


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
