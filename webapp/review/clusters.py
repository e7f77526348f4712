"""Reads clusters, and changes their title, summary and status."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from webapp.collection.models import Contribution, Excerpt
from webapp.exceptions import (
    EmptyTextError,
    FeedsItemError,
    NotFoundError,
    TitleRequiredError,
    TransitionError,
)
from webapp.moderation import redaction_matching
from webapp.platform import text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import folded
from webapp.review import effective_actions
from webapp.review.models import (
    MAX_TITLE_LENGTH,
    Act,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    EditedField,
    Placement,
)
from webapp.review.recorder import ReviewRecorder, check_version
from webapp.roadmap.models import ItemSource

MAX_SUMMARY_LENGTH = 2000
_SENTENCE_ENDS = re.compile(r"[.!?;…\n]+")
_UNNAMED = "À nommer"
_PROVISIONAL_LENGTH = 80
_MIN_QUOTATION = 12  # characters: a shorter quotation does not identify its author


def list_clusters(session: Session, *, group_id: int) -> Sequence[Cluster]:
    """Return the clusters that are not dissolved, largest first, with their members loaded."""
    clusters = session.scalars(
        select(Cluster)
        .options(_with_words())
        .where(Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED)
    ).all()
    return sorted(clusters, key=lambda cluster: (-len(confirmed(cluster)), cluster.id))


def get_cluster(session: Session, *, group_id: int, public_id: str) -> Cluster:
    """Return a cluster of this working group.

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
    """Return the clusters an excerpt may be moved to, by title, without their members."""
    query = (
        select(Cluster)
        .where(Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED)
        .order_by(func.lower(Cluster.title), Cluster.id)
    )
    if without is not None:
        query = query.where(Cluster.id != without.id)
    return session.scalars(query).all()


def match_targets(session: Session, *, group_id: int, typed: str) -> Sequence[Cluster]:
    """Return the clusters that a person means by what they typed.

    It is a public identifier, a title as :func:`target_labels` writes it, or words of a title.
    """
    targets = list_titles(session, group_id=group_id)
    label = {cluster.id: folded(text) for cluster, text in target_labels(targets)}
    wanted = folded(typed).strip()
    exact = [c for c in targets if c.public_id == typed or label[c.id] == wanted]
    words = wanted.split()
    return exact or [c for c in targets if words and all(w in folded(c.title) for w in words)]


def target_labels(targets: Sequence[Cluster]) -> list[tuple[Cluster, str]]:
    """Return the text that designates each cluster: its title, with its identifier if shared."""
    titles = Counter(folded(cluster.title) for cluster in targets)
    return [
        (c, c.title if titles[folded(c.title)] == 1 else f"{c.title} · {c.public_id}")
        for c in targets
    ]


def partition(session: Session, *, cluster: Cluster) -> ClusterPartition | None:
    """Return the proposed split of a cluster, if it was computed for its current version."""
    found = session.get(ClusterPartition, cluster.id)
    return found if found is not None and found.version == cluster.version else None


def is_live(session: Session, *, group_id: int, public_id: str) -> bool:
    """Whether a working group has this cluster and it is not dissolved."""
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
    """Return the proposed titles, without the current one."""
    present = cluster.title.split()
    return [title for title in cluster.titles if title.split() != present]


def next_position(cluster: Cluster) -> int:
    """Return the position of the next member."""
    return max((member.position for member in cluster.members), default=-1) + 1


def rename(
    session: Session, *, cluster: Cluster, title: str, actor: Actor, reason: str = ""
) -> None:
    """Set the title of a cluster; the first one of a cluster that a person made accepts it.

    Raises
    ------
    EmptyTextError
        If the title has no word.
    ConflictError
        If somebody changed the group since it was read.
    """
    chosen = one_line(title)
    check_version(cluster, actor)
    if chosen != cluster.title or not cluster.title_by_human:  # repeating a title chooses it
        before = cluster.title
        review = ReviewRecorder(session, cluster.working_group_id, Act.RENAME, actor)
        unnamed = cluster.status is ClusterStatus.PROPOSED and not cluster.title_by_human
        if unnamed and effective_actions.is_made_by_person(session, cluster):
            review.edit(cluster, EditedField.STATUS, ClusterStatus.ACCEPTED)
        review.edit(cluster, EditedField.TITLE, chosen)
        review.edit(cluster, EditedField.TITLE_BY_HUMAN, value=True)
        review.keep(cluster)
        review.record(cluster, reason=reason, before=before, after=chosen)


def one_line(title: str) -> str:
    """Return a title normalised to one line, truncated to the length of its column.

    Raises
    ------
    EmptyTextError
        If it has no word.
    """
    chosen = " ".join(text_cleaning.clean(title).split())[:MAX_TITLE_LENGTH]
    if not chosen:
        raise EmptyTextError
    return chosen


