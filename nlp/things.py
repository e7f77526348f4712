"""Things that people name with their article, when nobody wrote an act."""

import re
from collections.abc import Iterator

from nlp.phrases import is_infinitive
from nlp.text import is_stop_word, lemma
from nlp.word_lists import words

_NOUN = r"[^\W\d_]{3,40}"
_THING = re.compile(
    rf"(?<![\w'-])(?P<article>(?:les|la|le|cette|ces|cet|ce) |l')(?P<noun>{_NOUN})(?![\w'-])"
    rf"(?P<of> (?:(?:de la|du|des|de|au|aux|à la) |de l'|d'){_NOUN}(?![\w'-]))?"
)
# After these, « le », « la » and « les » stand for a thing and a verb follows.
_SUBJECTS = frozenset(
    ("je", "j'", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ne", "qui", "de", "à")
)

_DETERMINED = re.compile(
    r"^(?:les? |la |l'|une? |des |du |de la |de l'|ces |cette |cet |ce )(?=\w)"
)
_DETERMINERS = frozenset(("le", "la", "les", "l'", "un", "une", "ce", "cet", "cette", "ces"))
_LINKS = frozenset(
    ("de", "d'", "à", "en", "dans", "pour", "par", "sur", "sous", "avec", "sans", "chez", "entre",
     "vers", "et", "ou", "contre", "après", "avant", "jusqu'à", "tous", "toutes", "tout", "toute",
     "plus", "moins", "pas")
)  # fmt: skip
# « un bus le dimanche matin » : a moment needs no link.
_MOMENTS = frozenset(
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "matin", "midi",
     "soir", "week-end", "lendemain")
)  # fmt: skip
_PARTICIPLE = re.compile(r"(?:[éiu]|is|it)(?:e?s?)$")
_MOST_WORDS = 9
_PAIR = 2
_INDEFINITE = re.compile(r"^(?:une?|des) ")


def is_noun_phrase(clause: str) -> bool:
    """Tell whether the whole of ``clause`` names one thing.

    Parameters
    ----------
    clause : str
        A clause returned by :func:`nlp.phrases.clauses`.

    Returns
    -------
    bool
        False for a sentence, a list, or words that follow each other without a link.

    Examples
    --------
    >>> is_noun_phrase("un bus le dimanche matin"), is_noun_phrase("les papiers une seule fois")
    (True, False)
    >>> is_noun_phrase("la fille, la voisine"), is_noun_phrase("l'offre pour clients existe")
    (False, False)
    """
    said = clause.replace("'", "' ").lower().split()
    if _DETERMINED.match(clause) is None or not _PAIR <= len(said) <= _MOST_WORDS:
        return False
    # « un lieu chauffé, une cafetière » asks for both; « la fille, la voisine » asks for nothing.
    if "," in clause and not is_wished(clause):
        return False
    # « l'écrire en gros » : the pronoun of a verb is no article.
    if is_infinitive(said[1]) or words("clause_words").intersection(said):
        return False
    return not any(_is_unlinked(said, i) or _is_verb(said, i) for i in range(_PAIR, len(said)))


def is_wished(thing: str) -> bool:
    """Tell whether people who name ``thing`` surely want it.

    Parameters
    ----------
    thing : str
        A noun phrase.

    Returns
    -------
    bool
        True for what does not exist yet (« un », « une », « des ») and hurts nobody.

    Examples
    --------
    >>> is_wished("un bus le dimanche"), is_wished("le bus"), is_wished("des refus")
    (True, False, False)
    """
    said = thing.replace("'", "' ").lower().split()
    return _INDEFINITE.match(thing) is not None and not words("complaints").intersection(said)


def _is_unlinked(said: list[str], i: int) -> bool:
    """Tell whether a second thing begins at ``i`` without a word that links it to the first."""
    if said[i] not in _DETERMINERS or said[i - 1] in _LINKS or said[i - 1].endswith(","):
        return False
    return i + 1 >= len(said) or said[i + 1] not in _MOMENTS


def _is_verb(said: list[str], i: int) -> bool:
    """Tell whether the word at ``i`` is surely a conjugated verb (« traduisent », « voulait »)."""
    word, before = said[i], said[i - 1]
    if word.endswith(("ent", "ait")):
        return lemma(word) != word and is_infinitive(lemma(word))
    if before in _DETERMINERS | _LINKS | {"des", "du"}:
        return False
    return (
        i == len(said) - 1
        and _PARTICIPLE.search(word) is None
        and lemma(word) != word
        and is_infinitive(lemma(word))
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
        last = re.split(r"[\s']", match.group().lower())[-1]
        if is_stop_word(noun.lower()) or is_infinitive(noun.lower()) or is_infinitive(last):
            continue
        if not before or before[0].lower() not in _SUBJECTS:
            yield match.group()
