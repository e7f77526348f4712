"""Where the words of a contribution may have been copied, and taking them out of there."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from webapp.models import (
    AnalysisRun,
    Cluster,
    ClusterAlignment,
    ClusterMember,
    ClusterPartition,
    ClusterTension,
    Contribution,
    EditedField,
    ModerationDecision,
    ReviewAction,
    ReviewEdit,
    RoadmapItem,
    RunChange,
    Workshop,
)
from webapp.services.echoes import Echo
from webapp.services.words import ERASED

_IN_WORDS = (EditedField.TITLE, EditedField.SUMMARY)
_ITEM_TEXTS = ("title", "finding", "objective", "description", "resources")


def remove(session: Session, *, group_id: int, echo: Echo) -> None:
    """Take out of a working group's groups, history and items what gives erased words away.

    No act of a person changes but for its words, and no group gets another version: what somebody
    does at the same moment is not refused.
    """
    session.flush()
    _clear_groups(session, group_id, echo)
    _clear_readings(session, group_id, echo)
    _clear_history(session, group_id, echo)
    _clear_items(session, group_id, echo)
    session.expire_all()


def _clear_groups(session: Session, group_id: int, echo: Echo) -> None:
    for cluster in session.scalars(select(Cluster).where(Cluster.working_group_id == group_id)):
        values: dict[str, object] = {}
        if _tells(echo, cluster.title, by_human=cluster.title_by_human):
            values["title"] = ERASED
        if _tells(echo, cluster.summary, by_human=cluster.summary_by_human):
            values["summary"] = echo.without(cluster.summary) if cluster.summary_by_human else ""
        if echo.is_in(cluster.family):
            values["family"] = ""
        keywords = _kept(echo, cluster.keywords)
        if keywords != cluster.keywords:
            values["keywords"] = keywords
        if values:
            _update(session, Cluster, Cluster.id == cluster.id, values)


def _tells(echo: Echo, text: str, *, by_human: bool) -> bool:
    return echo.is_quoted_in(text) if by_human else echo.is_in(text)


def _clear_readings(session: Session, group_id: int, echo: Echo) -> None:
    """Forget what the machine said of the groups in words that only the erased ones hold."""
    mine = select(Cluster.id).where(Cluster.working_group_id == group_id)
    for partition in session.scalars(
        select(ClusterPartition).where(ClusterPartition.cluster_id.in_(mine))
    ):
        if echo.is_in(partition.title):
            session.delete(partition)
    for tension in session.scalars(
        select(ClusterTension).where(ClusterTension.cluster_id.in_(mine))
    ):
        if echo.is_in(" ".join((*tension.first_words, *tension.second_words, *tension.about))):
            session.delete(tension)
    for member in session.scalars(
        select(ClusterMember).where(ClusterMember.working_group_id == group_id)
    ):
        member.words = _kept(echo, member.words)
    for alignment in session.scalars(
        select(ClusterAlignment).where(ClusterAlignment.cluster_id.in_(mine))
    ):
        alignment.words = _kept(echo, alignment.words)
    session.flush()


def _clear_history(session: Session, group_id: int, echo: Echo) -> None:
    acts = session.scalars(select(ReviewAction).where(ReviewAction.working_group_id == group_id))
    for action in acts.all():
        told = {"before": echo.is_in(action.before), "after": echo.is_in(action.after)}
        told["reason"] = echo.is_quoted_in(action.reason)
        _mark(session, ReviewAction, ReviewAction.id == action.id, told)
    edits = session.scalars(
        select(ReviewEdit)
        .join(ReviewEdit.action)
        .where(ReviewAction.working_group_id == group_id, ReviewEdit.field.in_(_IN_WORDS))
    )
    for edit in edits.all():
        told = {"before": echo.is_in(edit.before), "after": echo.is_in(edit.after)}
        _mark(session, ReviewEdit, ReviewEdit.id == edit.id, told)
    changes = session.scalars(
        select(RunChange)
        .join(AnalysisRun, AnalysisRun.id == RunChange.run_id)
        .where(AnalysisRun.working_group_id == group_id)
    )
    for change in changes.all():
        told = {"before": echo.is_in(change.before), "after": echo.is_in(change.after)}
        _mark(session, RunChange, RunChange.id == change.id, told)
    decisions = session.scalars(
        select(ModerationDecision)
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .where(Workshop.working_group_id == group_id, ModerationDecision.reason != "")
    )
    for decision in decisions.all():
        told = {"reason": echo.is_quoted_in(decision.reason)}
        _mark(session, ModerationDecision, ModerationDecision.id == decision.id, told)


def _clear_items(session: Session, group_id: int, echo: Echo) -> None:
    """Take out of items the sentences that quote the erased words: the rest is a person's work."""
    items = session.scalars(select(RoadmapItem).where(RoadmapItem.working_group_id == group_id))
    for item in items.all():
        for name in _ITEM_TEXTS:
            before = getattr(item, name)
            after = echo.without(before)
            if after != before:
                setattr(item, name, after)
    session.flush()


def _kept(echo: Echo, said: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in said if not echo.is_in(word))


def _mark(
    session: Session, table: type[object], which: ColumnElement[bool], told: dict[str, bool]
) -> None:
    values: dict[str, object] = {name: ERASED for name, is_told in told.items() if is_told}
    if values:
        _update(session, table, which, values)


def _update(
    session: Session, table: type[object], which: ColumnElement[bool], values: dict[str, object]
) -> None:
    # Not through the mapper: an erasure is no act that would make a version of what it touches.
    session.execute(
        update(table).where(which).values(**values).execution_options(synchronize_session=False)
    )
