"""Entry point of the package: takes texts and human decisions, returns an analysis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nlp.affinity import PairAffinity, VectorAffinity
from nlp.candidates import pool
from nlp.checks import checked_contexts, checked_embeddings, checked_texts
from nlp.context import Context
from nlp.coordinates import coordinates
from nlp.description import Description, describe
from nlp.duplicates import Folding, fold
from nlp.encoders import DIMENSIONS, embed, encode
from nlp.exceptions import TextError
from nlp.feedback import Constraints, Feedback, constraints
from nlp.fingerprint import fingerprint, versions
from nlp.grouping import Grouping, machine_labels, settle
from nlp.keywords import tying_words, vocabulary
from nlp.noise import is_noise
from nlp.note_grouping import MOST_NOTES, compare_notes, note_labels
from nlp.options import Options
from nlp.results import ISOLATED, Analysis
from nlp.smoothing import NeighbourSmoother
from nlp.tensions import tensions_of

_FEWEST_NEIGHBOURS = 2
_MOST_NEIGHBOURS = 10
_TEXTS_PER_NEIGHBOUR = 30
_DECIMALS = 6
_DEFAULTS = Options()

Progress = Callable[[float, str], None]


class Stage(StrEnum):
    """What an analysis is doing; reported with the fraction already done."""

    ENCODING = "encoding"
    COMPARING = "comparing"
    SMOOTHING = "smoothing"
    CLUSTERING = "clustering"
    DESCRIBING = "describing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class _Inputs:
    texts: tuple[str, ...]
    options: Options
    decisions: Constraints
    folding: Folding
    embeddings: NDArray[np.float32] | None
    progress: Progress
    contexts: tuple[Context, ...] | None


def analyse(
    texts: Sequence[str],
    *,
    contexts: Sequence[Context] | None = None,
    options: Options = _DEFAULTS,
    feedback: Feedback | None = None,
    embeddings: NDArray[np.float32] | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Group ``texts`` by what they ask for, around what humans already decided.

    Texts that say the same words are one point. Workshop notes (``options.grouping``) are grouped
    by the learned probability that two of them ask for the same thing
    (:class:`nlp.similarity.pair_model.PairModel`); the answers of a large consultation are grouped
    by theme, on sentence vectors beside the latent semantic analysis of their words, smoothed over
    their nearest neighbours. Human decisions are then put in place, and never undone.

    Parameters
    ----------
    texts : sequence of str
        One contribution each. Order is kept: results refer to positions.
    contexts : sequence of Context or None, default=None
        Where each text was said, when it is known.
    options : Options, default=Options()
        Settings; the defaults suit 20 to 5,000 short texts.
    feedback : Feedback or None, default=None
        Human decisions; every one is honoured.
    embeddings : ndarray of shape (n_texts, options.dimensions) or None, default=None
        Vectors from :func:`nlp.encoders.embed`, so that only the grouping is computed, or those of
        another model (:class:`nlp.local_model.LocalModel`).
    progress : callable or None, default=None
        Called with the fraction done, in [0, 1], and the stage that begins (:class:`Stage`).

    Returns
    -------
    Analysis
        Same texts, options, decisions and versions of libraries: same result.

    Raises
    ------
    TextError
        If there is no text, or one is not a string.
    ContextError
        If there is not one context for each text.
    EmbeddingsError
        If ``embeddings`` has another shape, or a value that is not finite.
    ContradictoryFeedbackError
        If two human decisions exclude each other.

    Examples
    --------
    >>> texts = ["Rénover les logements", "Isoler les logements", "Plus de bus", "Des bus le soir"]
    >>> result = analyse(texts, options=Options(granularity=2))
    >>> [cluster.size for cluster in result.clusters]
    [2, 2]
    """
    said = checked_texts(texts)
    if not said:
        raise TextError("need at least one text")
    inputs = _Inputs(
        texts=said,
        options=options,
        decisions=constraints(feedback, len(said)),
        folding=fold(said),
        embeddings=_checked(embeddings, len(said), options),
        progress=progress or _silent,
        contexts=checked_contexts(contexts, len(said)),
    )
    inputs.progress(0.0, Stage.ENCODING)
    # One thread: sums are then made in one order, whatever the machine.
    with threadpool_limits(1):
        known = _embeddings(inputs)
        vectors, grouping, pairs = _group(inputs, known)
        inputs.progress(0.8, Stage.DESCRIBING)
        meant = _meant(inputs, known)
        opposed = tensions_of(inputs.texts, grouping, pairs, inputs.contexts, meant)
        description = describe(inputs.texts, vectors, grouping, options, meant, opposed)
        points = coordinates(vectors)
    result = _result(inputs, grouping, description, points)
    inputs.progress(1.0, Stage.DONE)
    return result


def explain(analysis: Analysis, i: int) -> tuple[str, ...]:
    """Return the words of text ``i`` that tie it to its cluster.

    Parameters
    ----------
    analysis : Analysis
        A result of :func:`analyse`.
    i : int
        Position of a text.

    Returns
    -------
    tuple of str
        Words as the text holds them, strongest tie first; empty for an isolated idea, and when
        meaning alone, without a common word, brought the text there.

    Raises
    ------
    IndexError
        If there is no such text.
    """
    if not 0 <= i < len(analysis.texts):
        raise IndexError(f"no text at position {i} of {len(analysis.texts)} texts")
    label = int(analysis.labels[i])
    if label == ISOLATED:
        return ()
    return tying_words(vocabulary(analysis.texts), analysis.clusters[label].members, [i])[i]


