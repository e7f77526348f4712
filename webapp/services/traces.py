"""Where the words of a contribution may have been copied, and taking them out of there."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    SHOWN,
    AnalysisRun,
    BudgetLine,
    Cluster,
    ClusterAlignment,
    ClusterMember,
    ClusterPartition,
    Contribution,
    DecisionKind,
    EditedField,
    ExcerptTension,
    Indicator,
    ItemLink,
    Milestone,
    ModerationDecision,
    ReviewAction,
    ReviewEdit,
    RoadmapItem,
    RunChange,
    Workshop,
)
from webapp.services import echoes
from webapp.services.echoes import Echo
from webapp.services.words import ERASED

_IN_WORDS = (EditedField.TITLE, EditedField.SUMMARY)
_ITEM_TEXTS = {
    RoadmapItem: ("title", "finding", "objective", "description", "resources"),
    Milestone: ("title",),
    BudgetLine: ("funder", "purpose"),
    Indicator: ("name", "baseline_source"),
    ItemLink: ("title",),
}


def echo_of(
    session: Session, *, group_id: int, said: Iterable[str], without: Collection[int] = ()
) -> Echo:
    """Return what gives ``said`` away beside what is shown of a working group.

    What is shown of the contributions ``without`` does not count, but for their masked texts.
    """
    shown = session.scalars(
        select(Contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(Workshop.working_group_id == group_id, ModerationDecision.kind.in_(SHOWN))
    )
    others = [
        other.shown_body or ""
        for other in shown
        if other.id not in without or other.decision.kind is DecisionKind.MASKED
    ]
    return echoes.read(said, others=others)


def hide(session: Session, *, contribution: Contribution) -> None:
    """Take out of titles, summaries and items what quotes words that are no longer shown.

    The words are kept, and may be shown again: the history stays, an undo looks at what it puts
    back (:func:`may_return`). Without a masked text the rare words are not told from the others:
    then only a quotation takes a title away.
    """
    group_id, masked = contribution.workshop.working_group_id, contribution.shown_body
    said = [contribution.body]
    first = _narrowed(echoes.read(said, others=[masked or ""]), masked)
    if any(first.is_in(text) for text in _texts(session, group_id)):
        echo = _narrowed(echo_of(session, group_id=group_id, said=said), masked)
        _clear_groups(session, group_id, echo)
        _clear_items(session, group_id, echo)


def may_return(session: Session, *, group_id: int, text: str) -> bool:
    """Whether a title or a summary of before quotes nothing that is no longer shown."""
    hidden = session.scalars(
        select(Contribution.body)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.kind != DecisionKind.PUBLISHED,
            Contribution.decisions.any(ModerationDecision.kind.in_(SHOWN)),
            Contribution.erased_at.is_(None),
        )
    )
    quoted = [said for said in hidden if echoes.read([said], others=()).is_quoted_in(text)]
    if not quoted:
        return True
    return not echo_of(session, group_id=group_id, said=quoted).is_quoted_in(text)


def _narrowed(echo: Echo, masked: str | None) -> Echo:
    return echo if masked is not None else replace(echo, rare=frozenset())


def _texts(session: Session, group_id: int) -> Iterable[str]:
    """Yield what stands in the titles, summaries and items of a working group."""
    columns = (Cluster.title, Cluster.summary, Cluster.family, Cluster.keywords, Cluster.titles)
    for *texts, keywords, titles in session.execute(
        select(*columns).where(Cluster.working_group_id == group_id)
    ):
        yield from (*texts, *keywords, *titles)
    for part, names in _written(session, group_id):
        yield from (getattr(part, name) for name in names)


def _written(session: Session, group_id: int) -> Iterator[tuple[object, tuple[str, ...]]]:
    """Yield the items of a working group and what hangs on them, each with its fields of words."""
    own = select(RoadmapItem.id).where(RoadmapItem.working_group_id == group_id)
    for kind, names in _ITEM_TEXTS.items():
        columns = kind.__table__.c
        item_id = columns.id if kind is RoadmapItem else columns.item_id
        for part in session.scalars(select(kind).where(item_id.in_(own))).all():
            yield part, names


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
        for name in ("keywords", "titles"):
            before = getattr(cluster, name)
            after = _kept(echo, before)
            if after != before:
                values[name] = after
        if values:
            _update(session, Cluster, Cluster.id == cluster.id, values)
            session.expire(cluster, list(values))


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
        select(ExcerptTension).where(ExcerptTension.working_group_id == group_id)
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
    for part, names in _written(session, group_id):
        for name in names:
            before = getattr(part, name)
            after = echo.without(before)
            if after != before:
                setattr(part, name, after)
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
