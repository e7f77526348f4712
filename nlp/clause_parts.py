"""Splits a clause into its circumstance, its main member and its closing formula."""

from nlp.grammar import grammar, is_finite

# What may follow « c' » or « ça » without judging what comes before: « …, et c'est réglé ».
CLOSES = frozenset(
    ("réglé", "tout", "oui", "fini", "suffit", "suffirait", "changerait", "tourne", "aiderait",
     "là")
)  # fmt: skip
SHOWS = frozenset(("c'", "ça", "ca", "cela"))
NEAR = 3


def without_closing(tokens: list[str]) -> list[str]:
    """Return a clause without what only closes it: « …, et c'est réglé », « et ça tourne ».

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    list of str
        The first tokens.

    Examples
    --------
    >>> without_closing(["un", "local", "et", "ça", "tourne"])
    ['un', 'local']
    """
    for at, token in enumerate(tokens):
        closes = not CLOSES.isdisjoint(tokens[at + 1 : at + NEAR])
        if at > 1 and token in SHOWS and closes and tokens[at - 1] in ("et", ","):
            return tokens[: at - 1]
    return tokens


def first_part(tokens: list[str]) -> list[str]:
    """Return what stands before the first comma.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    list of str
        All the tokens when there is no comma.

    Examples
    --------
    >>> first_part(["des", "pistes", ",", "pas", "des", "pots"])
    ['des', 'pistes']
    """
    return tokens[: tokens.index(",")] if "," in tokens[1:] else tokens


def after_frame(tokens: list[str]) -> list[str]:
    """Return a clause without the circumstance that opens it: « après les travaux, … ».

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    list of str
        All the tokens when nothing stands before.

    Examples
    --------
    >>> after_frame(["après", "travaux", ",", "geler", "le", "loyer"])
    ['geler', 'le', 'loyer']
    """
    frame = first_part(tokens)
    told = any(is_finite(frame, at) or frame[at][0].isdigit() for at in range(1, len(frame)))
    if tokens[0] not in grammar("frame") or len(frame) + 1 >= len(tokens) or told or ":" in frame:
        return tokens
    return tokens[len(frame) + 1 :]
