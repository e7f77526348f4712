"""Computed descriptions of edited clusters: titles, keywords, tensions, proposed split."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from nlp import Analysis, Feedback, Options, analyse
from nlp import Cluster as Found
from nlp.analysis import explain_all
from webapp.collection.models import Contribution, Excerpt
from webapp.platform.text_cleaning import without_masks
from webapp.review.analysis.runs import Transaction
from webapp.review.analysis.vectors import assemble, compute_missing, load_vectors
from webapp.review.clusters import provisional_title
from webapp.review.models import (
    MAX_TITLE_LENGTH,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    Placement,
)
from webapp.territory.locking import lock_working_group

_FEWEST = 4  # no split is proposed below this size
_WHOLE = "whole"
MOST_WORDS = 6  # explaining words shown per member


@dataclass(frozen=True, slots=True)
class _Subject:
    """A cluster to describe, as it was at one version."""

    cluster_id: int
    version: int
    described: bool
    excerpt_ids: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The computed description of a subject."""

    subject: _Subject
    whole: Analysis | None
    title: str
    leaving: tuple[str, ...]


def read_groups(transaction: Transaction, *, group_id: int) -> None:
    """Recompute the descriptions of the clusters that changed since the last reading.

    Text written by people is kept. The computation runs outside any transaction.
    """
    with transaction() as session:
        subjects = _subjects(session, group_id)
    readings = [_read(transaction, subject) for subject in subjects if subject.texts]
    with transaction() as session:
        lock_working_group(session, group_id=group_id)
        for reading in readings:
            _store(session, reading)


def summary_of(quotes: Iterable[str]) -> str:
    """Return quotes one after the other; one that ends without a mark is cut off by « … ».

    Notes are rarely punctuated: without it, two people seem to say one sentence.

    Examples
    --------
    >>> summary_of(["Un bus le dimanche", "Et le samedi ?"])
    'Un bus le dimanche… Et le samedi ?'
    """
    trimmed = (quote.strip().rstrip(",;:").rstrip() for quote in quotes)
    return " ".join(
        quote if quote.endswith((".", "!", "?", "…", "»")) else f"{quote}…" for quote in trimmed
    )


def update_description(session: Session, cluster: Cluster, found: Found) -> None:
    """Update the computed description of a cluster; its title, members and version stay.

    An accepted cluster keeps its summary, unless it was erased.
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
        values["summary"] = summary_of(sentence.quote for sentence in found.summary)
    # Bypasses the mapper: a computed description must not increase the version column.
    session.execute(
        update(Cluster)
        .where(Cluster.id == cluster.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(cluster, ["keywords", "titles", "precision", "summary"])


def proposed_titles(found: Found) -> tuple[str, ...]:
    """Return the proposed titles as displayed, quotations between « and »."""
    return tuple(title.shown[:MAX_TITLE_LENGTH] for title in found.titles)


def _subjects(session: Session, group_id: int) -> list[_Subject]:
    """Return the clusters whose current version has no reading."""
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
        # Also when a withdrawn quotation left no summary or title.
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
    """Store a reading, unless the cluster or its texts changed meanwhile.

    A stale reading could write erased words back; the change has queued another one.
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
        update_description(session, cluster, reading.whole.clusters[0])
        _name(session, cluster)
        _store_members(session, subject, reading.whole)
    session.flush()


def _name(session: Session, cluster: Cluster) -> None:
    """Give its first proposed title to a cluster that still has the first words of a member."""
    shown = [member.excerpt.shown_text or "" for member in cluster.members]
    provisional = cluster.title in {provisional_title(text) for text in shown}
    open_ = cluster.status is ClusterStatus.PROPOSED and not cluster.title_by_human
    if not (open_ and provisional and cluster.titles):
        return
    session.execute(
        update(Cluster)
        .where(Cluster.id == cluster.id)
        .values(title=cluster.titles[0])
        .execution_options(synchronize_session=False)
    )
    session.expire(cluster, ["title"])


def _store_members(session: Session, subject: _Subject, whole: Analysis) -> None:
    """Update the explaining words and the divergence flag of each member."""
    position_of = {excerpt_id: i for i, excerpt_id in enumerate(subject.excerpt_ids)}
    members = session.scalars(
        select(ClusterMember).where(
            ClusterMember.cluster_id == subject.cluster_id,
            ClusterMember.excerpt_id.in_(subject.excerpt_ids),
        )
    )
    words = explain_all(whole)
    for member in members:
        position = position_of[member.excerpt_id]
        member.words = words[position][:MOST_WORDS]
        member.divergent = position in whole.clusters[0].divergent


def _words() -> Load:
    return (
        selectinload(Cluster.members)
        .joinedload(ClusterMember.excerpt)
        .joinedload(Excerpt.contribution)
        .joinedload(Contribution.decision)
    )
