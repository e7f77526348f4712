"""Takes back whole what the last run proposes, as one action that can be undone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.exceptions import AnalysisRunningError, RunOverError
from webapp.platform.audit import Actor
from webapp.review.models import (
    Act,
    AnalysisRun,
    Cluster,
    ClusterMember,
    ClusterStatus,
    EditedField,
    Placement,
    ReviewAction,
    RunState,
)
from webapp.review.recorder import ReviewRecorder

# A group that no person touched. Runs replace the same ones: see ``analysis.inputs``.
_UNTOUCHED = (Cluster.status == ClusterStatus.PROPOSED) & ~Cluster.kept & ~Cluster.title_by_human


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What taking ``run``, the last one that is done, back changes, and what stays."""

    run: AnalysisRun | None
    groups: int
    grouped: int
    isolated: int
    suggested: int
    kept_groups: int
    placed_by_people: int

    @property
    def placements(self) -> int:
        """Placements that go."""
        return self.grouped + self.isolated + self.suggested

    def __bool__(self) -> bool:
        """Whether anything is left to take back."""
        return self.run is not None and bool(self.groups or self.placements)


def measure(session: Session, *, group_id: int) -> Extent:
    """Return what taking the last run of a working group back would change."""
    groups = len(_groups(session, group_id))
    found: Counter[str] = Counter()
    for cluster_id, placed_by in session.execute(
        select(ClusterMember.cluster_id, ClusterMember.placed_by)
        .outerjoin(ClusterMember.cluster)
        .where(ClusterMember.working_group_id == group_id, _leaves())
    ):
        late = placed_by is Placement.SUGGESTED
        found["suggested" if late else "grouped" if cluster_id else "isolated"] += 1
    live = select(func.count(Cluster.id)).where(
        Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED
    )
    by_people = select(func.count(ClusterMember.id)).where(
        ClusterMember.working_group_id == group_id, ClusterMember.placed_by == Placement.HUMAN
    )
    return Extent(
        run=_last_done(session, group_id),
        groups=groups,
        grouped=found["grouped"],
        isolated=found["isolated"],
        suggested=found["suggested"],
        kept_groups=(session.scalar(live) or 0) - groups,
        placed_by_people=session.scalar(by_people) or 0,
    )


def last_run(session: Session, *, group_id: int, known: AnalysisRun | None) -> AnalysisRun | None:
    """Return the last run that is done; ``known`` is the last one that was requested."""
    if known is None or known.state is RunState.DONE:
        return known
    return _last_done(session, group_id)


def take_back(session: Session, *, run: AnalysisRun, actor: Actor) -> ReviewAction:
    """Dissolve the groups of the last run that nobody touched, and free what it placed.

    What people placed, and the groups that they made, accepted or edited, stay as they are. Unlike
    a dissolution by a person, it does not keep the members apart: the next run groups them anew.

    Raises
    ------
    AnalysisRunningError
        If another run is queued or running: it would group everything again.
    RunOverError
        If ``run`` is not the last one, or nothing is left of it.
    """
    group_id = run.working_group_id
    review = ReviewRecorder(session, group_id, Act.TAKE_BACK, actor)
    session.expire_all()
    _check_last(session, run)
    leaving = session.scalars(
        select(ClusterMember.excerpt_id)
        .outerjoin(ClusterMember.cluster)
        .where(ClusterMember.working_group_id == group_id, _leaves())
        .order_by(ClusterMember.id)
    ).all()
    groups = _groups(session, group_id)
    if not leaving and not groups:
        raise RunOverError
    review.load(leaving)
    for excerpt_id in leaving:
        review.place(excerpt_id, None)
    for cluster in groups:
        review.edit(cluster, EditedField.STATUS, ClusterStatus.DISSOLVED)
    return review.record(None)


def _check_last(session: Session, run: AnalysisRun) -> None:
    """Check that no other run has replaced ``run``, or is about to."""
    active = select(AnalysisRun.id).where(
        AnalysisRun.working_group_id == run.working_group_id,
        AnalysisRun.state.in_([RunState.QUEUED, RunState.RUNNING]),
    )
    if session.scalar(active.limit(1)) is not None:
        raise AnalysisRunningError
    if _last_done(session, run.working_group_id) is not run:
        raise RunOverError


def _last_done(session: Session, group_id: int) -> AnalysisRun | None:
    return session.scalar(
        select(AnalysisRun)
        .where(AnalysisRun.working_group_id == group_id, AnalysisRun.state == RunState.DONE)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )


def _groups(session: Session, group_id: int) -> Sequence[Cluster]:
    return session.scalars(
        select(Cluster).where(Cluster.working_group_id == group_id, _UNTOUCHED).order_by(Cluster.id)
    ).all()


def _leaves() -> ColumnElement[bool]:
    """Whether a member was placed by a run, outside the groups that people touched."""
    loose = or_(
        ClusterMember.cluster_id.is_(None),
        _UNTOUCHED,
        ClusterMember.placed_by == Placement.SUGGESTED,
    )
    return and_(ClusterMember.placed_by != Placement.HUMAN, loose)
