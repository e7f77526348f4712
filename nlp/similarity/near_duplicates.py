"""Existing contributions close to the one being written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from nlp.checks import checked_embeddings, checked_texts
from nlp.duplicates import words_said
from nlp.encoders import embed
from nlp.keywords import vocabulary

_DECIMALS = 6
_WORDS = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """A text that says nearly the same.

    Attributes
    ----------
    text : int
        Position of the text.
    score : float
        How close it is, in [0, 1]; 1 for the same words.
    """

    text: int
    score: float


def similar(
    text: str,
    texts: Sequence[str],
    embeddings: NDArray[np.float32] | None = None,
    *,
    limit: int = 5,
    threshold: float = 0.55,
) -> tuple[Match, ...]:
    """Return the texts that say nearly the same as ``text``.

    Parameters
    ----------
    text : str
        What is being written.
    texts : sequence of str
        What was already said.
    embeddings : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of ``texts`` from :func:`nlp.encoders.embed`; computed when None.
    limit : int, default=5
        Number of matches at most.
    threshold : float, default=0.55
        Least score: 0.6 of meaning and 0.4 of shared words.

    Returns
    -------
    tuple of Match
        Closest first.

    Raises
    ------
    TextError
        If something is not a string.
    EmbeddingsError
        If ``embeddings`` does not have one finite row per text.

    Examples
    --------
    >>> similar("isoler les logements", ["Isoler les logements !", "des bus"])[0].text
    0
    """
    (text,), texts = checked_texts([text]), checked_texts(texts)
    known = embed(texts) if embeddings is None else checked_embeddings(embeddings, len(texts))
    if not texts or not text.strip():
        return ()
    meaning = np.clip(normalize(known.astype(np.float64)) @ embed([text])[0], 0, 1)
    words = _shared_words(text, texts)
    scores = np.round((1 - _WORDS) * meaning + _WORDS * words, _DECIMALS)
    scores[[words_said(other) == words_said(text) for other in texts]] = 1.0
    order = np.argsort(-scores, kind="stable")[:limit]
    return tuple(Match(int(i), min(1.0, float(scores[i]))) for i in order if scores[i] >= threshold)


def _shared_words(text: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the Jaccard index of the words of ``text`` and of each text."""
    said, *others = (frozenset(s for s, _ in w) for w in vocabulary([text, *texts]).words)
    return np.array([len(said & o) / len(said | o) if said | o else 0.0 for o in others])
