"""Opposed opinions on one object: shown side by side, never averaged away."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nlp.context import Context
from nlp.exceptions import ModelError
from nlp.lexical import stem_of, stems
from nlp.lexicon import lexicon
from nlp.opposition_model import NAMES, Edges, OppositionModel, edges
from nlp.results import ISOLATED, Tension
from nlp.spelling import standard
from nlp.stance import StanceModel, cue_spans
from nlp.text import tokenise
from nlp.word_lists import pairs, words

# The probability of a pair about which nothing else is known than that it is of one cluster.
USUAL_PROBABILITY = 0.2
_FORMAT = 1
_MOST_CANDIDATES = 50_000
_DECIMALS = 4
# A text that opposes several others is shown with the likeliest: each further one counts less.
_REPEATED = 0.8
_MOST_PER_TEXT = 3
_MOST_SHOWN = 2
_MOST_ABOUT = 6
# A text that opposes another speaks against something by itself, and more than the other does:
# otherwise two texts that say the same thing would be opposed by their likeness.
_LEAST_STANCE = -0.5
_LEAST_DIFFERENCE = 0.5
# Or it says no to what the other one is about.
_LEAST_REFUSED = 0.6
# Two texts with nearly the same words, but for an act and its contrary, oppose each other surely.
_SAME_WORDS = 0.6
_READ = 2000

Pair = tuple[int, int]
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class TensionModel:
    """The models that find opposed texts.

    Attributes
    ----------
    stance : StanceModel
        Whether a text speaks against something.
    opposition : OppositionModel
        Which of its candidates it speaks against.
    threshold : float
        Probability from which a pair is shown.
    """

    stance: StanceModel
    opposition: OppositionModel
    threshold: float

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {
            "format": _FORMAT,
            "threshold": self.threshold,
            "opposition": self.opposition.to_json(),
            "stance": self.stance.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping
            The weights.

        Returns
        -------
        Self
            The fitted models.

        Raises
        ------
        ModelError
            If they are of another version.
        """
        if kept.get("format") != _FORMAT:
            raise ModelError(f"tension weights of format {kept.get('format')!r}, need {_FORMAT}")
        return cls(
            stance=StanceModel.from_json(kept["stance"]),
            opposition=OppositionModel.from_json(kept["opposition"]),
            threshold=float(kept["threshold"]),
        )


@cache
def tension_model() -> TensionModel:
    """Return the models of ``nlp/data/tension_model.json``, read once.

    Returns
    -------
    TensionModel
        The bundled models.
    """
    text = (files("nlp") / "data" / "tension_model.json").read_text(encoding="utf-8")
    return TensionModel.from_json(json.loads(text))


def candidate_pairs(
    labels: Sequence[int] | NDArray[np.int64],
    contexts: Sequence[Context] | None = None,
    probabilities: NDArray[np.float32] | None = None,
    *,
    least: float = 0.02,
) -> tuple[tuple[int, int, float], ...]:
    """Return the pairs that may be opposed: those of a cluster, and likely ones of a workshop.

    People who oppose each other often do not use the words of one cluster.

    Parameters
    ----------
    labels : sequence of int or ndarray of shape (n_texts,)
        Cluster of each text; -1 for an isolated idea.
    contexts : sequence of Context or None, default=None
        Where each text was said; None when no workshop is known.
    probabilities : ndarray of shape (n_texts, n_texts) or None, default=None
        Probability that two texts ask for the same thing; None when it is not known.
    least : float, default=0.02
        Least probability of two texts of one workshop that are not of one cluster.

    Returns
    -------
    tuple of tuple of (int, int, float)
        Increasing positions and their probability, at most 50,000 pairs: the likeliest, or those
        of the smallest clusters where no probability is known.

    Examples
    --------
    >>> candidate_pairs([0, 0, -1])
    ((0, 1, 0.2),)
    """
    if probabilities is None:
        inside = _members(list(labels))
        chosen = _within(inside, [len(members) for members in inside])
        return tuple(sorted((*pair, USUAL_PROBABILITY) for pair in chosen))
    groups = _members(list(labels))
    if contexts is not None:
        groups += _members([context.workshop for context in contexts])
    found = {
        (i, j): round(float(probabilities[i, j]), _DECIMALS)
        for members in groups
        for i, j in combinations(members, 2)
        if probabilities[i, j] >= least or (labels[i] == labels[j] and labels[i] >= 0)
    }
    ranked = sorted(found.values(), reverse=True)
    limit = ranked[_MOST_CANDIDATES] if len(ranked) > _MOST_CANDIDATES else -1.0
    return tuple(sorted((i, j, known) for (i, j), known in found.items() if known > limit))


