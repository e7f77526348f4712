"""Things that people name with their article, when nobody wrote an act."""

import re
from collections.abc import Iterator

from nlp.phrases import is_infinitive
from nlp.text import is_stop_word

_NOUN = r"[^\W\d_]{3,40}"
_THING = re.compile(
    rf"(?<![\w'-])(?P<article>(?:les|la|le|cette|ces|cet|ce) |l')(?P<noun>{_NOUN})(?![\w'-])"
    rf"(?P<of> (?:(?:de la|du|des|de|au|aux|à la) |de l'|d'){_NOUN}(?![\w'-]))?"
)
# After these, « le », « la » and « les » stand for a thing and a verb follows.
_SUBJECTS = frozenset(
    ("je", "j'", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ne", "qui", "de", "à")
)


def things(clause: str) -> Iterator[str]:
    """Yield the things that ``clause`` names, each with its article and its complement.

    Parameters
    ----------
    clause : str
        A clause returned by :func:`nlp.phrases.clauses`.

    Yields
    ------
    str
        « la carte », « le prix de l'eau ».

    Examples
    --------
    >>> list(things("on m'a refusé la carte, on attend le prix de l'eau et on la donne"))
    ['la carte', "le prix de l'eau"]
    """
    for match in _THING.finditer(clause):
        before = clause[: match.start()].rsplit(None, 1)[-1:]
        noun = match.group("noun")
        if is_stop_word(noun.lower()) or is_infinitive(noun.lower()):
            continue
        if not before or before[0].lower() not in _SUBJECTS:
            yield match.group()
