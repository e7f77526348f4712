"""Groups as the board reads them, and the acts on a group itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from webapp.exceptions import EmptyTextError, FeedsItemError, NotFoundError, TransitionError
from webapp.models import (
    MAX_TITLE_LENGTH,
    Act,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    Contribution,
    EditedField,
    Excerpt,
    ItemSource,
    Placement,
)
from webapp.services import echoes, words
from webapp.services.audit import Actor
from webapp.services.reviews import Review, check_version

MAX_SUMMARY_LENGTH = 2000
_SENTENCE_ENDS = re.compile(r"[.!?;…\n]+")
_A_FEW = 12  # characters: below, two people may well have said the same


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


def list_titles(
    session: Session, *, group_id: int, without: Cluster | None = None
) -> Sequence[Cluster]:
    """Return the groups where an excerpt may go, by title, without their members."""
    query = (
        select(Cluster)
        .where(Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED)
        .order_by(func.lower(Cluster.title), Cluster.id)
    )
    if without is not None:
        query = query.where(Cluster.id != without.id)
    return session.scalars(query).all()


def partition(session: Session, *, cluster: Cluster) -> ClusterPartition | None:
    """Return how the machine would split a group, if it has read it as it is now."""
    found = session.get(ClusterPartition, cluster.id)
    return found if found is not None and found.version == cluster.version else None


def is_live(session: Session, *, group_id: int, public_id: str) -> bool:
    """Whether a working group has such a group, not dissolved."""
    query = select(Cluster.id).where(
        Cluster.public_id == public_id,
        Cluster.working_group_id == group_id,
        Cluster.status != ClusterStatus.DISSOLVED,
    )
    return session.scalar(query) is not None


def confirmed(cluster: Cluster) -> list[ClusterMember]:
    """Return the members of ``cluster`` without those that are only suggested."""
    return [member for member in cluster.members if member.placed_by is not Placement.SUGGESTED]


def suggested(cluster: Cluster) -> list[ClusterMember]:
    """Return the late excerpts that a run proposes to attach to ``cluster``."""
    return [member for member in cluster.members if member.placed_by is Placement.SUGGESTED]


def other_titles(cluster: Cluster) -> list[str]:
    """Return the titles that the machine proposes, without the one that the group has."""
    present = cluster.title.split()
    return [title for title in cluster.titles if title.split() != present]


def end(cluster: Cluster) -> int:
    """Return the rank of the next member."""
    return max((member.position for member in cluster.members), default=-1) + 1


def rename(
    session: Session, *, cluster: Cluster, title: str, actor: Actor, reason: str = ""
) -> None:
    """Give a group a title of one's own.

    Raises
    ------
    EmptyTextError
        If the title has no word.
    ConflictError
        If somebody changed the group since it was read.
    """
    chosen = one_line(title)
    check_version(cluster, actor)
    if chosen != cluster.title:
        before = cluster.title
        review = Review(session, cluster.working_group_id, Act.RENAME, actor)
        review.edit(cluster, EditedField.TITLE, chosen)
        review.edit(cluster, EditedField.TITLE_BY_HUMAN, value=True)
        review.keep(cluster)
        review.record(cluster, reason=reason, before=before, after=chosen)


def one_line(title: str) -> str:
    """Return a title as it is kept: one line, not longer than its column.

    Raises
    ------
    EmptyTextError
        If it has no word.
    """
    chosen = " ".join(words.clean(title).split())[:MAX_TITLE_LENGTH]
    if not chosen:
        raise EmptyTextError
    return chosen


def summarise(
    session: Session, *, cluster: Cluster, summary: str, actor: Actor, reason: str = ""
) -> None:
    """Write the summary of a group; an empty one gives it none.

    Raises
    ------
    ConflictError
        If somebody changed the group since it was read.
    """
    check_version(cluster, actor)
    chosen = words.clean(summary)[:MAX_SUMMARY_LENGTH]
    if chosen != cluster.summary:
        review = Review(session, cluster.working_group_id, Act.SUMMARISE, actor)
        review.edit(cluster, EditedField.SUMMARY, chosen)
        review.edit(cluster, EditedField.SUMMARY_BY_HUMAN, value=True)
        review.keep(cluster)
        review.record(cluster, reason=reason)


def forget_words(session: Session, *, cluster: Cluster, said: str) -> None:
    """Drop what the machine says of a group in the words of ``said``; the worker reads it again.

    It is no act of a person: the version of the group stays, and nothing that they do is refused.
    """
    session.execute(delete(ClusterPartition).where(ClusterPartition.cluster_id == cluster.id))
    echo = echoes.read([said], others=())
    values: dict[str, object] = {
        "titles": tuple(title for title in cluster.titles if not echo.is_in(title))
    }
    quotes = (part.strip() for part in _SENTENCE_ENDS.split(said))
    if not cluster.summary_by_human and any(
        q in cluster.summary for q in quotes if len(q) > _A_FEW
    ):
        values["summary"] = ""
    session.execute(
        update(Cluster)
        .where(Cluster.id == cluster.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(cluster, list(values))


def accept(
    session: Session, *, cluster: Cluster, actor: Actor, title: str = "", reason: str = ""
) -> None:
    """Accept a group, under another ``title`` if one is given: no run moves its members any more.

    Raises
    ------
    TransitionError
        If it is not a proposal.
    ConflictError
        If somebody changed the group since it was read.
    """
    if title:
        rename(session, cluster=cluster, title=title, actor=actor, reason=reason)
        actor = replace(actor, version=None)  # seen before its own new title
    _set_status(session, cluster, actor, (Act.ACCEPT, reason))


def reopen(session: Session, *, cluster: Cluster, actor: Actor, reason: str = "") -> None:
    """Take an acceptance back; a group that feeds an item stays accepted.

    Raises
    ------
    TransitionError
        If the group is not accepted.
    FeedsItemError
        If it feeds an item.
    """
    if feeds_item(session, cluster):
        raise FeedsItemError
    _set_status(session, cluster, actor, (Act.REOPEN, reason))


def feeds_item(session: Session, cluster: Cluster) -> bool:
    """Whether a fiche action answers this group."""
    source = select(ItemSource.id).where(ItemSource.cluster_id == cluster.id)
    return session.scalar(source.limit(1)) is not None


def record_promotion(session: Session, *, cluster: Cluster, reference: str, actor: Actor) -> None:
    """Write down that a group feeds the item ``reference``."""
    Review(session, cluster.working_group_id, Act.PROMOTE, actor).record(cluster, after=reference)


def _set_status(session: Session, cluster: Cluster, actor: Actor, done: tuple[Act, str]) -> None:
    act, reason = done
    source, target = ClusterStatus.PROPOSED, ClusterStatus.ACCEPTED
    if act is Act.REOPEN:
        source, target = target, source
    check_version(cluster, actor)
    if cluster.status is not source:
        raise TransitionError(cluster.status, target)
    review = Review(session, cluster.working_group_id, act, actor)
    review.edit(cluster, EditedField.STATUS, target)
    review.record(cluster, reason=reason, before=source, after=target)


def _with_words() -> Load:
    return _words_of(selectinload(Cluster.members).joinedload(ClusterMember.excerpt))


def _words_of(excerpt: Load) -> Load:
    """Load the words with their members: one query for any number of groups."""
    contribution = excerpt.joinedload(Excerpt.contribution)
    return contribution.options(
        joinedload(Contribution.decision), joinedload(Contribution.workshop)
    )
