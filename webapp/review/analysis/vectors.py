"""Cache of sentence vectors, shared by runs."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager

from nlp.encoders import embed, model_key
from webapp.collection.models import SHOWN, Contribution, Excerpt, ModerationDecision
from webapp.platform.text_cleaning import text_hash, without_masks
from webapp.review.models import TextVector

_BATCH = 500
Vectors = dict[str, NDArray[np.float32]]


def load_vectors(session: Session, *, texts: Sequence[str]) -> Vectors:
    """Return the cached vectors, by the hash of their text."""
    hashes = sorted({text_hash(text) for text in texts})
    known: Vectors = {}
    for start in range(0, len(hashes), _BATCH):
        rows = session.execute(
            select(TextVector.text_hash, TextVector.values).where(
                TextVector.encoder == model_key(),
                TextVector.text_hash.in_(hashes[start : start + _BATCH]),
            )
        )
        known.update((row.text_hash, np.frombuffer(row.values, dtype="<f4")) for row in rows)
    return known


def compute_missing(
    texts: Sequence[str], known: Vectors, progress: Callable[[float], None]
) -> Vectors:
    """Compute the vectors of the texts that have none in ``known``."""
    missing = {text_hash(text): text for text in texts}
    missing = {key: text for key, text in missing.items() if key not in known}
    keys = list(missing)
    found: Vectors = {}
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        found.update(zip(part, embed([missing[key] for key in part]), strict=True))
        progress(min(1.0, (start + len(part)) / len(keys)))
    return found


def store_vectors(session: Session, *, vectors: Vectors) -> None:
    """Store ``vectors``; those already stored by another run are unchanged."""
    known = load_known_keys(session, list(vectors))
    session.add_all(
        TextVector(text_hash=key, encoder=model_key(), values=vectors[key].astype("<f4").tobytes())
        for key in vectors
        if key not in known
    )
    session.flush()


def load_known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return the subset of ``keys`` that have a vector."""
    known: set[str] = set()
    for start in range(0, len(keys), _BATCH):
        known.update(
            session.scalars(
                select(TextVector.text_hash).where(
                    TextVector.encoder == model_key(),
                    TextVector.text_hash.in_(keys[start : start + _BATCH]),
                )
            )
        )
    return known


def assemble(texts: Sequence[str], vectors: Vectors) -> NDArray[np.float32]:
    """Return the vectors of ``texts``, an array of shape (n_texts, n_dimensions)."""
    return np.stack([vectors[text_hash(text)] for text in texts])


def delete_unused(session: Session) -> int:
    """Delete the vectors of texts that are no longer shown; return the count.

    A run in progress during an erasure may have stored vectors of erased texts.
    """
    shown = session.scalars(
        select(Excerpt)
        .join(Excerpt.contribution)
        .join(Contribution.decision)
        .options(contains_eager(Excerpt.contribution).contains_eager(Contribution.decision))
        .where(ModerationDecision.kind.in_(SHOWN))
    )
    read = {text_hash(without_masks(excerpt.shown_text or "")) for excerpt in shown}
    stored = session.scalars(select(TextVector.text_hash).distinct()).all()
    unused = sorted(set(stored) - read)
    for start in range(0, len(unused), _BATCH):
        part = unused[start : start + _BATCH]
        session.execute(delete(TextVector).where(TextVector.text_hash.in_(part)))
    return len(unused)
