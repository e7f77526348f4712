"""What the machine says of a group that people have shaped: its words, and how it would split."""

from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from nlp import Analysis, Feedback, Options, analyse, explain
from nlp import Cluster as Found
from webapp.models import (
    MAX_TITLE_LENGTH,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    Contribution,
    Excerpt,
    Placement,
)
from webapp.services.analysis.runs import Transaction
from webapp.services.analysis.vectors import assemble, compute_missing, load_vectors
from webapp.services.turns import take_turn
from webapp.services.words import without_masks

_FEWEST = 4  # below, a person splits faster than they read a proposal
_WHOLE = "whole"
MOST_WORDS = 6  # of those that tie an excerpt to its group, as many as a line holds


@dataclass(frozen=True, slots=True)
class _Subject:
    """A group to read again, as it was at one version."""

    cluster_id: int
    version: int
    described: bool
    excerpt_ids: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the machine says of it."""

    subject: _Subject
    whole: Analysis | None
    title: str
    leaving: tuple[str, ...]


def read_groups(transaction: Transaction, *, group_id: int) -> None:
    """Read again the groups of a working group that changed since they were last read.

    What people wrote stays; the words are read outside any transaction: nobody waits for it.
    """
    with transaction() as session:
        subjects = _subjects(session, group_id)
    readings = [_read(transaction, subject) for subject in subjects if subject.texts]
    with transaction() as session:
        take_turn(session, group_id=group_id)
        for reading in readings:
            _store(session, reading)


def describe_again(session: Session, cluster: Cluster, found: Found) -> None:
    """Say again what a group holds; its title, its members and its version stay.

    What a person accepted stays as they accepted it, unless its summary had to go.
    """
    accepted = cluster.status is ClusterStatus.ACCEPTED
    if accepted and (cluster.summary or cluster.summary_by_human):
        return
    values: dict[str, object] = {
        "keywords": found.keywords,
        "titles": proposed_titles(found),
        "precision": found.precision,
    }
    if not cluster.summary_by_human:
        values["summary"] = " ".join(sentence.quote for sentence in found.summary)
    # Not through the mapper: what the machine says is no change that could refuse a person's act.
    session.execute(
        update(Cluster)
        .where(Cluster.id == cluster.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(cluster, ["keywords", "titles", "precision", "summary"])


def proposed_titles(found: Found) -> tuple[str, ...]:
    """Return the titles proposed for a group, as they are shown: quotations between « and »."""
    return tuple(title.shown[:MAX_TITLE_LENGTH] for title in found.titles)


def _subjects(session: Session, group_id: int) -> list[_Subject]:
    """Return the groups whose present version nobody has read."""
    unread = or_(ClusterPartition.version.is_(None), ClusterPartition.version != Cluster.version)
    clusters = session.scalars(
        select(Cluster)
        .outerjoin(ClusterPartition, ClusterPartition.cluster_id == Cluster.id)
        .options(_words())
        .where(
            Cluster.working_group_id == group_id,
            Cluster.status != ClusterStatus.DISSOLVED,
            unread,
        )
        .order_by(Cluster.id)
    ).all()
    return [_subject(cluster) for cluster in clusters]


def _subject(cluster: Cluster) -> _Subject:
    shown = [
        (member.excerpt_id, member.excerpt.shown_text)
        for member in cluster.members
        if member.placed_by is not Placement.SUGGESTED and member.excerpt.shown_text
    ]
    return _Subject(
        cluster_id=cluster.id,
        version=cluster.version,
        # What is proposed is also made again when what it quoted was taken back.
        described=cluster.kept or not (cluster.summary and cluster.titles),
        excerpt_ids=tuple(excerpt_id for excerpt_id, _ in shown),
        texts=tuple(without_masks(text or "") for _, text in shown),
    )


def _read(transaction: Transaction, subject: _Subject) -> _Reading:
    with transaction() as session:
        vectors = load_vectors(session, texts=subject.texts)
    vectors |= compute_missing(subject.texts, vectors, lambda _: None)
    embeddings = assemble(subject.texts, vectors)
    whole = None
    if subject.described:
        together = Feedback(groups={_WHOLE: range(len(subject.texts))})
        whole = analyse(subject.texts, feedback=together, embeddings=embeddings)
    if len(subject.texts) < _FEWEST:
        return _Reading(subject, whole, "", ())
    halves = analyse(subject.texts, options=Options(granularity=2), embeddings=embeddings)
    if len(halves.clusters) < 2:  # noqa: PLR2004 - one half alone is no split
        return _Reading(subject, whole, "", ())
    smaller = halves.clusters[1]
    leaving = tuple(str(subject.excerpt_ids[position]) for position in sorted(smaller.members))
    return _Reading(subject, whole, smaller.titles[0].shown[:MAX_TITLE_LENGTH], leaving)


def _store(session: Session, reading: _Reading) -> None:
    """Keep a reading, unless the group or its words changed meanwhile: another one will come.

    Words that were erased while they were being read would come back with it.
    """
    subject = reading.subject
    cluster = session.get(Cluster, subject.cluster_id, options=[_words()], populate_existing=True)
    if cluster is None or _subject(cluster) != subject:
        return
    session.merge(
        ClusterPartition(
            cluster_id=cluster.id,
            version=subject.version,
            title=reading.title,
            leaving=reading.leaving,
        )
    )
    if reading.whole is not None:
        describe_again(session, cluster, reading.whole.clusters[0])
        _store_members(session, subject, reading.whole)
    session.flush()


def _store_members(session: Session, subject: _Subject, whole: Analysis) -> None:
    """Say again why each member is there, and who differs."""
    position_of = {excerpt_id: i for i, excerpt_id in enumerate(subject.excerpt_ids)}
    members = session.scalars(
        select(ClusterMember).where(
            ClusterMember.cluster_id == subject.cluster_id,
            ClusterMember.excerpt_id.in_(subject.excerpt_ids),
        )
    )
    for member in members:
        position = position_of[member.excerpt_id]
        member.words = explain(whole, position)[:MOST_WORDS]
        member.divergent = position in whole.clusters[0].divergent


def _words() -> Load:
    return (
        selectinload(Cluster.members)
        .joinedload(ClusterMember.excerpt)
        .joinedload(Excerpt.contribution)
        .joinedload(Contribution.decision)
    )
