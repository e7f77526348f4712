"""Titles of families: themes of the lexicon, each used once."""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from nlp.encoders import SentenceEncoder
from nlp.lexicon import lexicon

_OTHERS = "Autres sujets"
_DECIMALS = 6
# A z-score of 3 counts as much as a cosine of 0.5.
_SPOKEN, _MEANT = 1 / 3, 2.0
# What keeps the variance of a theme that hardly anybody speaks of above zero.
_PRIOR = 0.3


def family_titles(
    texts: Sequence[str],
    families: Sequence[Sequence[int]],
    embeddings: NDArray[np.float32] | None = None,
) -> list[str]:
    """Name each family by the theme of the lexicon that is its own.

    A theme weighs by how many more members speak of it than of all the texts, as a z-score, and by
    the cosine of its concepts with the members. Each theme is given once, so that the sum of the
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
    spoken = _themes_of(texts)
    weights = _SPOKEN * _z_scores(spoken, families)
    if embeddings is not None and len(families):
        weights = weights + _MEANT * _cosines(families, embeddings)
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
    return tuple(sorted({known.concepts[concept].theme for concept in known.concepts_in(text)}))


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


def _cosines(
    families: Sequence[Sequence[int]], embeddings: NDArray[np.float32]
) -> NDArray[np.float64]:
    encoder = SentenceEncoder().fit_vectors(embeddings)
    centres = np.vstack(
        [
            encoder.transform_vectors(embeddings[list(members)]).mean(axis=0, dtype=np.float64)
            for members in families
        ]
    )
    norms = np.linalg.norm(centres, axis=1, keepdims=True)
    unit = centres / np.where(norms > 0, norms, 1.0)
    return np.asarray(unit @ _theme_vectors().T)


@cache
def _theme_vectors() -> NDArray[np.float64]:
    """Return the centred vectors of the themes, each described by its concepts."""
    known = lexicon()
    described = [
        f"{theme} : " + ", ".join(c.name for c in known.concepts if c.theme == number)
        for number, theme in enumerate(known.themes)
    ]
    vectors: NDArray[np.float64] = SentenceEncoder().fit_transform(described).astype(np.float64)
    return vectors


def _completed(names: list[str]) -> list[str]:
    """Name the families that the lexicon does not know, each by a name of its own."""
    number = 0
    for at, name in enumerate(names):
        if not name:
            number += 1
            names[at] = _OTHERS if number == 1 else f"{_OTHERS} ({number})"
    return names
