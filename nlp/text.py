"""Words of French text: normalised, split, lemmatised. Pure functions."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import simplemma

from nlp.word_lists import words

_ELISION = r"(?:aujourd|presqu|quelqu|lorsqu|puisqu|quoiqu|jusqu|qu|[cdjlmnst])'(?=[^\W\d_])"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+"
# nltk's RegexpTokenizer does the same, but importing it loads scikit-learn into the web processes.
_TOKEN = re.compile(rf"(?!aujourd'hui){_ELISION}|(aujourd'hui|{_WORD})")
_MIN_LENGTH = 2
_MIN_SHOWN = 3
_LEAST_SHARED = 2
# On labelled workshop notes, four in five of the pairs above it are of one group (docs/nlp.md).
_LEAST_SHARE = 0.15
_APOSTROPHES = "’ʼ‘´`"


def normalise(text: str) -> str:
    """Return ``text`` in NFC, lower case, with plain apostrophes and spaces.

    Parameters
    ----------
    text : str
        Any text, as typed by a participant.

    Returns
    -------
    str
        The normalised text.

    Examples
    --------
    >>> normalise("L’Équipe  du matin")
    "l'équipe du matin"
    """
    plain = unicodedata.normalize("NFC", text)
    # Looking for each mark is several times faster than a table of all of them.
    for mark in _APOSTROPHES:
        plain = plain.replace(mark, "'")
    return " ".join(plain.lower().split())


def tokenise(text: str) -> tuple[str, ...]:
    """Split ``text`` into lower-case words, elided articles removed.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        Whole words in reading order, stop words included.

    Examples
    --------
    >>> tokenise("L’atelier d'hier, aujourd’hui")
    ('atelier', 'hier', "aujourd'hui")
    """
    # What is elided is in no group of the pattern, and found empty.
    return tuple(filter(None, _TOKEN.findall(normalise(text))))


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Return the dictionary form of a lower-case French word, to compare and never to show.

    Parameters
    ----------
    word : str
        A word returned by :func:`tokenise`.

    Returns
    -------
    str
        Its lemma, or the word itself when it is unknown.

    Examples
    --------
    >>> lemma("logements")
    'logement'
    """
    return str(simplemma.lemmatize(word, lang="fr")).lower()


@lru_cache(maxsize=100_000)
def is_french(word: str) -> bool:
    """Tell whether the dictionary knows a lower-case word, inflected or not.

    Parameters
    ----------
    word : str
        A word returned by :func:`tokenise`.

    Returns
    -------
    bool
        True for French words, grammatical ones too, and for numbers.

    Examples
    --------
    >>> is_french("communes"), is_french("septiembre")
    (True, False)
    """
    if word.isdigit() or is_stop_word(word):
        return True
    return all(simplemma.is_known(part, lang="fr") for part in word.split("-") if part)


def is_stop_word(word: str) -> bool:
    """Tell whether a lower-case word carries no subject of its own.

    Parameters
    ----------
    word : str
        A word returned by :func:`tokenise`.

    Returns
    -------
    bool
        True for grammatical words and for words shorter than two letters.

    Examples
    --------
    >>> is_stop_word("dans"), is_stop_word("logement")
    (True, False)
    """
    return len(word) < _MIN_LENGTH or word in words("stop_words")


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` that carry a subject, in reading order.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        Whole lower-case words, stop words left out.

    Examples
    --------
    >>> content_words("Il faudrait plus de bus dans les villages")
    ('bus', 'villages')
    """
    stops = words("stop_words")
    return tuple(word for word in tokenise(text) if len(word) >= _MIN_LENGTH and word not in stops)


def frequent_words(
    texts: Iterable[str], limit: int = 30, question: str = ""
) -> tuple[tuple[str, int], ...]:
    """Rank the words that most texts say, inflected forms counted together.

    Words that say nothing of a subject when they are shown alone are left out: stop words, those
    of any consultation (``general_words.txt``), and those of the question that was asked.

    Parameters
    ----------
    texts : iterable of str
        Any texts.
    limit : int, default 30
        Most words returned.
    question : str, default ""
        What the texts answer.

    Returns
    -------
    tuple of (str, int)
        Whole words as people mostly wrote them, each with how many texts say it; most
        said first, then in alphabetical order. Numbers, in figures or letters, and words of
        one or two letters are left out.

    Examples
    --------
    >>> frequent_words(["Deux bus le soir", "Un bus", "Le bus des villages"], limit=2)
    (('bus', 3), ('soir', 1))
    >>> frequent_words(["Un bus le soir"], question="Faut-il un bus ?")
    (('soir', 1),)
    """
    general = words("general_words") | _lemmas(question)
    spread: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        said = {
            root: word
            for word in content_words(text)
            if _is_worth_showing(word) and not general & {root := lemma(word), word}
        }
        spread.update(said.keys())
        for root, word in said.items():
            written.setdefault(root, Counter())[word] += 1
    ranked = sorted(spread, key=lambda root: (-spread[root], root))[:limit]
    return tuple((_usual(written[root]), spread[root]) for root in ranked)


def alike(text: str, others: Sequence[str], limit: int = 3) -> tuple[int, ...]:
    """Find the texts that share most words with one, without any model.

    It is quick and light, for a page that answers at once; :func:`nlp.similar` knows the meaning.

    Parameters
    ----------
    text : str
        The text to compare.
    others : sequence of str
        The texts to search.
    limit : int, default 3
        Most positions returned.

    Returns
    -------
    tuple of int
        Positions in ``others``, nearest first by the share of lemmas in common (Jaccard); only
        those that have two lemmas in common or more, and 15 % of all the lemmas of both.

    Examples
    --------
    >>> alike("Un bus le dimanche", ["Des bus chaque dimanche", "Une laverie", "Un bus"])
    (0,)
    """
    wanted = _lemmas(text)
    shared: dict[int, float] = {}
    for position, other in enumerate(others):
        said = _lemmas(other)
        common = len(wanted & said)
        share = common / len(wanted | said) if common else 0.0
        if common >= _LEAST_SHARED and share >= _LEAST_SHARE:
            shared[position] = share
    return tuple(sorted(shared, key=lambda position: (-shared[position], position))[:limit])


def _lemmas(text: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in content_words(text) if _is_worth_showing(word))


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda word: (-forms[word], word))


def _is_worth_showing(word: str) -> bool:
    return len(word) >= _MIN_SHOWN and not word.isdigit()
