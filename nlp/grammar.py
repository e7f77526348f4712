"""French grammar for titles: infinitives, imperatives, conjugated verbs, pronouns."""

import re
from functools import cache

from nlp.text import lemma
from nlp.word_lists import pairs, words

_IMPERFECT = ("ait", "issait")
# Words that are an infinitive too, and hardly ever as the first word of a request.
_NOUNS = frozenset({"fier", "souvenir", "devoir", "pouvoir", "être", "avoir"})
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_SPACES = re.compile(r"\s+")
_SHOUTED = 4
_CONDITIONAL = ("rait", "raient")
_NOT_CONJUGATED = ("é", "ée", "es", "és", "u", "us", "i", "is", "ant", "ants")
_NO_ORDERS = frozenset(("chez", "assez", "nez", "rez", "allez", "rendez"))


@cache
def grammar(name: str) -> frozenset[str]:
    """Return the words of a class of ``nlp/data/grammar.txt``.

    Parameters
    ----------
    name : str
        Name of the class.

    Returns
    -------
    frozenset of str
        Its words; an elided word ends with its apostrophe.

    Examples
    --------
    >>> "ses" in grammar("possessive")
    True
    """
    return frozenset(word for known, word in pairs("grammar") if known == name)


def plain_words(clause: str) -> str:
    """Return ``clause`` with plain apostrophes and spaces, its first letter lowered.

    Parameters
    ----------
    clause : str
        The words of a clause.

    Returns
    -------
    str
        What the rules of titles read; a clause in capitals is lowered.

    Examples
    --------
    >>> plain_words("L’EAU  CHAUDE"), plain_words("CAF et MSA")
    ("l'eau chaude", 'CAF et MSA')
    """
    plain = _SPACES.sub(" ", clause.replace("’", "'")).strip()
    if plain.isupper() and any(len(word) >= _SHOUTED for word in plain.split()):
        return plain.lower()
    first = plain.split(" ", 1)[0]
    if len(first) > 1 and first.isupper() and not is_infinitive(first.lower()):
        return plain
    return (first.lower() if first.isupper() else first[:1].lower() + first[1:]) + plain[
        len(first) :
    ]


def tokens_of(phrase: str) -> list[str]:
    """Split a phrase into lower-case words, elisions and marks.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    list of str
        Tokens in reading order; an elided word keeps its apostrophe.

    Examples
    --------
    >>> tokens_of("L'eau, d'abord")
    ["l'", 'eau', ',', "d'", 'abord']
    """
    return _TOKEN.findall(phrase.lower())


@cache
def is_infinitive(word: str) -> bool:
    """Tell whether a lower-case word is a French infinitive, and surely not a noun.

    Parameters
    ----------
    word : str
        A lower-case word.

    Returns
    -------
    bool
        True for known infinitives, their « re- » and « co- » forms, the regular endings, and
        words whose imperfect the dictionary knows.

    Examples
    --------
    >>> is_infinitive("développer"), is_infinitive("atelier"), is_infinitive("revégétaliser")
    (True, False, True)
    >>> is_infinitive("abriter"), is_infinitive("menacer")
    (True, True)
    """
    known = words("infinitives")
    bare = word.removeprefix("re-").removeprefix("co-").removeprefix("ré-")
    if word in known or bare in known or word.endswith(("aliser", "iliser", "ariser", "ifier")):
        return True
    # « abriter » has « abritait », « atelier » has no « ateliait ».
    if not word.endswith(("r", "re")):
        return False
    stem = word[:-2]
    # « menaçait », « mangeait » : the spelling follows the sound.
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" * stem.endswith("g")
    return word not in _NOUNS and any(lemma(soft + end) == word for end in _IMPERFECT)


def is_order(token: str) -> bool:
    """Tell whether a token orders an act (« mettez », « prêtez-moi »).

    Parameters
    ----------
    token : str
        A token of :func:`tokens_of`.

    Returns
    -------
    bool
        False for set phrases (« croyez-moi »).

    Examples
    --------
    >>> is_order("mettez"), is_order("chez"), is_order("devinez")
    (True, False, False)
    """
    verb = token.partition("-")[0]
    return (
        speaks_to_somebody([token])
        and verb not in words("set_phrases")
        and is_infinitive(lemma(verb))
    )


def speaks_to_somebody(tokens: list[str]) -> bool:
    """Tell whether a verb in « -ez » stands in the phrase, an order or not.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`tokens_of`.

    Returns
    -------
    bool
        True for « vous pouvez », « et lisez-les ».

    Examples
    --------
    >>> speaks_to_somebody(["et", "lisez-les"]), speaks_to_somebody(["chez", "rendez-vous"])
    (True, False)
    """
    verbs = (token.partition("-")[0] for token in tokens)
    return any(verb.endswith("ez") and verb not in _NO_ORDERS for verb in verbs)


def is_finite(tokens: list[str], at: int, *, after_noun: bool = False) -> bool:
    """Tell whether the word at ``at`` is surely a conjugated verb.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`tokens_of`.
    at : int
        A position, above 0.
    after_noun : bool, default=False
        Whether the word before is known to be no determiner.

    Returns
    -------
    bool
        False for words that are nouns or adjectives too (« marche », « vides »).

    Examples
    --------
    >>> is_finite(["isoler", "coûte", "cher"], 1), is_finite(["les", "bus", "vides"], 2)
    (True, False)
    """
    word = tokens[at]
    if word in words("finite_verbs"):
        return True
    if not word.isalpha() or is_infinitive(word):
        return False
    if tokens[at - 1] in grammar("determiner") and not after_noun:
        return False
    # Participles (« tenu », « choisi »); the second person hardly ever follows an act.
    if word.endswith(_NOT_CONJUGATED):
        return False
    root = lemma(word)
    return root != word and is_infinitive(root)


def is_stated(tokens: list[str]) -> bool:
    """Tell whether a conjugated verb stands outside any subordinate clause.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`tokens_of`.

    Returns
    -------
    bool
        True for a sentence, False for a thing and what describes it.

    Examples
    --------
    >>> is_stated(["la", "poste", "ouvre"]), is_stated(["un", "bus", "qui", "passe"])
    (True, False)
    """
    links = grammar("subordinator")
    link = next((at for at, token in enumerate(tokens) if token in links), len(tokens))
    return any(is_finite(tokens, at) for at in range(1, link))


def is_conditional(token: str) -> bool:
    """Tell whether a token is a verb in the conditional (« couperait »).

    Parameters
    ----------
    token : str
        A token of :func:`tokens_of`.

    Returns
    -------
    bool
        True for the third persons.

    Examples
    --------
    >>> is_conditional("couperait"), is_conditional("réparait"), is_conditional("portrait")
    (True, False, False)
    """
    verb = lemma(token)
    # « réparait » is an imperfect: the conditional of « réparer » is « réparerait ».
    regular = not verb.endswith("rer") or token.startswith(verb)
    return token.endswith(_CONDITIONAL) and is_infinitive(verb) and regular
