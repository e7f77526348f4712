"""Axes, measures and publics of the Pacte: their seed words, and which groups speak of them.

The worker reads the words (``services.analysis``); here is what people edit and what a page shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from webapp.exceptions import NotFoundError, RetirementError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.review.models import Cluster, ClusterAlignment
from webapp.territory import reference_edits, references
from webapp.territory.models import Reference, ReferenceKind
from webapp.territory.reference_edits import EntryFields

# Nobody speaks of a territory: they live there.
KINDS = (ReferenceKind.STRAND, ReferenceKind.MEASURE, ReferenceKind.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What a draft item takes from the groups it answers; empty where nothing is sure enough."""

    strand: str | None = None
    measure: str = ""
    publics: tuple[str, ...] = ()


def list_targets(session: Session) -> Sequence[Reference]:
    """Return the axes, measures and publics that may be chosen, in the order of their lists."""
    return session.scalars(
        select(Reference)
        .where(Reference.kind.in_(KINDS), Reference.retired.is_(False))
        .order_by(Reference.position, Reference.id)
    ).all()


def get_target(session: Session, *, public_id: str) -> Reference:
    """Return one of them.

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
    """Change the words that name ``target``; the next analysis reads them."""
    target.seeds = tuple(
        dict.fromkeys(seed for line in seeds if (seed := text_cleaning.clean(line)))
    )
    session.flush()
    audit.record_act(session, actor, "target.save", f"target:{target.public_id}")


def add_measure(session: Session, *, name: str, seeds: Iterable[str], actor: Actor) -> Reference:
    """Add a measure to its list, and the words that show it.

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
    """Offer a measure no more; items that name it keep it, and its list can bring it back.

    Raises
    ------
    RetirementError
        If it is an axis or a public: those are retired where the lists are kept.
    """
    if target.kind is not ReferenceKind.MEASURE:
        raise RetirementError
    reference_edits.set_retired(session, entry=target, retired=True, actor=actor)


def of_cluster(session: Session, *, cluster: Cluster) -> Sequence[ClusterAlignment]:
    """Return what ``cluster`` speaks of, surest first; often nothing."""
    return session.scalars(
        select(ClusterAlignment)
        .join(ClusterAlignment.target)
        .options(contains_eager(ClusterAlignment.target))
        .where(ClusterAlignment.cluster_id == cluster.id, Reference.retired.is_(False))
        .order_by(ClusterAlignment.confidence.desc(), ClusterAlignment.target_id)
    ).all()


def prefill(session: Session, *, cluster: Cluster) -> Prefill:
    """Return what a draft item made of ``cluster`` begins with; a person decides."""
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
