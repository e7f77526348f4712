"""Extractive summaries of clusters."""

import re
from collections.abc import Mapping, Sequence

from nlp.keywords import vocabulary
from nlp.results import Sentence

_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*")
_SHORTEST = 3
_LONGEST = 280
_READ = 4000
_MIN_WORDS = 3
_MAX_TEXTS = 60


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the sentences of ``text``.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of (int, int)
        Start and end of each sentence, spaces around it left out, long ones cut between words.

    Examples
    --------
    >>> sentences("Isoler. Et chauffer !")
    ((0, 7), (8, 21))
    """
    found = []
    for match in _SENTENCE.finditer(text, 0, _READ):
        passage = match.group()
        start = match.start() + len(passage) - len(passage.lstrip())
        end = start + len(passage.strip())
        if end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST)
            end = cut if cut > start else start + _LONGEST
        if end - start >= _SHORTEST:
            found.append((start, end))
    return tuple(found) or _whole(text)


def _whole(text: str) -> tuple[tuple[int, int], ...]:
    start = len(text) - len(text.lstrip())
    end = min(len(text.rstrip()), start + _LONGEST)
    return ((start, end),) if end > start else ()


def summarise(
    texts: Sequence[str], members: Sequence[int], weights: Mapping[str, float], n_sentences: int
) -> tuple[Sentence, ...]:
    """Choose the passages that cover the most distinctive words of a cluster.

    Each choice takes the passage with the largest weight of words not said yet, so that two
    passages never repeat each other.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the cluster, most central first.
    weights : mapping of str to float
        Weights of the stems of the cluster.
    n_sentences : int
        Number of passages at most.

    Returns
    -------
    tuple of Sentence
        Passages by position; at least one unless every member is blank.
    """
    passages = [
        Sentence(i, start, end, texts[i][start:end])
        for i in members[:_MAX_TEXTS]
        for start, end in sentences(texts[i])
    ]
    said = [frozenset(s for s, _ in w) for w in vocabulary([p.quote for p in passages]).words]
    chosen: list[int] = []
    covered: frozenset[str] = frozenset()
    while len(chosen) < min(n_sentences, len(passages)):
        gains = [_gain(words - covered, len(words), weights) for words in said]
        best = max(range(len(passages)), key=lambda p: (gains[p], -p))
        if chosen and not gains[best]:
            break
        chosen.append(best)
        covered |= said[best]
    return tuple(sorted((passages[p] for p in chosen), key=lambda s: (s.text, s.start)))


def _gain(fresh: frozenset[str], n_words: int, weights: Mapping[str, float]) -> float:
    gain = sum(weights.get(stem, 0.0) for stem in sorted(fresh))
    return float(round(gain / max(n_words, _MIN_WORDS) ** 0.5, 9))