def explain_all(analysis: Analysis) -> tuple[tuple[str, ...], ...]:
    """Return what :func:`explain` returns for each text, the words being counted once.

    Parameters
    ----------
    analysis : Analysis
        A result of :func:`analyse`.

    Returns
    -------
    tuple of tuple of str
        The words of each text, in the order of the texts.
    """
    known = vocabulary(analysis.texts)
    words: dict[int, tuple[str, ...]] = {}
    for cluster in analysis.clusters:
        words |= tying_words(known, cluster.members, cluster.members)
    return tuple(words.get(i, ()) for i in range(len(analysis.texts)))


def _checked(
    embeddings: NDArray[np.float32] | None, n_texts: int, options: Options
) -> NDArray[np.float32] | None:
    if embeddings is None:
        return None
    return checked_embeddings(embeddings, n_texts, options.dimensions)


def _silent(fraction: float, stage: str) -> None:
    del fraction, stage


Grouped = tuple[NDArray[np.float64], Grouping, NDArray[np.float32] | None]


def _group(inputs: _Inputs, embeddings: NDArray[np.float32] | None) -> Grouped:
    """Return the vectors of the texts, their places, and what is known of their pairs."""
    if _are_notes(inputs):
        return _group_notes(inputs, embeddings)
    options, folding = inputs.options, inputs.folding
    firsts, kinds = folding.firsts, folding.kinds
    raw = encode(
        [inputs.texts[i] for i in firsts],
        encoder=options.encoder,
        seed=options.seed,
        embeddings=embeddings,
    )
    inputs.progress(0.5, Stage.SMOOTHING)
    smoother = NeighbourSmoother(n_neighbors=_n_neighbours(len(firsts)))
    smooth = smoother.fit_transform(raw)
    np.round(smooth, _DECIMALS, out=smooth)
    inputs.progress(0.6, Stage.CLUSTERING)
    noise = _noise(inputs)
    known = pool(kinds, smoother.closeness_, inputs.decisions, noise)
    del smoother
    labels = machine_labels(smooth, raw, known, options)
    del raw
    # In the order of the texts, only double precision keeps sums from depending on it.
    placed = smooth[kinds].astype(np.float64)
    affinity = VectorAffinity(placed)
    return placed, settle(affinity, labels[kinds], inputs.decisions, options, noise[kinds]), None


def _are_notes(inputs: _Inputs) -> bool:
    """Tell whether the texts are grouped as workshop notes, rather than by broad theme."""
    options = inputs.options
    if len(inputs.folding.firsts) > MOST_NOTES or options.encoder != "hybrid":
        return False
    if options.grouping == "auto":
        return inputs.contexts is not None and any(c.workshop for c in inputs.contexts)
    return options.grouping == "notes"


def _group_notes(inputs: _Inputs, vectors: NDArray[np.float32] | None) -> Grouped:
    firsts, kinds = inputs.folding.firsts, inputs.folding.kinds
    texts = [inputs.texts[i] for i in firsts]
    contexts = None if inputs.contexts is None else [inputs.contexts[i] for i in firsts]
    if vectors is None or vectors.shape[1] != DIMENSIONS:
        vectors = embed(texts)
    inputs.progress(0.5, Stage.COMPARING)
    compared = compare_notes(texts, contexts, vectors)
    inputs.progress(0.6, Stage.CLUSTERING)
    anybody = np.ones(len(firsts), dtype=np.float32)  # a note is left alone by its pairs only
    noise = _noise(inputs)
    known = pool(kinds, anybody, inputs.decisions, noise)
    labels = note_labels(compared, known, inputs.options)
    pairs = compared.pairs[np.ix_(kinds, kinds)]
    affinity = PairAffinity(pairs, compared.model.placement)
    places = settle(affinity, labels[kinds], inputs.decisions, inputs.options, noise[kinds])
    return compared.vectors[kinds].astype(np.float64), places, pairs


def _noise(inputs: _Inputs) -> NDArray[np.bool_]:
    """Tell which distinct texts are no contribution."""
    return np.array([is_noise(inputs.texts[i]) for i in inputs.folding.firsts], dtype=bool)


def _embeddings(inputs: _Inputs) -> NDArray[np.float32] | None:
    firsts = inputs.folding.firsts
    if inputs.options.encoder == "lexical":
        return None
    if inputs.embeddings is not None:
        return inputs.embeddings[firsts]
    return embed([inputs.texts[i] for i in firsts])


def _meant(inputs: _Inputs, embeddings: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    """Return a vector of the bundled model for each text, or None: titles are compared to them."""
    if embeddings is None or embeddings.shape[1] != DIMENSIONS:
        return None
    return embeddings[inputs.folding.kinds]


def _n_neighbours(n_kinds: int) -> int:
    """Fewer neighbours in a small room: ten would be half of it."""
    return max(_FEWEST_NEIGHBOURS, min(_MOST_NEIGHBOURS, n_kinds // _TEXTS_PER_NEIGHBOUR))


def _result(
    inputs: _Inputs, grouping: Grouping, description: Description, points: NDArray[np.float64]
) -> Analysis:
    confidence = np.round(grouping.confidence, _DECIMALS)
    duplicates = inputs.folding.groups
    for array in (grouping.labels, confidence, points):
        array.setflags(write=False)
    return Analysis(
        texts=inputs.texts,
        labels=grouping.labels,
        confidence=confidence,
        clusters=description.clusters,
        families=description.families,
        duplicates=duplicates,
        tensions=description.tensions,
        suggestions=grouping.suggestions,
        isolation=grouping.isolation,
        coordinates=points,
        fingerprint=fingerprint(
            inputs.texts, inputs.contexts, inputs.options, inputs.decisions, versions(),
            grouping.labels, confidence, description, duplicates,
            grouping.suggestions, grouping.isolation, points,
        ),
    )  # fmt: skip
