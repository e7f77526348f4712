"""Validation of the arguments of the entry points."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nlp.context import Context
from nlp.exceptions import ContextError, EmbeddingsError, TextError
from nlp.sentence_model import DIMENSIONS


def checked_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """Return ``texts`` as a tuple of strings.

    Parameters
    ----------
    texts : sequence of str
        Any texts: empty, huge, in any script, with control characters or lone surrogates.

    Returns
    -------
    tuple of str
        The same texts.

    Raises
    ------
    TextError
        If it is a single string, or something in it is not a string.

    Examples
    --------
    >>> checked_texts(["un bus", ""])
    ('un bus', '')
    """
    if isinstance(texts, str | bytes):
        raise TextError("need a sequence of texts, got a single one")
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise TextError(f"text {position} is not a string: {type(text).__name__}")
    return tuple(texts)


def checked_embeddings(
    embeddings: ArrayLike, n_texts: int, dimensions: int = DIMENSIONS
) -> NDArray[np.float32]:
    """Return ``embeddings`` as an array of one finite row per text.

    Parameters
    ----------
    embeddings : array-like of shape (n_texts, dimensions)
        Vectors from :func:`nlp.encoders.embed` or :meth:`nlp.local_model.LocalModel.embed`.
    n_texts : int
        Number of texts.
    dimensions : int, default=1024
        Number of columns.

    Returns
    -------
    ndarray of shape (n_texts, dimensions), float32
        The same vectors.

    Raises
    ------
    EmbeddingsError
        If the shape is another, or a row holds something that is not a finite number.
    """
    try:
        vectors = np.asarray(embeddings, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise EmbeddingsError(f"embeddings: not an array of numbers ({error})") from error
    if vectors.shape != (n_texts, dimensions):
        raise EmbeddingsError(f"embeddings: need {(n_texts, dimensions)}, got {vectors.shape}")
    if (wrong := np.flatnonzero(~np.isfinite(vectors).all(axis=1))).size:
        raise EmbeddingsError(f"embeddings: row {wrong[0]} holds a value that is not finite")
    return vectors


def checked_contexts(
    contexts: Sequence[Context] | None, n_texts: int
) -> tuple[Context, ...] | None:
    """Return ``contexts`` as a tuple of one context per text.

    Parameters
    ----------
    contexts : sequence of Context or None
        Where each text was said, when it is known.
    n_texts : int
        Number of texts.

    Returns
    -------
    tuple of Context or None
        The same contexts.

    Raises
    ------
    ContextError
        If there is not one context for each text.
    """
    if contexts is None:
        return None
    if len(contexts) != n_texts or not all(isinstance(c, Context) for c in contexts):
        raise ContextError(f"need one Context for each of {n_texts} texts, got {len(contexts)}")
    return tuple(contexts)