def _members(names: Sequence[int | str | None]) -> list[list[int]]:
    """Return the positions of each name; those of -1 and None are in no group."""
    groups: dict[int | str, list[int]] = {}
    for i, name in enumerate(names):
        if name is not None and name != ISOLATED:
            groups.setdefault(name, []).append(i)
    return list(groups.values())


def _within(groups: list[list[int]], sizes: list[int]) -> Iterator[Pair]:
    """Yield the pairs of the smallest groups, those of one size all or none."""
    left = _MOST_CANDIDATES
    for size, count in sorted(Counter(sizes).items()):
        left -= count * size * (size - 1) // 2
        if left < 0:
            return
        for members in groups:
            if len(members) == size:
                yield from combinations(members, 2)


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
    found = {
        pair: (chance, against)
        for pair, (chance, against) in _likely(
            edges(texts, proper, contexts, stances), stances, known.opposition
        ).items()
        if chance >= known.threshold and not _agree(texts[pair[0]], texts[pair[1]])
    }
    for i, j, _ in proper:
        if _contrary(texts[i], texts[j]):
            found[i, j] = (1.0, i)
    kept = _few_per_text(found, texts, known.threshold)
    return tuple(_tension(texts, pair, found[pair][1]) for pair in sorted(kept))


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
    found: Edges, stances: NDArray[np.float64], model: OppositionModel
) -> dict[Pair, tuple[float, int]]:
    """Return the best probability of each pair, and which of the two texts opposes the other."""
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
    acts = _contrary(texts[first], texts[second])
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
        for found in _WORD.finditer(text[:_READ])
        if found.group().lower() in words("infinitives")
    )


def _about(first: str, second: str) -> tuple[str, ...]:
    """Return the words of the first text that the second one holds too, or a shared concept."""
    others = {stem for stem, _ in stems(second)}
    shared = dict.fromkeys(word for stem, word in stems(first) if stem in others)
    if shared:
        return tuple(shared)[:_MOST_ABOUT]
    concepts = set(lexicon().concepts_in(first)) & set(lexicon().concepts_in(second))
    return tuple(lexicon().concepts[number].name for number in sorted(concepts)[:1])


def _contrary(first: str, second: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the contrary acts of two texts that say nearly the same words, or None."""
    acts = _contrary_acts(first, second)
    # « ne pas augmenter » and « diminuer » agree: contraries prove nothing between refusals.
    return None if acts is None or _refuses(first) or _refuses(second) else acts


def _agree(first: str, second: str) -> bool:
    """Tell whether one of two texts refuses the contrary of what the other asks for."""
    if _refuses(first) == _refuses(second):
        return False
    return _contrary_acts(first, second) is not None


def _contrary_acts(first: str, second: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the only contrary acts of two texts that otherwise say nearly the same words."""
    left, right = _acts(first), _acts(second)
    opposed = [
        (i, j)
        for i in sorted(left)
        for j in sorted(right)
        if j in _contraries().get(i, frozenset())
    ]
    if len(opposed) != 1:
        return None
    ((one, other),) = opposed
    said, answered = ({stem for stem, _ in stems(text)} - {one, other} for text in (first, second))
    if not said or len(said & answered) < _SAME_WORDS * len(said | answered):
        return None
    return (left[one],), (right[other],)


@lru_cache(maxsize=20_000)
def _acts(text: str) -> dict[str, str]:
    """Return the acts of a text that have a contrary: their stem, and how they are written."""
    said = (found.group() for found in _WORD.finditer(text[:_READ]))
    return {stem: word for word in said if (stem := stem_of(word.lower())) in _contraries()}


@lru_cache(maxsize=20_000)
def _refuses(text: str) -> bool:
    return not {"pas", "non", "jamais", "ni"}.isdisjoint(tokenise(standard(text[:_READ])))


@cache
def _contraries() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for left, right in pairs("antonyms"):
        for one, other in ((left, right), (right, left)):
            key = stem_of(one)
            table[key] = table.get(key, frozenset()) | {stem_of(other)}
    return table
