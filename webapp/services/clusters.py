"""The review: what a working group's board shows, and the acts of this version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from webapp.exceptions import ConflictError, EmptyTextError, NotFoundError, TransitionError
from webapp.models import (
    MAX_TITLE_LENGTH,
    Act,
    Cluster,
    ClusterMember,
    ClusterStatus,
    Concerned,
    Contribution,
    Excerpt,
    ItemSource,
    Placement,
    ReviewAction,
)
from webapp.services import audit, words
from webapp.services.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a group comes from: counts that a reader can weigh."""

    contributions: int
    people: int
    tables: int
    workshops: int
    territories: int
    concerned: int


@dataclass(frozen=True, slots=True)
class _Change:
    """What an act did: the row of the history, without who and when."""

    act: Act
    before: str = ""
    after: str = ""
    excerpt_id: int | None = None


def list_clusters(session: Session, *, group_id: int) -> Sequence[Cluster]:
    """Return the groups to review: largest first, with all that the board shows of them."""
    clusters = session.scalars(
        select(Cluster)
        .options(_with_words())
        .where(Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED)
    ).all()
    return sorted(clusters, key=lambda cluster: (-len(confirmed(cluster)), cluster.id))


def list_isolated(session: Session, *, group_id: int) -> Sequence[ClusterMember]:
    """Return the ideas that no group holds."""
    return session.scalars(
        select(ClusterMember)
        .options(_words_of(joinedload(ClusterMember.excerpt)))
        .where(ClusterMember.working_group_id == group_id, ClusterMember.cluster_id.is_(None))
        .order_by(ClusterMember.excerpt_id)
    ).all()


def get_cluster(session: Session, *, group_id: int, public_id: str) -> Cluster:
    """Return a group of this working group, and of no other.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    cluster = session.scalar(
        select(Cluster)
        .options(_with_words())
        .where(Cluster.public_id == public_id, Cluster.working_group_id == group_id)
    )
    if cluster is None:
        raise NotFoundError(public_id)
    return cluster


def confirmed(cluster: Cluster) -> list[ClusterMember]:
    """Return the members of ``cluster`` without those that are only suggested."""
    return [member for member in cluster.members if member.placed_by is not Placement.SUGGESTED]


def suggested(cluster: Cluster) -> list[ClusterMember]:
    """Return the late excerpts that a run proposes to attach to ``cluster``."""
    return [member for member in cluster.members if member.placed_by is Placement.SUGGESTED]


def provenance(contributions: Iterable[Contribution]) -> Provenance:
    """Count where ``contributions`` come from, each once."""
    distinct = {contribution.id: contribution for contribution in contributions}.values()
    return Provenance(
        contributions=len(distinct),
        people=sum(c.people for c in distinct),
        tables=len({(c.workshop_id, c.table_label) for c in distinct if c.table_label}),
        workshops=len({c.workshop_id for c in distinct}),
        territories=len({c.territory for c in distinct if c.territory}),
        concerned=sum(c.concerned is Concerned.YES for c in distinct),
    )


def rename(session: Session, *, cluster: Cluster, title: str, actor: Actor) -> None:
    """Give a group a title of one's own.

    Raises
    ------
    EmptyTextError
        If the title has no word.
    ConflictError
        If somebody changed the group since it was read.
    """
    chosen = " ".join(words.clean(title).split())[:MAX_TITLE_LENGTH]
    if not chosen:
        raise EmptyTextError
    _check_version(cluster, actor)
    if chosen != cluster.title:
        _act(session, cluster, actor, _Change(Act.RENAME, cluster.title, chosen))
        cluster.title, cluster.title_by_human = chosen, True
        session.flush()


def accept(session: Session, *, cluster: Cluster, actor: Actor) -> None:
    """Accept a group: from now on no run moves its members.

    Raises
    ------
    TransitionError
        If it is not a proposal.
    ConflictError
        If somebody changed the group since it was read.
    """
    _set_status(session, cluster, actor, Act.ACCEPT, ClusterStatus.ACCEPTED)


def reopen(session: Session, *, cluster: Cluster, actor: Actor) -> None:
    """Take an acceptance back; a group that feeds an item stays accepted.

    Raises
    ------
    TransitionError
        If the group is not accepted, or feeds an item.
    """
    if session.scalar(select(ItemSource.id).where(ItemSource.cluster_id == cluster.id).limit(1)):
        raise TransitionError(cluster.status, ClusterStatus.PROPOSED)
    _set_status(session, cluster, actor, Act.REOPEN, ClusterStatus.PROPOSED)


def attach(session: Session, *, cluster: Cluster, excerpt_id: int, actor: Actor) -> None:
    """Confirm that a late excerpt joins the group it was suggested for.

    Raises
    ------
    NotFoundError
        If no such suggestion stands.
    """
    member = next((m for m in suggested(cluster) if m.excerpt_id == excerpt_id), None)
    if member is None:
        raise NotFoundError(str(excerpt_id))
    member.placed_by, member.confidence = Placement.HUMAN, 1.0
    _act(session, cluster, actor, _Change(Act.ATTACH, excerpt_id=excerpt_id))
    session.flush()


def history(session: Session, *, cluster: Cluster) -> Sequence[ReviewAction]:
    """Return the acts on a group, latest first."""
    return session.scalars(
        select(ReviewAction)
        .options(selectinload(ReviewAction.actor))
        .where(ReviewAction.cluster_id == cluster.id)
        .order_by(ReviewAction.id.desc())
    ).all()


def record_promotion(session: Session, *, cluster: Cluster, reference: str, actor: Actor) -> None:
    """Write down that a group feeds the item ``reference``."""
    _act(session, cluster, actor, _Change(Act.PROMOTE, after=reference))


def _set_status(
    session: Session, cluster: Cluster, actor: Actor, act: Act, status: ClusterStatus
) -> None:
    _check_version(cluster, actor)
    source = ClusterStatus.PROPOSED if act is Act.ACCEPT else ClusterStatus.ACCEPTED
    if cluster.status is not source:
        raise TransitionError(cluster.status, status)
    _act(session, cluster, actor, _Change(act, cluster.status, status))
    cluster.status = status
    session.flush()


def _check_version(cluster: Cluster, actor: Actor) -> None:
    if actor.version is not None and actor.version != cluster.version:
        author = cluster.changed_by.display_name if cluster.changed_by else ""
        raise ConflictError(cluster.title, author)


def _act(session: Session, cluster: Cluster, actor: Actor, change: _Change) -> None:
    cluster.changed_by_id = actor.id
    session.add(
        ReviewAction(
            working_group_id=cluster.working_group_id,
            cluster_id=cluster.id,
            excerpt_id=change.excerpt_id,
            actor_id=actor.id,
            act=change.act,
            before=change.before,
            after=change.after,
            done_at=actor.now,
        )
    )
    session.flush()
    subject = f"cluster:{cluster.public_id}"
    audit.record_act(session, actor, f"cluster.{change.act}", subject)


def _with_words() -> Load:
    return _words_of(selectinload(Cluster.members).joinedload(ClusterMember.excerpt))


def _words_of(excerpt: Load) -> Load:
    """Load the words with their members: one query for any number of groups."""
    contribution = excerpt.joinedload(Excerpt.contribution)
    return contribution.options(
        joinedload(Contribution.decision), joinedload(Contribution.workshop)
    )
