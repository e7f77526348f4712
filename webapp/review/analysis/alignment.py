"""Computes alignments of clusters from seed words and from the items of other clusters."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from nlp.alignment import Alignment, Target, align
from webapp.collection.models import Contribution, Excerpt
from webapp.review.alignments import KINDS, list_targets
from webapp.review.analysis.runs import Transaction
from webapp.review.models import Cluster, ClusterAlignment, ClusterMember, ClusterStatus, Placement
from webapp.roadmap.models import ItemSource, ItemStatus, RoadmapItem
from webapp.territory.models import Reference, ReferenceKind

# Drafts are excluded as examples: they may still hold suggested values.
_DECIDED = tuple(status for status in ItemStatus if status is not ItemStatus.DRAFT)


_Examples = dict[tuple[ReferenceKind, str], list[tuple[int, str]]]
_Row = tuple[int, ReferenceKind, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A cluster to align, with its texts."""

    cluster_id: int
    texts: tuple[str, ...]


def align_groups(transaction: Transaction, *, group_id: int | None = None) -> None:
    """Recompute the alignments of a working group's clusters, or of all clusters when None.

    The computation runs outside any transaction, so that it holds no lock.
    """
    with transaction() as session:
        subjects = _subjects(session, group_id)
        targets = [(t.id, t.kind, t.code, t.seeds) for t in list_targets(session)]
        examples = _examples(session)
    found = [
        (subject.cluster_id, target_id, alignment.confidence, alignment.words)
        for subject in subjects
        for kind in KINDS
        for target_id, alignment in _read(subject, kind, targets, examples)
    ]
    with transaction() as session:
        # Skip clusters changed meanwhile: erased words must not be written back.
        unchanged = set(subjects) & set(_subjects(session, group_id))
        ids = [subject.cluster_id for subject in unchanged]
        known = set(session.scalars(select(Reference.id)))
        session.execute(delete(ClusterAlignment).where(ClusterAlignment.cluster_id.in_(ids)))
        session.add_all(
            ClusterAlignment(cluster_id=c, target_id=t, confidence=confidence, words=words)
            for c, t, confidence, words in found
            if t in known and c in ids
        )
        session.flush()


def _read(
    subject: _Subject, kind: ReferenceKind, rows: Sequence[_Row], examples: _Examples
) -> list[tuple[int, Alignment]]:
    """Return the alignments of a cluster with one kind; its own texts are not used as examples."""
    targets = [
        Target(
            str(target_id),
            seeds,
            [text for origin, text in examples[kind, name] if origin != subject.cluster_id],
        )
        for target_id, of_kind, name, seeds in rows
        if of_kind is kind
    ]
    return [(int(found.key), found) for found in align(subject.texts, targets)]


def _subjects(session: Session, group_id: int | None) -> list[_Subject]:
    query = select(Cluster.id).where(Cluster.status != ClusterStatus.DISSOLVED)
    if group_id is not None:
        query = query.where(Cluster.working_group_id == group_id)
    texts = _texts(session, session.scalars(query).all())
    return [_Subject(cluster_id, tuple(shown)) for cluster_id, shown in texts.items()]


def _examples(session: Session) -> _Examples:
    """Return, by target, the texts of clusters whose item names it, with their cluster id."""
    rows = session.execute(
        select(ItemSource.cluster_id, RoadmapItem)
        .join(ItemSource.item)
        .where(RoadmapItem.status.in_(_DECIDED))
    ).all()
    sources = [(cluster_id, item) for cluster_id, item in rows if cluster_id is not None]
    texts = _texts(session, [cluster_id for cluster_id, _ in sources])
    examples: _Examples = defaultdict(list)
    for cluster_id, item in sources:
        names = [(ReferenceKind.STRAND, str(item.strand)), (ReferenceKind.MEASURE, item.measure)]
        names += [(ReferenceKind.PUBLIC, public) for public in item.publics]
        for kind, name in names:
            examples[kind, name] += [(cluster_id, text) for text in texts[cluster_id]]
    return examples


def _texts(session: Session, cluster_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the shown texts of the confirmed members of each cluster."""
    members = session.scalars(
        select(ClusterMember)
        .options(
            joinedload(ClusterMember.excerpt)
            .joinedload(Excerpt.contribution)
            .joinedload(Contribution.decision)
        )
        .where(
            ClusterMember.cluster_id.in_(cluster_ids),
            ClusterMember.placed_by != Placement.SUGGESTED,
        )
        .order_by(ClusterMember.id)
    )
    texts: dict[int, list[str]] = defaultdict(list)
    for member in members:
        shown = member.excerpt.shown_text
        if shown and member.cluster_id is not None:
            texts[member.cluster_id].append(shown)
    return texts
