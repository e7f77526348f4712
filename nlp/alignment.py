"""Aligns clusters with axes, measures and publics, from seed words and past decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.exceptions import TargetsError
from nlp.keywords import vocabulary, weights
from nlp.lexical import comparable

_DECIMALS = 4
# A word that past decisions tie to a target less than this says nothing of it.
_LEAST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Target:
    """Something clusters may speak of.

    Attributes
    ----------
    key : str
        Its identifier, given back in the results.
    seeds : sequence of str
        Words and expressions that name it; of an expression, every content word must be said.
    examples : sequence of str
        Texts that humans put under it before.
    """

    key: str
    seeds: Sequence[str] = ()
    examples: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """A target that a cluster speaks of.

    Attributes
    ----------
    key : str
        Identifier of the target.
    confidence : float
        Share of the voices that speak of it, in [0, 1]; a voice that speaks of several targets is
        divided between them.
    words : tuple of str
        What showed it, as people wrote it, most frequent first.
    """

    key: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Profile:
    key: str
    seeds: tuple[frozenset[str], ...]
    learnt: Mapping[str, float] = field(default_factory=dict)

    def says(self, said: Mapping[str, str]) -> tuple[float, tuple[str, ...]]:
        """Return how much a text speaks of the target, and the words that show it."""
        hits = {stem for seed in self.seeds if seed <= said.keys() for stem in seed}
        taught = {stem for stem in said if self.learnt.get(stem, 0.0) >= _LEAST_WEIGHT} - hits
        strength = len(hits) + sum(self.learnt[stem] for stem in sorted(taught))
        return strength, tuple(said[stem] for stem in sorted(hits | taught))


def align(
    texts: Sequence[str], targets: Sequence[Target], *, threshold: float = 0.3, n_words: int = 5
) -> tuple[Alignment, ...]:
    """Return the targets that the texts of one cluster speak of, surest first.

    Each voice is shared between the targets whose words it says: a seed counts for one, a word
    learnt from past decisions for its weight (:func:`nlp.keywords.weights`). A voice that says
    none of them weighs on none, so that the confidence is a share of all the voices.

    Parameters
    ----------
    texts : sequence of str
        The texts of a cluster.
    targets : sequence of Target
        What they may speak of: the axes, or the measures, or the publics.
    threshold : float, default=0.3
        Least confidence; below it nothing is guessed.
    n_words : int, default=5
        Words given as evidence, at most.

    Returns
    -------
    tuple of Alignment
        By decreasing confidence, then in the order of ``targets``; often empty.

    Raises
    ------
    TargetsError
        If two targets have one key, or the threshold is not in (0, 1].

    Examples
    --------
    >>> targets = [Target("rights", ["droits", "démarches"]), Target("work", ["emploi"])]
    >>> align(["Simplifier les démarches", "Des démarches en mairie", "Un café"], targets)
    (Alignment(key='rights', confidence=0.6667, words=('démarches',)),)
    """
    if len({target.key for target in targets}) < len(targets):
        raise TargetsError("two targets have the same key")
    if not 0 < threshold <= 1:
        raise TargetsError(f"threshold is in (0, 1], got {threshold!r}")
    profiles = _profiles(targets)
    totals = dict.fromkeys((profile.key for profile in profiles), 0.0)
    shown: dict[str, dict[str, int]] = {profile.key: {} for profile in profiles}
    for said in vocabulary(texts).words:
        spoken = [(profile.key, *profile.says(dict(said))) for profile in profiles]
        whole = sum(strength for _, strength, _ in spoken)
        for key, strength, evidence in spoken if whole else ():
            totals[key] += strength / whole
            for word in evidence:
                shown[key][word] = shown[key].get(word, 0) + 1
    found = [
        Alignment(key, round(total / len(texts), _DECIMALS), _most_said(shown[key], n_words))
        for key, total in totals.items()
        if texts and total / len(texts) >= threshold
    ]
    return tuple(sorted(found, key=lambda one: -one.confidence))


def _profiles(targets: Sequence[Target]) -> list[_Profile]:
    examples = [(text, k) for k, target in enumerate(targets) for text in target.examples]
    known = vocabulary([text for text, _ in examples])
    profiles = []
    for k, target in enumerate(targets):
        seeds = tuple(frozenset(stems) for seed in target.seeds if (stems := comparable(seed)))
        own = [position for position, (_, owner) in enumerate(examples) if owner == k]
        learnt = weights(known, own) if own and len(own) < len(examples) else {}
        profiles.append(_Profile(target.key, seeds, learnt))
    return profiles


def _most_said(words: Mapping[str, int], n_words: int) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-words[word], word))[:n_words])