def provisional_title(text: str) -> str:
    """Return the first words of a text on one line, until the worker proposes a title.

    Examples
    --------
    >>> provisional_title("Un bus le soir. Et le dimanche.")
    'Un bus le soir'
    """
    line = " ".join(text.split())
    sentence = next((part.strip() for part in _SENTENCE_ENDS.split(line) if part.strip()), line)
    if len(sentence) <= _PROVISIONAL_LENGTH:
        return sentence or _UNNAMED
    return sentence[:_PROVISIONAL_LENGTH].rsplit(" ", 1)[0] + "…"


def summarise(
    session: Session, *, cluster: Cluster, summary: str, actor: Actor, reason: str = ""
) -> None:
    """Set the summary of a cluster; an empty one removes it.

    Raises
    ------
    ConflictError
        If somebody changed the group since it was read.
    """
    check_version(cluster, actor)
    chosen = text_cleaning.clean(summary)[:MAX_SUMMARY_LENGTH]
    if chosen != cluster.summary:
        review = ReviewRecorder(session, cluster.working_group_id, Act.SUMMARISE, actor)
        review.edit(cluster, EditedField.SUMMARY, chosen)
        review.edit(cluster, EditedField.SUMMARY_BY_HUMAN, value=True)
        review.keep(cluster)
        review.record(cluster, reason=reason)


def drop_quotations(session: Session, *, cluster: Cluster, erased: str) -> None:
    """Remove computed titles and summaries that quote ``erased``; the worker recomputes them.

    The version of the cluster stays, so that no concurrent edit is refused.
    """
    session.execute(delete(ClusterPartition).where(ClusterPartition.cluster_id == cluster.id))
    matcher = redaction_matching.build([erased], others=())
    values: dict[str, object] = {
        "titles": tuple(title for title in cluster.titles if not matcher.is_in(title))
    }
    quotes = (part.strip() for part in _SENTENCE_ENDS.split(erased))
    if not cluster.summary_by_human and any(
        q in cluster.summary for q in quotes if len(q) > _MIN_QUOTATION
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
    """Accept a cluster under ``title``, or the title that a person gave; runs keep its members.

    Raises
    ------
    TransitionError
        If it is not a proposal.
    TitleRequiredError
        If its title is the machine's, and none is given: repeating it chooses it.
    ConflictError
        If somebody changed the group since it was read.
    """
    check_version(cluster, actor)
    proposed = cluster.status is ClusterStatus.PROPOSED
    if proposed and not (title or cluster.title_by_human):
        raise TitleRequiredError
    if title and one_line(title) != cluster.title:
        rename(session, cluster=cluster, title=title, actor=actor, reason=reason)
        actor = replace(actor, version=None)  # the rename has increased the version
    if cluster.status is ClusterStatus.ACCEPTED and proposed:
        return  # its first title accepted it
    _set_status(session, cluster, actor, (Act.ACCEPT, reason))


def reopen(session: Session, *, cluster: Cluster, actor: Actor, reason: str = "") -> None:
    """Revert an acceptance; a cluster that feeds an item stays accepted.

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
    """Whether a roadmap item has this cluster as a source."""
    source = select(ItemSource.id).where(ItemSource.cluster_id == cluster.id)
    return session.scalar(source.limit(1)) is not None


def record_promotion(session: Session, *, cluster: Cluster, reference: str, actor: Actor) -> None:
    """Record that a cluster became a source of the item ``reference``."""
    ReviewRecorder(session, cluster.working_group_id, Act.PROMOTE, actor).record(
        cluster, after=reference
    )


def _set_status(session: Session, cluster: Cluster, actor: Actor, done: tuple[Act, str]) -> None:
    act, reason = done
    source, target = ClusterStatus.PROPOSED, ClusterStatus.ACCEPTED
    if act is Act.REOPEN:
        source, target = target, source
    check_version(cluster, actor)
    if cluster.status is not source:
        raise TransitionError("cluster", cluster.status, target)
    review = ReviewRecorder(session, cluster.working_group_id, act, actor)
    review.edit(cluster, EditedField.STATUS, target)
    if act is Act.ACCEPT and not cluster.title_by_human:
        review.edit(cluster, EditedField.TITLE_BY_HUMAN, value=True)
    review.record(cluster, reason=reason, before=source, after=target)


def _with_words() -> Load:
    return _words_of(selectinload(Cluster.members).joinedload(ClusterMember.excerpt))


def _words_of(excerpt: Load) -> Load:
    """Load texts with their members, in one query for any number of clusters."""
    contribution = excerpt.joinedload(Excerpt.contribution)
    return contribution.options(
        joinedload(Contribution.decision), joinedload(Contribution.workshop)
    )
