"""Redaction of contribution text from the places where it was copied: groups, history, items."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import SHOWN, Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.moderation import redaction_matching
from webapp.moderation.redaction_matching import TextMatcher
from webapp.platform.text_cleaning import ERASED
from webapp.review.models import (
    AnalysisRun,
    Cluster,
    ClusterAlignment,
    ClusterMember,
    ClusterPartition,
    EditedField,
    ExcerptTension,
    ReviewAction,
    ReviewEdit,
    RunChange,
)
from webapp.roadmap.models import BudgetLine, Indicator, ItemLink, Milestone, RoadmapItem

_IN_WORDS = (EditedField.TITLE, EditedField.SUMMARY)
_ITEM_TEXTS = {
    RoadmapItem: ("title", "finding", "objective", "description", "resources"),
    Milestone: ("title",),
    BudgetLine: ("funder", "purpose"),
    Indicator: ("name", "baseline_source"),
    ItemLink: ("title",),
}


def matcher_of(
    session: Session, *, group_id: int, texts: Iterable[str], without: Collection[int] = ()
) -> TextMatcher:
    """Return the matcher of ``texts``, without what other shown texts of the group also say.

    Shown texts of the contributions ``without`` are ignored, except their masked texts.
    """
    others = _shown_bodies(session, group_id, without)
    return redaction_matching.build(texts, others=others)


def _shown_bodies(session: Session, group_id: int, without: Collection[int] = ()) -> list[str]:
    shown = session.scalars(
        select(Contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(Workshop.working_group_id == group_id, ModerationDecision.kind.in_(SHOWN))
    )
    return [
        other.shown_body or ""
        for other in shown
        if other.id not in without or other.decision.kind is DecisionKind.MASKED
    ]


def hide(session: Session, *, contribution: Contribution) -> None:
    """Redact titles, summaries and items that quote a contribution that is no longer shown.

    The original is kept and may be shown again, so the history is not redacted; an undo checks what
    it restores (:func:`quoting_hidden`). Without a masked text, only quotations are matched, not
    rare words.
    """
    group_id, masked = contribution.workshop.working_group_id, contribution.shown_body
    bodies = [contribution.body]
    first = _without_rare_words(redaction_matching.build(bodies, others=[masked or ""]), masked)
    if any(first.is_in(text) for text in _texts(session, group_id)):
        matcher = _without_rare_words(matcher_of(session, group_id=group_id, texts=bodies), masked)
        _clear_groups(session, group_id, matcher)
        _clear_items(session, group_id, matcher)


def quoting_hidden(session: Session, *, group_id: int, texts: Collection[str]) -> frozenset[str]:
    """Return the former titles and summaries that may not be restored.

    They quote a hidden contribution. Hidden texts are read once for all ``texts``.
    """
    matchers = {
        body: redaction_matching.build([body], others=())
        for body in (_hidden_bodies(session, group_id) if texts else ())
    }
    quoted = {
        text: [body for body, matcher in matchers.items() if matcher.is_quoted_in(text)]
        for text in texts
    }
    if not any(quoted.values()):
        return frozenset()
    others = _shown_bodies(session, group_id)
    return frozenset(
        text
        for text, bodies in quoted.items()
        if redaction_matching.build(bodies, others=others).is_quoted_in(text)
    )


def _hidden_bodies(session: Session, group_id: int) -> Iterable[str]:
    """Return the original texts that were shown once and no longer are."""
    return session.scalars(
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


def _without_rare_words(matcher: TextMatcher, masked: str | None) -> TextMatcher:
    return matcher if masked is not None else replace(matcher, rare=frozenset())


def _texts(session: Session, group_id: int) -> Iterable[str]:
    """Yield the texts of the titles, summaries and items of a working group."""
    columns = (Cluster.title, Cluster.summary, Cluster.family, Cluster.keywords, Cluster.titles)
    for *texts, keywords, titles in session.execute(
        select(*columns).where(Cluster.working_group_id == group_id)
    ):
        yield from (*texts, *keywords, *titles)
    for row, names in _item_rows(session, group_id):
        yield from (getattr(row, name) for name in names)


def _item_rows(session: Session, group_id: int) -> Iterator[tuple[object, tuple[str, ...]]]:
    """Yield the items of a working group and their child rows, with the names of text columns."""
    own = select(RoadmapItem.id).where(RoadmapItem.working_group_id == group_id)
    for kind, names in _ITEM_TEXTS.items():
        columns = kind.__table__.c
        item_id = columns.id if kind is RoadmapItem else columns.item_id
        for row in session.scalars(select(kind).where(item_id.in_(own))).all():
            yield row, names


def remove(session: Session, *, group_id: int, matcher: TextMatcher) -> None:
    """Redact erased text from the groups, analysis results, history and items of a working group.

    Only text changes, and row versions are not incremented: concurrent edits do not conflict.
    """
    session.flush()
    _clear_groups(session, group_id, matcher)
    _clear_readings(session, group_id, matcher)
    _clear_history(session, group_id, matcher)
    _clear_items(session, group_id, matcher)
    session.expire_all()


def _clear_groups(session: Session, group_id: int, matcher: TextMatcher) -> None:
    for cluster in session.scalars(select(Cluster).where(Cluster.working_group_id == group_id)):
        values: dict[str, object] = {}
        if _matches(matcher, cluster.title, by_human=cluster.title_by_human):
            values["title"] = ERASED
        if _matches(matcher, cluster.summary, by_human=cluster.summary_by_human):
            values["summary"] = matcher.without(cluster.summary) if cluster.summary_by_human else ""
        if matcher.is_in(cluster.family):
            values["family"] = ""
        for name in ("keywords", "titles"):
            before = getattr(cluster, name)
            after = _without_matches(matcher, before)
            if after != before:
                values[name] = after
        if values:
            _update(session, Cluster, Cluster.id == cluster.id, values)
            session.expire(cluster, list(values))


def _matches(matcher: TextMatcher, text: str, *, by_human: bool) -> bool:
    return matcher.is_quoted_in(text) if by_human else matcher.is_in(text)


def _clear_readings(session: Session, group_id: int, matcher: TextMatcher) -> None:
    """Delete analysis results that contain words found only in the erased text."""
    mine = select(Cluster.id).where(Cluster.working_group_id == group_id)
    for partition in session.scalars(
        select(ClusterPartition).where(ClusterPartition.cluster_id.in_(mine))
    ):
        if matcher.is_in(partition.title):
            session.delete(partition)
    for tension in session.scalars(
        select(ExcerptTension).where(ExcerptTension.working_group_id == group_id)
    ):
        if matcher.is_in(" ".join((*tension.first_words, *tension.second_words, *tension.about))):
            session.delete(tension)
    for member in session.scalars(
        select(ClusterMember).where(ClusterMember.working_group_id == group_id)
    ):
        member.words = _without_matches(matcher, member.words)
    for alignment in session.scalars(
        select(ClusterAlignment).where(ClusterAlignment.cluster_id.in_(mine))
    ):
        alignment.words = _without_matches(matcher, alignment.words)
    session.flush()


def _clear_history(session: Session, group_id: int, matcher: TextMatcher) -> None:
    acts = session.scalars(select(ReviewAction).where(ReviewAction.working_group_id == group_id))
    for action in acts.all():
        matches = {"before": matcher.is_in(action.before), "after": matcher.is_in(action.after)}
        matches["reason"] = matcher.is_quoted_in(action.reason)
        _redact(session, ReviewAction, ReviewAction.id == action.id, matches)
    edits = session.scalars(
        select(ReviewEdit)
        .join(ReviewEdit.action)
        .where(ReviewAction.working_group_id == group_id, ReviewEdit.field.in_(_IN_WORDS))
    )
    for edit in edits.all():
        matches = {"before": matcher.is_in(edit.before), "after": matcher.is_in(edit.after)}
        _redact(session, ReviewEdit, ReviewEdit.id == edit.id, matches)
    changes = session.scalars(
        select(RunChange)
        .join(AnalysisRun, AnalysisRun.id == RunChange.run_id)
        .where(AnalysisRun.working_group_id == group_id)
    )
    for change in changes.all():
        matches = {"before": matcher.is_in(change.before), "after": matcher.is_in(change.after)}
        _redact(session, RunChange, RunChange.id == change.id, matches)
    decisions = session.scalars(
        select(ModerationDecision)
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .where(Workshop.working_group_id == group_id, ModerationDecision.reason != "")
    )
    for decision in decisions.all():
        matches = {"reason": matcher.is_quoted_in(decision.reason)}
        _redact(session, ModerationDecision, ModerationDecision.id == decision.id, matches)


def _clear_items(session: Session, group_id: int, matcher: TextMatcher) -> None:
    """Redact only the sentences of items that quote the erased text."""
    for row, names in _item_rows(session, group_id):
        for name in names:
            before = getattr(row, name)
            after = matcher.without(before)
            if after != before:
                setattr(row, name, after)
    session.flush()


def _without_matches(matcher: TextMatcher, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if not matcher.is_in(word))


def _redact(
    session: Session, table: type[object], which: ColumnElement[bool], matches: dict[str, bool]
) -> None:
    values: dict[str, object] = {name: ERASED for name, matched in matches.items() if matched}
    if values:
        _update(session, table, which, values)


def _update(
    session: Session, table: type[object], which: ColumnElement[bool], values: dict[str, object]
) -> None:
    # A bulk update: the mapper would increment the version column.
    session.execute(
        update(table).where(which).values(**values).execution_options(synchronize_session=False)
    )
