"""Keywords that distinguish each cluster, as people wrote them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from operator import itemgetter

from nlp.lexical import stems

_MIN_LENGTH = 3
_DECIMALS = 9
# A word said elsewhere too names a group less well than one that is its own.
_EXCLUSIVE = 1.5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words each text holds, folded on what they have in common.

    Attributes
    ----------
    words : tuple of tuple of (str, str)
        For each text, its (stem, whole word) pairs, one per stem, in reading order.
    spread : Counter
        Number of texts that hold each stem.
    """

    words: tuple[tuple[tuple[str, str], ...], ...]
    spread: Counter[str]


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, tuple[str, str]] = {}
    for pair in stems(text):
        stem, word = pair
        if stem not in pairs and len(word) >= _MIN_LENGTH and not word.isdigit():
            pairs[stem] = pair
    return tuple(pairs.values())


def vocabulary(texts: Sequence[str]) -> Vocabulary:
    """Count in how many texts each word is.

    Parameters
    ----------
    texts : sequence of str
        Texts.

    Returns
    -------
    Vocabulary
        Words by text and their spread.
    """
    words = tuple(map(_words, texts))
    return Vocabulary(words, _spread(words))


def _spread(words: Iterable[tuple[tuple[str, str], ...]]) -> Counter[str]:
    return Counter(map(itemgetter(0), chain.from_iterable(words)))


def weights(vocabulary: Vocabulary, members: Sequence[int]) -> dict[str, float]:
    """Weigh each stem of a cluster: said by many inside, by few outside.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words of all the texts.
    members : sequence of int
        Positions of the texts of the cluster.

    Returns
    -------
    dict of str to float
        Weights in [0, 1]: the share of members that say the word, times the share of its uses
        that are inside to the power 1.5, smoothed so that a word used once proves nothing.
    """
    inside = _spread(vocabulary.words[i] for i in members)
    size = len(members)
    return {s: _weight(n, size, vocabulary.spread[s]) for s, n in inside.items()}


def keywords(
    vocabulary: Vocabulary,
    members: Sequence[int],
    n_keywords: int,
    weighed: Mapping[str, float] | None = None,
) -> tuple[str, ...]:
    """Return the most distinctive words of a cluster, in their most frequent written form.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words of all the texts.
    members : sequence of int
        Positions of the texts of the cluster.
    n_keywords : int
        Number of words at most.
    weighed : mapping of str to float or None, default=None
        What :func:`weights` gives for the same members, when it is known.

    Returns
    -------
    tuple of str
        Whole words, accents kept, most distinctive first.

    Examples
    --------
    >>> texts = ["isoler les logements", "logements à isoler", "des vélos"]
    >>> keywords(vocabulary(texts), [0, 1], 2)
    ('isoler', 'logements')
    """
    known = weights(vocabulary, members) if weighed is None else weighed
    best = nsmallest(n_keywords, known, key=lambda stem: (-known[stem], stem))
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in best}
    said = Counter(chain.from_iterable(vocabulary.words[i] for i in members))
    for (stem, word), count in said.items():
        if stem in forms:
            forms[stem][word] = count
    return tuple(min(forms[stem].items(), key=lambda p: (-p[1], p[0]))[0] for stem in best)


def tying_words(
    vocabulary: Vocabulary, members: Sequence[int], explained: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """Return the words that tie texts to the other members of their cluster.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words of all the texts.
    members : sequence of int
        Positions of the texts of the cluster.
    explained : iterable of int
        Positions of the members to explain.

    Returns
    -------
    dict of int to tuple of str
        For each, words as the text holds them, strongest tie first; a word nobody else says ties
        nothing.
    """
    inside = _spread(vocabulary.words[i] for i in members)
    others = len(members) - 1
    spread = vocabulary.spread
    weighed = {stem: _weight(n - 1, others, spread[stem]) for stem, n in inside.items() if n > 1}
    found = {}
    for i in explained:
        ties = [pair for pair in vocabulary.words[i] if pair[0] in weighed]
        ties.sort(key=lambda pair: (-weighed[pair[0]], pair[1]))
        found[i] = tuple(word for _, word in ties)
    return found


def _weight(count: int, size: int, spread: int) -> float:
    """Weigh a stem that ``count`` of ``size`` texts say, and ``spread`` texts in all."""
    exclusive: float = (count / (spread + 1)) ** _EXCLUSIVE
    return round(count / size * exclusive, _DECIMALS)
