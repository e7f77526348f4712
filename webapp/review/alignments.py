"""Alignment of clusters with the axes, measures and publics of the Pacte: seed words and results.

The worker computes the alignments (``review.analysis.alignment``); this module reads them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from webapp.exceptions import NotFoundError, RetirementError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.review.models import Cluster, ClusterAlignment
from webapp.territory import reference_edits, references
from webapp.territory.models import Reference, ReferenceKind
from webapp.territory.reference_edits import EntryFields

# Territories are excluded from alignment.
KINDS = (ReferenceKind.STRAND, ReferenceKind.MEASURE, ReferenceKind.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """Field values of a draft item, suggested by the alignments of its cluster."""

    strand: str | None = None
    measure: str = ""
    publics: tuple[str, ...] = ()


def list_targets(session: Session) -> Sequence[Reference]:
    """Return the active axes, measures and publics, in list order."""
    return session.scalars(
        select(Reference)
        .where(Reference.kind.in_(KINDS), Reference.retired.is_(False))
        .order_by(Reference.position, Reference.id)
    ).all()


def get_target(session: Session, *, public_id: str) -> Reference:
    """Return the target with this public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    target = session.scalar(
        select(Reference).where(Reference.public_id == public_id, Reference.kind.in_(KINDS))
    )
    if target is None:
        raise NotFoundError(public_id)
    return target


def save_seeds(session: Session, *, target: Reference, seeds: Iterable[str], actor: Actor) -> None:
    """Replace the seed words of ``target``; the next alignment uses them."""
    target.seeds = tuple(
        dict.fromkeys(seed for line in seeds if (seed := text_cleaning.clean(line)))
    )
    session.flush()
    audit.record_act(session, actor, "target.save", f"target:{target.public_id}")
    enqueue_on_commit(session, Job.ALIGN_GROUPS)


def add_measure(session: Session, *, name: str, seeds: Iterable[str], actor: Actor) -> Reference:
    """Add a measure to its reference list, with its seed words.

    Raises
    ------
    EmptyTextError, TextTooLongError, DuplicateError
        As for any entry of a list.
    """
    fields = EntryFields(name=name)
    target = reference_edits.add(session, kind=ReferenceKind.MEASURE, fields=fields, actor=actor)
    save_seeds(session, target=target, seeds=seeds, actor=actor)
    return target


def remove_measure(session: Session, *, target: Reference, actor: Actor) -> None:
    """Retire a measure; items that name it keep it, and it can be restored in its list.

    Raises
    ------
    RetirementError
        If it is an axis or a public: those are retired where the lists are kept.
    """
    if target.kind is not ReferenceKind.MEASURE:
        raise RetirementError
    reference_edits.set_retired(session, entry=target, retired=True, actor=actor)


def of_cluster(session: Session, *, cluster: Cluster) -> Sequence[ClusterAlignment]:
    """Return the alignments of ``cluster``, by decreasing confidence."""
    return session.scalars(
        select(ClusterAlignment)
        .join(ClusterAlignment.target)
        .options(contains_eager(ClusterAlignment.target))
        .where(ClusterAlignment.cluster_id == cluster.id, Reference.retired.is_(False))
        .order_by(ClusterAlignment.confidence.desc(), ClusterAlignment.target_id)
    ).all()


def prefill(session: Session, *, cluster: Cluster) -> Prefill:
    """Return the suggested field values of a draft item made from ``cluster``."""
    found = of_cluster(session, cluster=cluster)
    names: dict[ReferenceKind, list[str]] = {kind: [] for kind in ReferenceKind}
    for alignment in found:
        names[alignment.target.kind].append(alignment.target.code)
    strands, measures = names[ReferenceKind.STRAND], names[ReferenceKind.MEASURE]
    return Prefill(
        strand=strands[0] if strands else None,
        measure=measures[0] if measures else "",
        publics=references.read(session).sorted(ReferenceKind.PUBLIC, names[ReferenceKind.PUBLIC]),
    )
