"""Recognises action phrases: an infinitive with its object."""

from nlp.grammar import grammar, is_finite, speaks_to_somebody, tokens_of
from nlp.text import is_stop_word, tokenise

_LONGEST = 180
_MOST_WORDS = 30
_FEWEST_WORDS = 3


def is_one_act(phrase: str) -> bool:
    """Tell whether a phrase that opens with an infinitive is one act, and nothing else.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    bool
        False for a judgement, for a sentence joined to the act, and for too long or too short ones.

    Examples
    --------
    >>> is_one_act("isoler les murs"), is_one_act("isoler coûte cher")
    (True, False)
    """
    tokens = tokens_of(phrase)
    if len(phrase) > _LONGEST or not _FEWEST_WORDS <= len(tokens) <= _MOST_WORDS:
        return False
    return (grammar("judgement") | {"?"}).isdisjoint(tokens) and not (
        speaks_to_somebody(tokens)
        or _is_hollow(phrase, tokens)
        or _is_half_negated(tokens)
        or _goes_on(tokens)
        or is_subject(tokens)
    )


def _is_hollow(phrase: str, tokens: list[str]) -> bool:
    """Tell whether the act has no object of its own, or tells the past (« avoir écouté »)."""
    objects = {word for word in tokenise(phrase)[1:] if not is_stop_word(word)} - {tokens[0]}
    if not objects or not tokens[1][0].isalnum() or tokens[:3] == ["prévoir", "une", "chose"]:
        return True
    return tokens[0] in ("avoir", "être") and tokens[1].endswith(("é", "ée", "és", "i", "u"))


def _is_half_negated(tokens: list[str]) -> bool:
    """Tell whether a spoken negation lost its « ne » (« forcer personne ») and reads as a wish."""
    return tokens[0] != "ne" and not grammar("negative").isdisjoint(tokens[1:3])


def _goes_on(tokens: list[str]) -> bool:
    """Tell whether another sentence is joined to the act: « payez et on viendra »."""
    return any(
        token in grammar("subject")
        and (tokens[at - 1] in ("et", "mais", ",", "sinon") or tokens[at - 2 : at] == ["et", "qu'"])
        for at, token in enumerate(tokens)
        if at
    )


def is_subject(tokens: list[str]) -> bool:
    """Tell whether what opens a phrase is the subject of a sentence: « isoler coûte cher ».

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        False when each conjugated verb is in a subordinate clause of its own.

    Examples
    --------
    >>> is_subject(["isoler", "coûte", "cher"]), is_subject(["isoler", "ce", "qui", "coûte"])
    (True, False)
    """
    if tokens[0] in ("que", "qu'"):
        return False
    links = grammar("subordinator")
    first = next((at for at, token in enumerate(tokens) if token in links), len(tokens))
    finite = [at for at in range(1, len(tokens)) if is_finite(tokens, at)]
    joined = sum(token in links or token in ("et", "ou") for token in tokens)
    return len(finite) > joined or any(at < first for at in finite)
