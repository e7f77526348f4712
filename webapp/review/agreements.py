"""Agreement between people and the analysis, measured from the review actions in effect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.review.effective_actions import MADE_BY_PEOPLE, UNDONE_IDS
from webapp.review.models import (
    Act,
    AnalysisRun,
    ChangeKind,
    Cluster,
    ClusterStatus,
    Placement,
    ReviewAction,
    ReviewMove,
    RunChange,
)
from webapp.territory.models import WorkingGroup

# Actions that change a placement made by the analysis; ACCEPT and ATTACH agree with it.
CORRECTING = (Act.MERGE, Act.SPLIT, Act.MOVE, Act.ISOLATE, Act.DISSOLVE)
_IN_EFFECT = ReviewAction.id.not_in(UNDONE_IDS) & (ReviewAction.act != Act.UNDO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement figures of one working group."""

    group: WorkingGroup
    placed: int
    moved: int
    accepted: int
    titled: int
    proposed: int
    attached: int

    @property
    def kept(self) -> float:
        """Share of the excerpts left where the analysis placed them."""
        return 1 - self.moved / self.placed if self.placed else 0.0

    @property
    def titles_kept(self) -> float:
        """Share of the accepted clusters that keep the title proposed by the analysis."""
        return 1 - self.titled / self.accepted if self.accepted else 0.0


@dataclass(frozen=True, slots=True)
class Week:
    """Counts of the actions in effect, by kind, for the week starting on ``monday``."""

    monday: date
    acts: Counter[Act]


def measure(session: Session) -> list[Agreement]:
    """Return the agreement of each working group, by name."""
    groups = session.scalars(select(WorkingGroup).order_by(WorkingGroup.name)).all()
    placed = _count(session, ChangeKind.NEW, ChangeKind.JOINED)
    proposed = _count(session, ChangeKind.PROPOSED)
    moved = _moved(session, ReviewAction.act.in_(CORRECTING), Placement.MACHINE)
    attached = _moved(session, ReviewAction.act == Act.ATTACH, Placement.SUGGESTED)
    accepted = _accepted(session)
    return [
        Agreement(
            group=group,
            placed=placed[group.id],
            moved=moved[group.id],
            accepted=accepted[group.id][0],
            titled=accepted[group.id][1],
            proposed=proposed[group.id],
            attached=attached[group.id],
        )
        for group in groups
    ]


def by_week(session: Session) -> Sequence[Week]:
    """Return the actions in effect by week, latest first."""
    rows = session.execute(
        select(ReviewAction.done_at, ReviewAction.act).where(
            _IN_EFFECT, ReviewAction.act != Act.PROMOTE
        )
    )
    weeks: dict[date, Counter[Act]] = {}
    for done_at, act in rows:
        day = done_at.date()
        monday = date.fromordinal(day.toordinal() - day.weekday())
        weeks.setdefault(monday, Counter())[act] += 1
    return [Week(monday, weeks[monday]) for monday in sorted(weeks, reverse=True)]


def _count(session: Session, *kinds: ChangeKind) -> Counter[int]:
    """Count, by working group, the distinct excerpts with a run change of these kinds."""
    rows = session.execute(
        select(AnalysisRun.working_group_id, func.count(RunChange.excerpt_id.distinct()))
        .join(RunChange, RunChange.run_id == AnalysisRun.id)
        .where(RunChange.kind.in_(kinds))
        .group_by(AnalysisRun.working_group_id)
    )
    return Counter({row[0]: row[1] for row in rows})


def _moved(session: Session, acts: ColumnElement[bool], origin: Placement) -> Counter[int]:
    """Count, by working group, the excerpts that actions in effect moved from ``origin``."""
    rows = session.execute(
        select(ReviewAction.working_group_id, func.count(ReviewMove.excerpt_id.distinct()))
        .join(ReviewMove, ReviewMove.action_id == ReviewAction.id)
        .where(_IN_EFFECT, acts, ReviewMove.before_placed_by == origin)
        .group_by(ReviewAction.working_group_id)
    )
    return Counter({row[0]: row[1] for row in rows})


def _accepted(session: Session) -> dict[int, tuple[int, int]]:
    """Return, by working group, the counts of accepted clusters and of those titled by a person.

    Those that people made are no proposal of the analysis.
    """
    rows = session.execute(
        select(Cluster.working_group_id, Cluster.title_by_human).where(
            Cluster.status == ClusterStatus.ACCEPTED, Cluster.id.not_in(MADE_BY_PEOPLE)
        )
    )
    total: Counter[int] = Counter()
    titled: Counter[int] = Counter()
    for group_id, by_human in rows:
        total[group_id] += 1
        titled[group_id] += by_human
    ids = session.scalars(select(WorkingGroup.id))
    return {group_id: (total[group_id], titled[group_id]) for group_id in ids}
