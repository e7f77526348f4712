"""Titles of clusters: whole clauses of members, turned into actions or quoted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nlp.clause_vectors import embed_clauses
from nlp.encoders import SentenceEncoder
from nlp.keywords import vocabulary, weights
from nlp.lexical import stem_of
from nlp.lexicon import spoken_concepts
from nlp.results import Title
from nlp.text import is_stop_word, normalise, tokenise
from nlp.title_candidates import Tier, Wording, dissents, personal_data_of, wordings

N_TITLES = 5
_FEWEST = 3
# A group of workshop notes is read whole; of a large theme, its most central texts are.
_MAX_TEXTS = 12
_SHORTLIST = 6
_DECIMALS = 3
# Learnt by a ridge regression of the nearness to hand titles of 327 groups, then rounded.
_KEYWORDS, _CONCEPTS, _VOICES = 0.4, 0.6, 0.3
_MEAN, _NEAREST, _OWN = 2.5, 1.0, 0.4
# What the words of a member lose who refuses what most of the others ask for.
_DISSENT = 0.6
_IDEAL_WORDS = 6
# What a proposal loses when the words of a better one are its own words.
_REPEATED = 0.6
_THE_SAME = 0.75
# What another clause of the same member loses: others are heard too.
_SAME_SOURCE = 0.2
# After the first one, what asks matters more than what resembles.
_ASKING = 0.7
_POOR = 1.1
_UNNAMED = "À nommer"


@dataclass(frozen=True, slots=True)
class _Candidate:
    wording: Wording
    source: int
    score: float
    key: str


def titles(
    texts: Sequence[str],
    members: Sequence[int],
    embeddings: NDArray[np.float32] | None = None,
) -> tuple[Title, ...]:
    """Propose up to five titles for a group, best first.

    Each is one whole clause of one member: turned into an action phrase with its negation, its
    object and its conditions, or quoted letter for letter. The best is what most members say,
    stands alone and reads well; the next ones say something else.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the group, most central first.
    embeddings : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of the texts from :func:`nlp.encoders.embed`; without them, only words are compared.

    Returns
    -------
    tuple of Title
        At least one; « À nommer » when no member says anything that may be shown.

    Examples
    --------
    >>> texts = ["Il faudrait des bus le soir.", "Des bus le soir et le dimanche"]
    >>> [title.shown for title in titles(texts, [0, 1])][0]
    'Prévoir des bus le soir'
    """
    (found,) = titles_of(texts, [members], [weights(vocabulary(texts), members)], embeddings)
    return found


def titles_of(
    texts: Sequence[str],
    groups: Sequence[Sequence[int]],
    weighed: Sequence[Mapping[str, float]],
    embeddings: NDArray[np.float32] | None = None,
    *,
    themes: bool = False,
) -> list[tuple[Title, ...]]:
    """Propose titles for all the groups of an analysis at once.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    groups : sequence of sequence of int
        Members of each group, most central first.
    weighed : sequence of mapping of str to float
        Weights of the stems of each group (:func:`nlp.keywords.weights`).
    embeddings : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of the texts from :func:`nlp.encoders.embed`; without them, only words are compared.

    themes : bool, default=False
        Whether the groups are broad themes, whose question may ask for no proposal: testimony is
        then quoted too, and candidates are compared by the vector of the text that they come from,
        so that nothing is encoded.

    Returns
    -------
    list of tuple of Title
        What :func:`titles` returns, for each group; no two groups have the same first title.
    """
    found = [
        _candidates(texts, members, weights_, themes=themes)
        for members, weights_ in zip(groups, weighed, strict=True)
    ]
    if embeddings is not None:
        found = _weighed_by_meaning(found, groups, embeddings, themes=themes)
    taken: set[str] = set()
    named = []
    for candidates, members in zip(found, groups, strict=True):
        chosen = _chosen([one for one in candidates if one.key not in taken])
        proposals = tuple(map(_title, chosen)) or (_unnamed(members[0], taken),)
        taken.add(normalise(proposals[0].text))
        named.append(proposals)
    return named


def _candidates(
    texts: Sequence[str],
    members: Sequence[int],
    weights_: Mapping[str, float],
    *,
    themes: bool,
) -> list[_Candidate]:
    """Return what the words of the members can make, best first, each wording once."""
    read = list(members[:_MAX_TEXTS])
    concepts = {i: _concepts(texts[i]) for i in read}
    voices = Counter(key for i in read for key in {_key(w.text) for w in wordings(texts[i])})
    heaviest = max(weights_.values(), default=0.0) or 1.0
    refusing = {i for i in read if dissents(texts[i])}
    found: dict[str, _Candidate] = {}
    for i, wording in _all_wordings(texts, read):
        stems = _stems(wording.text)
        words = sum(weights_.get(stem, 0.0) for stem in sorted(stems)) / heaviest
        score = wording.quality + _KEYWORDS * words / max(len(stems), _IDEAL_WORDS) ** 0.5
        score += _CONCEPTS * _shared(_concepts(wording.text), concepts, i)
        one = _Candidate(wording, i, round(score, _DECIMALS), _key(wording.text))
        gain = _VOICES * (voices[one.key] > 1) - _DISSENT * _is_minority(i, refusing, read)
        one = replace(one, score=round(one.score + gain, _DECIMALS))
        if one.key not in found or found[one.key].score < one.score:
            found[one.key] = one
    return _ranked(found.values() if themes else _demands(found.values()))


def _demands(found: Iterable[_Candidate]) -> list[_Candidate]:
    """Return the candidates that ask for a change, or what is missing when none does."""
    kept = [one for one in found if one.wording.tier is not Tier.TESTIMONY]
    return [one for one in kept if one.wording.tier is Tier.DEMAND] or kept


def _is_minority(i: int, refusing: set[int], read: Sequence[int]) -> bool:
    """Tell whether text ``i`` refuses what most of the others ask for."""
    return i in refusing and 2 * len(refusing) <= len(read)


def _all_wordings(texts: Sequence[str], read: Sequence[int]) -> Iterator[tuple[int, Wording]]:
    return ((i, wording) for i in read for wording in wordings(texts[i]))


def _ranked(found: Iterable[_Candidate]) -> list[_Candidate]:
    return sorted(found, key=lambda one: (-one.score, one.wording.text, one.source))


def _concepts(text: str) -> frozenset[int]:
    return frozenset(spoken_concepts(text))


@lru_cache(maxsize=50_000)
def _key(text: str) -> str:
    """Return what two wordings that say the same have in common."""
    return normalise(text)


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in tokenise(text) if not is_stop_word(word))


def _shared(spoken: frozenset[int], concepts: Mapping[int, frozenset[int]], source: int) -> float:
    """Return the share of the other members that speak of the same concepts."""
    others = [said for i, said in concepts.items() if i != source]
    return sum(bool(spoken & said) for said in others) / max(1, len(others))


def _weighed_by_meaning(
    found: Sequence[Sequence[_Candidate]],
    groups: Sequence[Sequence[int]],
    embeddings: NDArray[np.float32],
    *,
    themes: bool,
) -> list[list[_Candidate]]:
    """Add to the score of the best candidates how near they are to the other members."""
    encoder = SentenceEncoder().fit_vectors(embeddings)
    said = list(dict.fromkeys(one.wording.text for c in found for one in c[:_SHORTLIST]))
    own: Mapping[str, NDArray[np.float32]] = {}
    if said and not themes:
        own = dict(zip(said, encoder.transform_vectors(embed_clauses(said)), strict=True))
    ranked = []
    for candidates, members in zip(found, groups, strict=True):
        read = list(members[:_MAX_TEXTS])
        near = encoder.transform_vectors(embeddings[read])
        gains = [
            _central(near, own.get(one.wording.text, near[read.index(one.source)]), one, read)
            for one in candidates[:_SHORTLIST]
        ]
        ranked.append(_reranked(candidates, gains))
    return ranked


def _reranked(candidates: Sequence[_Candidate], gains: list[float]) -> list[_Candidate]:
    # What is not read by the model gains as the least of what is.
    least = min(gains, default=0.0)
    given = [*gains, *[least] * (len(candidates) - len(gains))]
    return _ranked(
        replace(one, score=round(one.score + gain, _DECIMALS))
        for one, gain in zip(candidates, given, strict=True)
    )


def _central(
    near: NDArray[np.float32],
    own: NDArray[np.float32],
    one: _Candidate,
    read: Sequence[int],
) -> float:
    """Return how near a candidate is to the other members, and to its own."""
    cosines = (near @ own).astype(np.float64)
    at = read.index(one.source)
    others = np.delete(cosines, at)
    if not len(others):
        return 0.0
    return float(_MEAN * others.mean() + _NEAREST * others.max() + _OWN * cosines[at])


def _chosen(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the best candidates that do not repeat each other (maximal marginal relevance)."""
    chosen: list[_Candidate] = []
    left = list(candidates)
    while left and len(chosen) < N_TITLES:
        best = min(left, key=lambda one: (-_gain(one, chosen), one.wording.text, one.source))
        if personal_data_of(best.wording.text):
            left.remove(best)
            continue
        if len(chosen) >= _FEWEST and best.score < chosen[0].score - _POOR:
            break
        chosen.append(best)
        left = [one for one in left if not _overlap(one, best)]
    return chosen


def _gain(one: _Candidate, chosen: Sequence[_Candidate]) -> float:
    stems = _stems(one.wording.text)
    repeated = [
        len(stems & other) / max(1, min(len(stems), len(other)))
        for other in (_stems(better.wording.text) for better in chosen)
    ]
    again = any(one.source == better.source for better in chosen)
    asks = _ASKING * one.wording.quality * bool(chosen)
    repeats = _REPEATED * max(repeated, default=0.0)
    return round(one.score + asks - repeats - _SAME_SOURCE * again, _DECIMALS)


def _overlap(one: _Candidate, other: _Candidate) -> bool:
    a, b = one.wording, other.wording
    same = one.source == other.source and a.start < b.end and b.start < a.end
    ours, theirs = _stems(a.text), _stems(b.text)
    return same or len(ours & theirs) >= _THE_SAME * len(ours | theirs)


def _title(one: _Candidate) -> Title:
    wording = one.wording
    return Title(wording.text, one.source, wording.start, wording.end, wording.quoted)


def _unnamed(source: int, taken: set[str]) -> Title:
    name, number = _UNNAMED, 2
    while normalise(name) in taken:
        name = f"{_UNNAMED} ({number})"
        number += 1
    return Title(name, source, 0, 0, quoted=False)
