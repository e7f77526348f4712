"""Compares the notes of a working group two by two, so that web pages can rank groups."""

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nlp.similarity.ranking import Ranker
from webapp.review.analysis.inputs import GroupInput, read_input
from webapp.review.analysis.ranking import LARGEST_SHARE
from webapp.review.analysis.runs import Transaction
from webapp.review.analysis.vectors import (
    assemble,
    compute_missing,
    load_vectors,
    store_vectors,
)
from webapp.review.models import ExcerptPairs
from webapp.territory.locking import lock_working_group

MOST_NOTES = 3_000  # every pair is stored: beyond, rows would weigh more than what they save


def compare_notes(transaction: Transaction, *, group_id: int) -> None:
    """Compute and store the pairs of a working group, unless those of every note are known.

    The computation runs outside any transaction.
    """
    with transaction() as session:
        data = read_input(session, group_id=group_id)
        if _is_compared(session, group_id, data) or len(data.texts) > MOST_NOTES:
            return
        vectors = load_vectors(session, texts=data.texts)
    missing = compute_missing(data.texts, vectors, lambda _: None)
    embeddings = assemble(data.texts, vectors | missing)
    ranker = Ranker().fit(data.texts, contexts=data.contexts, vectors=embeddings)
    shares = np.rint(ranker.pairs_ * LARGEST_SHARE).astype("<u2")
    with transaction() as session:
        lock_working_group(session, group_id=group_id)
        store_vectors(session, vectors=missing)
        session.execute(delete(ExcerptPairs).where(ExcerptPairs.working_group_id == group_id))
        session.add_all(
            ExcerptPairs(
                excerpt_id=excerpt_id,
                working_group_id=group_id,
                position=position,
                probabilities=shares[position].tobytes(),
            )
            for position, excerpt_id in enumerate(data.excerpt_ids)
        )
        session.flush()


def _is_compared(session: Session, group_id: int, data: GroupInput) -> bool:
    own = ExcerptPairs.working_group_id == group_id
    known = session.scalars(select(ExcerptPairs.excerpt_id).where(own))
    return set(data.excerpt_ids) <= set(known)
