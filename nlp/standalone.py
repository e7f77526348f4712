"""Whether a phrase means away from its text what it means in it."""

from itertools import pairwise

from nlp.grammar import grammar, is_finite, is_infinitive, tokens_of
from nlp.word_lists import words

_DEMONSTRATIVES = frozenset(("ce", "ces", "cet", "cette"))
_RELATIVES = (["qui"], ["que"], ["qu'"], ["dont"])
_FIRST = 3
_NAMED = 5


def refers(phrase: str) -> bool:
    """Tell whether ``phrase`` points at something outside it.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    bool
        True for « cette solidarité », « chez nous », « ici », « ça », « idem table 3 ».

    Examples
    --------
    >>> refers("garder cette solidarité"), refers("garder ce qui marche")
    (True, False)
    """
    tokens = tokens_of(phrase)
    said = f" {' '.join(tokens)} "
    if any(f" {pointed} " in said for pointed in words("deictics")):
        return True
    # Further on, « ça » is what the clause has just named (« un docteur, ça touche »).
    if not grammar("opening_pronoun").isdisjoint(tokens[:_FIRST]):
        return True
    if any(a in grammar("before_en") and b == "en" for a, b in pairwise(tokens)):
        return True
    return any(
        token in _DEMONSTRATIVES and not (token == "ce" and tokens[at + 1 : at + 2] in _RELATIVES)  # noqa: S105 - a word
        for at, token in enumerate(tokens)
    )


def is_quotable(clause: str) -> bool:
    """Tell whether a quotation is understood away from its text, whoever said it.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False when it points outside itself, or opens with a pronoun.

    Examples
    --------
    >>> is_quotable("le van, c'est bien pour la photo"), is_quotable("elle a raison")
    (True, False)
    """
    tokens = tokens_of(clause)
    if not tokens or refers(clause) or tokens[0] in grammar("dangling"):
        return False
    return not (tokens[0] in grammar("clitic") and len(tokens) > 1 and is_infinitive(tokens[1]))


def stands_alone(phrase: str) -> bool:
    """Tell whether an action phrase is of everybody and needs nothing before it.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    bool
        False with a pronoun or a place that only the text explains, or with the first or the
        second person.

    Examples
    --------
    >>> stands_alone("ouvrir une crèche"), stands_alone("les aider"), stands_alone("chez nous")
    (True, False, False)
    """
    tokens = tokens_of(phrase)
    if words("persons").intersection(tokens) or refers(phrase):
        return False
    if not (grammar("opening_pronoun") | {"lui"}).isdisjoint(tokens):
        return False
    # « demander son avis », « permettre qu'ils permutent » : nothing before says whose, or who.
    if (grammar("possessive") | grammar("pointer")).intersection(tokens[:_FIRST]):
        return False
    return not any(_is_pronoun(tokens, at) for at in range(len(tokens) - 1))


def _is_pronoun(tokens: list[str], at: int) -> bool:
    """Tell whether the word at ``at`` is a pronoun before its verb (« les aider »)."""
    if tokens[at] not in grammar("clitic"):
        return False
    if is_infinitive(tokens[at + 1]):
        # « récupérer des pneus, les stocker » : the phrase has named them.
        return at < _NAMED or tokens[at] not in ("le", "la", "les", "l'")
    # In a wish, what is before the conjugated verb is not in the phrase (« qu'on le clôture »).
    wish = tokens[0] in ("que", "qu'")
    return wish and is_finite(tokens, at + 1, after_noun=True)
