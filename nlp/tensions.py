"""Finds pairs of texts with opposed opinions on one object."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.context import Context
from nlp.grouping import Grouping
from nlp.lexical import stem_of, stems
from nlp.lexicon import lexicon, spoken_concepts
from nlp.oppositions.candidates import Pair, candidate_pairs
from nlp.oppositions.choice_model import ChoiceModel
from nlp.oppositions.contrary_acts import agree, has_contrary, opposed_acts
from nlp.oppositions.cues import READ, cue_spans
from nlp.oppositions.pair_features import NAMES, Edges, edges
from nlp.oppositions.refused_objects import refused_objects
from nlp.oppositions.stance import StanceModel
from nlp.oppositions.tension_model import TensionModel, tension_model
from nlp.results import Isolation, Tension
from nlp.word_lists import words

__all__ = ["candidate_pairs", "tensions", "tensions_of"]

_DECIMALS = 4
# A text that opposes several others is shown with the likeliest: each further one counts less.
_REPEATED = 0.8
_MOST_PER_TEXT = 3
_MOST_SHOWN = 2
_MOST_ABOUT = 6
# A text that opposes another speaks against something by itself, and more than the other does:
# otherwise two texts that say the same thing would be opposed by their likeness.
_LEAST_STANCE = 0.0
_LEAST_DIFFERENCE = 0.5
# Or it says no to what the other one is about.
_LEAST_REFUSED = 0.6

_WORD = re.compile(r"[^\W\d_]+")


def tensions_of(
    texts: Sequence[str],
    grouping: Grouping,
    pairs: NDArray[np.float32] | None,
    contexts: Sequence[Context] | None,
    vectors: NDArray[np.float32] | None,
) -> tuple[Tension, ...]:
    """Find the opposed texts of an analysis, noise left aside.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    grouping : Grouping
        Who stands with whom.
    pairs : ndarray of shape (n_texts, n_texts) or None
        Probability that two texts ask for the same thing; None when it is not known.
    contexts : sequence of Context or None
        Where each text was said.
    vectors : ndarray of shape (n_texts, 1024) or None
        Vectors of the texts from :func:`nlp.encoders.embed`.

    Returns
    -------
    tuple of Tension
        In order of positions.
    """
    noise = [i for i, reason in grouping.isolation.items() if reason is Isolation.NOISE]
    candidates = candidate_pairs(grouping.labels, contexts, pairs, excluded=noise)
    return tensions(texts, candidates, contexts=contexts, vectors=vectors)


def tensions(
    texts: Sequence[str],
    candidates: Sequence[tuple[int, int, float]],
    *,
    contexts: Sequence[Context] | None = None,
    vectors: NDArray[np.float32] | None = None,
    model: TensionModel | None = None,
) -> tuple[Tension, ...]:
    """Find pairs of texts that speak of the same thing and seem to ask the opposite.

    One text of the pair speaks against what the other asks for, or both ask for contrary acts
    (« augmenter » and « diminuer ») in nearly the same words.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    candidates : sequence of tuple of (int, int, float)
        Two positions and the probability that they are about the same demand; see
        :func:`candidate_pairs`. The two texts may be of different clusters.
    contexts : sequence of Context or None, default=None
        Where each text was said: people oppose what was said just before, at their table.
    vectors : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of the texts from :func:`nlp.encoders.embed`; without them, words alone decide.
    model : TensionModel or None, default=None
        The bundled models when None.

    Returns
    -------
    tuple of Tension
        In order of positions; each text is in three pairs at most.

    References
    ----------
    .. [1] Mohammad, S. M. et al. (2017). "Stance and Sentiment in Tweets". ACM Transactions on
       Internet Technology.

    Examples
    --------
    >>> texts = ["Augmenter le prix du stationnement", "Baisser le prix du stationnement"]
    >>> [(t.first_words, t.second_words, t.about) for t in tensions(texts, [(0, 1, 0.5)])]
    [(('Augmenter',), ('Baisser',), ('prix', 'stationnement'))]
    """
    known = model or tension_model()
    proper = sorted({(min(i, j), max(i, j), p) for i, j, p in candidates if i != j})
    if not proper:
        return ()
    stances = _stances(texts, proper, vectors, known.stance)
    opposing = {i for pair in proper for i in pair[:2] if _may_oppose(texts[i], float(stances[i]))}
    likely = edges(texts, proper, contexts, stances, opposing) if opposing else None
    found = {
        pair: (chance, against)
        for pair, (chance, against) in _likely(likely, stances, known.choice).items()
        if chance >= known.threshold and not agree(texts[pair[0]], texts[pair[1]])
    }
    for i, j in _with_opposed_acts(texts, proper):
        found[i, j] = (1.0, i)
    kept = _few_per_text(found, texts, known.threshold)
    return tuple(_tension(texts, pair, found[pair][1]) for pair in sorted(kept))


def _may_oppose(text: str, stance: float) -> bool:
    """Tell whether a text may oppose another one: the others need not be compared."""
    return stance >= _LEAST_STANCE or bool(refused_objects(text))


def _with_opposed_acts(
    texts: Sequence[str], candidates: Sequence[tuple[int, int, float]]
) -> Iterator[Pair]:
    """Yield the candidates that ask for contrary acts; few texts hold an act with a contrary."""
    able = {i for pair in candidates for i in pair[:2] if has_contrary(texts[i])}
    for i, j, _ in candidates:
        if i in able and j in able and opposed_acts(texts[i], texts[j]):
            yield i, j


def _stances(
    texts: Sequence[str],
    candidates: Sequence[tuple[int, int, float]],
    vectors: NDArray[np.float32] | None,
    model: StanceModel,
) -> NDArray[np.float64]:
    """Return the stance of the texts of the candidates, 0 elsewhere."""
    needed = sorted({i for pair in candidates for i in pair[:2]})
    stances = np.zeros(len(texts))
    stances[needed] = model.decision_function(
        [texts[i] for i in needed], None if vectors is None else vectors[needed]
    )
    return stances


def _likely(
    found: Edges | None, stances: NDArray[np.float64], model: ChoiceModel
) -> dict[Pair, tuple[float, int]]:
    """Return the best probability of each pair, and which of the two texts opposes the other."""
    if found is None:
        return {}
    chances = model.predict_proba(found)
    difference = stances[found.against] - stances[found.other]
    plain = found.X[:, NAMES.index("refused")] >= _LEAST_REFUSED
    able = ((stances[found.against] >= _LEAST_STANCE) | plain) & (difference >= _LEAST_DIFFERENCE)
    best: dict[Pair, tuple[float, int]] = {}
    for edge in np.flatnonzero(able).tolist():
        i, j = int(found.against[edge]), int(found.other[edge])
        # Only one direction of a pair is able: the two stances differ.
        best[min(i, j), max(i, j)] = (float(chances[edge]), i)
    return best


def _few_per_text(
    found: Mapping[Pair, tuple[float, int]], texts: Sequence[str], threshold: float
) -> list[Pair]:
    """Keep the likeliest pairs, the further ones of a text counting less and less."""
    opposed: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    kept = []
    ranked = sorted(
        found, key=lambda pair: (-found[pair][0], sorted((texts[pair[0]], texts[pair[1]])), pair)
    )
    for pair in ranked:
        chance, against = found[pair]
        if round(chance * _REPEATED ** opposed[against], _DECIMALS) < threshold:
            continue
        if max(seen[i] for i in pair) < _MOST_PER_TEXT:
            kept.append(pair)
            opposed[against] += 1
            seen.update(pair)
    return kept


def _tension(texts: Sequence[str], pair: Pair, against: int) -> Tension:
    """Say by which words two texts are opposed, and about what."""
    first, second = pair
    acts = opposed_acts(texts[first], texts[second])
    about = _about(texts[first], texts[second])
    if acts is None:
        acts = (
            _shown(texts[first], against=against == first),
            _shown(texts[second], against=against == second),
        )
    shown = {stem for side in acts for word in side for stem, _ in stems(word)}
    return Tension(first, second, *acts, tuple(w for w in about if stem_of(w) not in shown))


def _shown(text: str, *, against: bool) -> tuple[str, ...]:
    """Return the words of an opposition or of a request, letter for letter, in reading order."""
    spans = cue_spans(text) if against else _requests(text)
    return tuple(text[start:end] for start, end in sorted(spans[:_MOST_SHOWN]))


def _requests(text: str) -> tuple[tuple[int, int], ...]:
    """Return the passages of a text that are acts in the infinitive."""
    return tuple(
        found.span()
        for found in _WORD.finditer(text[:READ])
        if found.group().lower() in words("infinitives")
    )


def _about(first: str, second: str) -> tuple[str, ...]:
    """Return the words of the first text that the second one holds too, or a shared concept."""
    others = {stem for stem, _ in stems(second)}
    shared = dict.fromkeys(word for stem, word in stems(first) if stem in others)
    if shared:
        return tuple(shared)[:_MOST_ABOUT]
    concepts = set(spoken_concepts(first)) & set(spoken_concepts(second))
    return tuple(lexicon().concepts[number].name for number in sorted(concepts)[:1])
