"""Stores the result of a run without changing people's decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from nlp import Analysis, explain
from nlp import Cluster as Found
from webapp.review.analysis.changes import compare, read_board, would_move
from webapp.review.analysis.inputs import GroupInput
from webapp.review.analysis.readings import (
    MOST_WORDS,
    proposed_titles,
    summary_of,
    update_description,
)
from webapp.review.models import (
    MAX_TITLE_LENGTH,
    AnalysisRun,
    Cluster,
    ClusterMember,
    ClusterStatus,
    ExcerptTension,
    Placement,
    RunState,
)


@dataclass(frozen=True, slots=True)
class GroupingOutcome:
    """The analysis of a run, and the labels of the same texts grouped without constraints."""

    analysis: Analysis
    free: tuple[int, ...]


def store_result(
    session: Session, *, run: AnalysisRun, data: GroupInput, outcome: GroupingOutcome, now: datetime
) -> None:
    """Replace the earlier proposals of the analysis; clusters edited by people stay.

    Late excerpts join an accepted cluster only as suggestions, which a person may confirm.
    """
    analysis = outcome.analysis
    before = read_board(session, group_id=run.working_group_id)
    _dissolve_proposals(session, run.working_group_id, data)
    suggested = _suggestions(analysis, data)
    placed = {position for cluster in data.kept for position in cluster.positions}
    placed |= set(data.isolated)
    fixed = placed | suggested.keys()
    members = _place_groups(session, run, data, analysis, fixed)
    members += _members(data, run, analysis, (None, _isolated(analysis, placed, suggested)))
    members += [
        ClusterMember(
            working_group_id=run.working_group_id,
            cluster_id=cluster_id,
            excerpt_id=data.excerpt_ids[position],
            placed_by=Placement.SUGGESTED,
            confidence=confidence,
        )
        for position, (cluster_id, confidence) in suggested.items()
    ]
    session.add_all(members)
    session.flush()
    _store_tensions(session, run, data, analysis)
    after = read_board(session, group_id=run.working_group_id)
    titles = {place.cluster_id: place.title for place in after.values() if place.cluster_id}
    session.add_all(compare(before, after, run_id=run.id))
    session.add_all(would_move(data, outcome.free, titles, run_id=run.id))
    run.state, run.finished_at, run.progress, run.stage = RunState.DONE, now, 1.0, "done"
    run.fingerprint, run.input_hash = analysis.fingerprint, data.digest()
    run.texts, run.clusters = len(data.texts), len(analysis.clusters)
    run.isolated = len(_isolated(analysis, set(), suggested))
    session.flush()


def _place_groups(
    session: Session, run: AnalysisRun, data: GroupInput, analysis: Analysis, fixed: set[int]
) -> list[ClusterMember]:
    """Return the members placed by the analysis."""
    members: list[ClusterMember] = []
    for found in analysis.clusters:
        free = [position for position in found.members if position not in fixed]
        cluster = _cluster_for(session, run, found, analysis, has_members=bool(free))
        if cluster is not None:
            members += _members(data, run, analysis, (cluster.id, free))
            _set_coordinates(session, cluster, found, analysis)
    return members


def _store_tensions(
    session: Session, run: AnalysisRun, data: GroupInput, analysis: Analysis
) -> None:
    """Replace the opposed pairs of the working group; review acts do not change them."""
    group_id = run.working_group_id
    session.execute(delete(ExcerptTension).where(ExcerptTension.working_group_id == group_id))
    session.add_all(
        ExcerptTension(
            working_group_id=group_id,
            first_id=data.excerpt_ids[tension.first],
            second_id=data.excerpt_ids[tension.second],
            first_words=tension.first_words,
            second_words=tension.second_words,
            about=tension.about,
        )
        for tension in analysis.tensions
    )
    session.flush()


def _dissolve_proposals(session: Session, group_id: int, data: GroupInput) -> None:
    """Dissolve the proposed clusters that no person edited, and drop their members."""
    kept_ids = [cluster.cluster_id for cluster in data.kept]
    session.execute(
        update(Cluster)
        .where(
            Cluster.working_group_id == group_id,
            Cluster.status == ClusterStatus.PROPOSED,
            Cluster.id.not_in(kept_ids),
        )
        .values(status=ClusterStatus.DISSOLVED)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(ClusterMember)
        .where(
            ClusterMember.working_group_id == group_id,
            ClusterMember.placed_by != Placement.HUMAN,
            or_(
                ClusterMember.cluster_id.is_(None),
                ClusterMember.cluster_id.not_in(kept_ids),
                ClusterMember.placed_by == Placement.SUGGESTED,
            ),
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _suggestions(analysis: Analysis, data: GroupInput) -> dict[int, tuple[int, float]]:
    """Return, by position, the cluster suggested for a late excerpt and the confidence."""
    ids = {cluster.public_id: cluster.cluster_id for cluster in data.kept}
    chosen: dict[int, tuple[int, float]] = {}
    for suggestion in analysis.suggestions:
        position, confidence = suggestion.text, suggestion.confidence
        better = confidence > chosen.get(position, (0, -1.0))[1]
        if better and confidence >= analysis.confidence[position]:
            chosen[position] = (ids[suggestion.group], confidence)
    return chosen


def _cluster_for(
    session: Session, run: AnalysisRun, found: Found, analysis: Analysis, *, has_members: bool
) -> Cluster | None:
    if found.origin is not None:
        known = session.scalar(select(Cluster).where(Cluster.public_id == found.origin))
        if known is not None:
            update_description(session, known, found)
        return known
    if not has_members:
        return None
    cluster = Cluster(
        working_group_id=run.working_group_id,
        run_id=run.id,
        title=found.titles[0].shown[:MAX_TITLE_LENGTH],
        titles=proposed_titles(found),
        summary=summary_of(sentence.quote for sentence in found.summary),
        keywords=found.keywords,
        family=analysis.families[found.family].title[:MAX_TITLE_LENGTH],
        precision=found.precision,
    )
    session.add(cluster)
    session.flush()
    return cluster


def _set_coordinates(session: Session, cluster: Cluster, found: Found, analysis: Analysis) -> None:
    """Set the map coordinates of a cluster to its centroid, without changing its version."""
    x, y = (float(value) for value in analysis.coordinates[list(found.members)].mean(axis=0))
    session.execute(
        update(Cluster)
        .where(Cluster.id == cluster.id)
        .values(x=x, y=y)
        .execution_options(synchronize_session=False)
    )


def _isolated(
    analysis: Analysis, placed: set[int], suggested: dict[int, tuple[int, float]]
) -> list[int]:
    return [p for p in analysis.isolated if p not in placed and p not in suggested]


def _members(
    data: GroupInput, run: AnalysisRun, analysis: Analysis, place: tuple[int | None, list[int]]
) -> Iterator[ClusterMember]:
    cluster_id, positions = place
    divergent = {p for cluster in analysis.clusters for p in cluster.divergent}
    for rank, position in enumerate(positions):
        yield ClusterMember(
            working_group_id=run.working_group_id,
            cluster_id=cluster_id,
            excerpt_id=data.excerpt_ids[position],
            placed_by=Placement.MACHINE,
            confidence=float(analysis.confidence[position]),
            position=rank,
            words=explain(analysis, position)[:MOST_WORDS],
            divergent=position in divergent,
            isolation=str(analysis.isolation.get(position, "")),
        )
