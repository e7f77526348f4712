"""Phrases that introduce a request (« il faudrait que »), and the verb form they call for."""

from functools import cache

from nlp.grammar import grammar, tokens_of
from nlp.word_lists import pairs

_KEY = 2
_LONGEST_LABEL = 6


def announces(lead: str) -> bool:
    """Tell whether what stands before a colon announces a proposal.

    Parameters
    ----------
    lead : str
        The words before the clause in its sentence.

    Returns
    -------
    bool
        True for « Proposition : », « La table propose : ».

    Examples
    --------
    >>> announces("Proposition :"), announces("Facteur à Laval :")
    (True, False)
    """
    said = lead.replace("’", "'").rstrip(" :\u00a0\u202f").lower()
    if any((said, kind) in _openers().get(said[:_KEY], ()) for kind in ("ask", "need")):
        return True
    tokens = tokens_of(said)
    return (
        len(tokens) <= _LONGEST_LABEL
        and not grammar("proposal").isdisjoint(tokens)
        and (grammar("doubtful_lead") | grammar("subject")).isdisjoint(tokens)
    )


@cache
def _openers() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the openers by their first letters, longest first, each with what it opens."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, said in pairs("openers"):
        found.setdefault(said[:_KEY], []).append((said, kind))
    return {
        key: tuple(sorted(known, key=lambda pair: (-len(pair[0]), pair)))
        for key, known in found.items()
    }


def opened(clause: str) -> tuple[str, str]:
    """Take off what comes before what is asked.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    rest : str
        What is asked.
    kind : str
        The kind of the last opener, as in ``nlp/data/openers.txt``; empty without any.

    Examples
    --------
    >>> opened("il faudrait que la mairie ouvre")
    ('la mairie ouvre', 'that')
    """
    rest, kind = clause, ""
    while (found := _opener(rest)) is not None:
        opener, opens = found
        rest = rest[len(opener) :].lstrip(" ,")
        if opens != "link":
            kind = opens
    return rest, kind


def _opener(clause: str) -> tuple[str, str] | None:
    lowered = clause.lower()
    for opener, kind in _openers().get(lowered[:_KEY], ()):
        over = opener.endswith("'") or not lowered[len(opener) : len(opener) + 1].isalnum()
        if over and lowered.startswith(opener):
            return opener, kind
    return None
