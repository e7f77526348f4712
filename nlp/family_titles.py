"""Titles of families: themes of the lexicon, each used once."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.preprocessing import normalize

from nlp.encoders import SentenceEncoder
from nlp.grouped_sums import sums_by
from nlp.lexicon import lexicon, spoken_concepts
from nlp.similarity.subject_space import subject_space

_OTHERS = "Autres sujets"
_DECIMALS = 6
_SPOKEN, _MEANT = 1 / 3, 1.0
_LEAST_SPREAD = 0.05
_MOST_READ = 100
# What keeps the variance of a theme that hardly anybody speaks of above zero.
_PRIOR = 0.3


def family_titles(
    texts: Sequence[str],
    families: Sequence[Sequence[int]],
    embeddings: NDArray[np.float32] | None = None,
) -> list[str]:
    """Name each family by the theme of the lexicon that is its own.

    A theme weighs by how many more members speak of it than of all the texts, as a z-score, and by
    how much more they resemble its concepts. Each theme is given once, so that the sum of the
    weights is the largest (Hungarian algorithm).

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    families : sequence of sequence of int
        Positions of the texts of each family.
    embeddings : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of the texts from :func:`nlp.encoders.embed`; without them, only words count.

    Returns
    -------
    list of str
        Distinct noun phrases; « Autres sujets » for a family that the lexicon does not know.

    Examples
    --------
    >>> texts = ["Des bus le soir", "Un arrêt de bus", "Un médecin", "Plus de docteur"]
    >>> family_titles(texts, [[0, 1], [2, 3]])
    ['Se déplacer sans voiture', 'Trouver un médecin']
    """
    if not families:
        return []
    # A sample of a large family says its subject: reading all of it would cost more
    # than the analysis itself.
    kept = [sorted(members)[:: max(1, len(members) // _MOST_READ)] for members in families]
    read = sorted({i for members in kept for i in members})
    row = {i: at for at, i in enumerate(read)}
    texts = [texts[i] for i in read]
    families = [[row[i] for i in members] for members in kept]
    if embeddings is not None:
        embeddings = embeddings[read]
    spoken = _themes_of(texts)
    weights = _SPOKEN * _z_scores(spoken, families)
    if embeddings is not None and families:
        weights = weights + _MEANT * _resemblances(texts, families, embeddings)
    known = [bool(spoken[list(members)].any()) for members in families]
    rows, columns = linear_sum_assignment(-np.round(weights, _DECIMALS))
    given = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    themes = lexicon().themes
    names = [themes[given[f]] if known[f] and f in given else "" for f in range(len(families))]
    return _completed(names)


def _themes_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return which themes each text speaks of."""
    spoken = np.zeros((len(texts), len(lexicon().themes)))
    for i, text in enumerate(texts):
        spoken[i, list(_themes(text))] = 1.0
    return spoken


@lru_cache(maxsize=50_000)
def _themes(text: str) -> tuple[int, ...]:
    known = lexicon()
    return tuple(sorted({known.concepts[concept].theme for concept in spoken_concepts(text)}))


def _z_scores(
    spoken: NDArray[np.float64], families: Sequence[Sequence[int]]
) -> NDArray[np.float64]:
    """Return how far the share of each family is above that of all, in standard deviations."""
    everywhere = spoken.mean(axis=0)
    variance = everywhere * (1 - everywhere) + _PRIOR
    scores = [
        (spoken[list(members)].mean(axis=0) - everywhere) * np.sqrt(len(members) / variance)
        for members in families
    ]
    return np.array(scores).reshape(len(families), spoken.shape[1])


def _resemblances(
    texts: Sequence[str],
    families: Sequence[Sequence[int]],
    embeddings: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return how much more each family resembles the concepts of a theme than all the texts do.

    Resemblances are those of the concept space, summed over each theme, in standard deviations.
    """
    encoder = SentenceEncoder().fit_vectors(embeddings)
    vectors = encoder.transform_vectors(embeddings)
    centred = np.hstack([normalize(half) for half in np.hsplit(vectors, 2)])
    by_concept = subject_space("concepts").transform(texts, centred.astype(np.float32))
    themes = np.array([concept.theme for concept in lexicon().concepts])
    by_theme = np.ascontiguousarray(sums_by(themes, by_concept.T.astype(np.float64)).T)
    spread = by_theme.std(axis=0) + _LEAST_SPREAD
    means = [by_theme[list(members)].mean(axis=0) for members in families]
    found: NDArray[np.float64] = (np.array(means) - by_theme.mean(axis=0)) / spread
    return found


def _completed(names: list[str]) -> list[str]:
    """Name the families that the lexicon does not know, each by a name of its own."""
    number = 0
    for at, name in enumerate(names):
        if not name:
            number += 1
            names[at] = _OTHERS if number == 1 else f"{_OTHERS} ({number})"
    return names
