"""The methods that others use, on the same texts and the same centred vectors, where installed.

`docs/benchmarks.md` says how to install them; BERTopic's own encoder is left out, since it is
given our vectors, which helps it.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, KMeans

from nlp import Options, analyse
from nlp.encoders import SentenceEncoder
from nlp.lexical import LexicalEncoder

Method = Callable[[Sequence[str], NDArray[np.float32], int], list[int]]
_SEED = 0
_FITTED: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}


def methods() -> dict[str, Method]:
    """Return what can run here, ourselves first; k is the number of human groups."""
    found: dict[str, Method] = {
        "Semailles": ours,
        "LSA + k-means, true k": _lsa,
        "HDBSCAN": _hdbscan,
    }
    if find_spec("umap"):
        found["UMAP 2-D + k-means, true k"] = _umap
    if find_spec("bertopic"):
        found["BERTopic, defaults"] = lambda texts, vectors, _k: _bertopic(texts, vectors)[0]
        reduced = "BERTopic, outliers reduced"
        found[reduced] = lambda texts, vectors, _k: _bertopic(texts, vectors)[1]
    return found


def ours(
    texts: Sequence[str], vectors: NDArray[np.float32], _k: int, *, seed: int = _SEED
) -> list[int]:
    """Return the labels of our own analysis, the number of clusters chosen by it."""
    result = analyse(texts, embeddings=vectors, options=Options(seed=seed))
    labels: list[int] = result.labels.tolist()
    return labels


def _lsa(texts: Sequence[str], _vectors: NDArray[np.float32], k: int) -> list[int]:
    words = LexicalEncoder(n_dimensions=100).fit_transform(texts)
    return _labels(KMeans(k, n_init=4, random_state=_SEED).fit_predict(words))


def _hdbscan(_texts: Sequence[str], vectors: NDArray[np.float32], _k: int) -> list[int]:
    return _labels(HDBSCAN(min_cluster_size=5, copy=True).fit_predict(_centred(vectors)))


def _umap(_texts: Sequence[str], vectors: NDArray[np.float32], k: int) -> list[int]:
    from umap import UMAP  # noqa: PLC0415 - may be absent

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flat = UMAP(n_components=2, metric="cosine", random_state=_SEED).fit_transform(
            _centred(vectors)
        )
    return _labels(KMeans(k, n_init=4, random_state=_SEED).fit_predict(flat))


def _bertopic(texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[list[int], list[int]]:
    """Return its topics, then the same with its outliers reduced: both come from one fit."""
    key = tuple(texts)
    if key not in _FITTED:
        _FITTED[key] = _topics(texts, vectors)
    return _FITTED[key]


def _topics(texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[list[int], list[int]]:
    from bertopic import BERTopic  # noqa: PLC0415 - may be absent
    from umap import UMAP  # noqa: PLC0415 - may be absent

    centred = _centred(vectors)
    # Its own settings, but for a seed: two runs of its defaults differ.
    flatter = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=_SEED
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = BERTopic(embedding_model=None, language="multilingual", umap_model=flatter)
        topics, _ = model.fit_transform(list(texts), embeddings=centred)
        reduced = topics
        if -1 in topics and max(topics) >= 0:
            reduced = model.reduce_outliers(
                list(texts), topics, strategy="embeddings", embeddings=centred
            )
    return _labels(topics), _labels(reduced)


def _centred(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    return SentenceEncoder().fit_vectors(vectors).transform_vectors(vectors)


def _labels(values: Sequence[int] | NDArray[np.intp]) -> list[int]:
    return [int(value) for value in values]
