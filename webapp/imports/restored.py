"""Restores the items and sources of a published roadmap as rows.

A document holds the shown text, the workshop, the table and the channel: each source becomes a
contribution. It holds neither confidential data (original text of masked contributions, receipts,
who is concerned) nor clusters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import (
    MAX_LABEL_LENGTH,
    Channel,
    Contribution,
    DecisionKind,
    Excerpt,
    ModerationDecision,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.exceptions import RefusedRoadmapError
from webapp.imports.restored_lists import Codes
from webapp.imports.restored_parts import parts_fit, restore_parts
from webapp.platform import tokens
from webapp.platform.audit import Actor
from webapp.platform.limits import MAX_BODY_LENGTH
from webapp.publishing.documents.content import Item, RoadmapDocument, Source
from webapp.publishing.item_snapshots import PRIORITIES
from webapp.review.models import MAX_TITLE_LENGTH
from webapp.roadmap import transitions
from webapp.roadmap.models import ItemSource, ItemStatus, Priority, RoadmapItem
from webapp.territory.models import Roadmap, WorkingGroup

_MAX_REFERENCE, _MAX_LINE, _MAX_UNIT = 20, 200, 60
_REFERENCE = re.compile(r".{6}-(\d{5,9})")
_MASKED = "Masqué avant l’export"
_PRIORITIES = {told: kept for kept, told in PRIORITIES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Counts of restored items and sources, and of items restored as drafts for lack of a field."""

    items: int
    sources: int
    drafts: int


def restore_rows(
    session: Session, *, roadmap: Roadmap, document: RoadmapDocument, codes: Codes, actor: Actor
) -> Rows:
    """Store the items of ``document`` and their sources.

    Raises
    ------
    RefusedRoadmapError
        If a value is longer than its column, or a reference is duplicated.
    """
    _check(document)
    groups = {
        group.initial: group
        for group in session.scalars(
            select(WorkingGroup)
            .where(WorkingGroup.roadmap_id == roadmap.id)
            .order_by(WorkingGroup.id)
        )
    }
    homes = {item.reference: _group_of(item, groups) for item in document.items}
    excerpts = _restore_sources(session, document, homes, actor)
    restored = [
        _restore_item(session, item, homes[item.reference], excerpts, codes, actor)
        for item in document.items
    ]
    demoted = sum(
        row.status is ItemStatus.DRAFT and ItemStatus(item.status) is not ItemStatus.DRAFT
        for row, item in zip(restored, document.items, strict=True)
    )
    return Rows(items=len(restored), sources=len(excerpts), drafts=demoted)


def _check(document: RoadmapDocument) -> None:
    references = [item.reference for item in document.items]
    sources = [source for item in document.items for source in item.sources]
    fits = (
        len(set(references)) == len(references)
        and all(_fits(item) for item in document.items)
        and all(0 < len(source.words) <= MAX_BODY_LENGTH for source in sources)
        and all(len(source.table) <= MAX_LABEL_LENGTH for source in sources)
    )
    if not fits:
        raise RefusedRoadmapError("values")


def _fits(item: Item) -> bool:
    names = all(
        len(indicator.title) <= _MAX_LINE and len(indicator.unit) <= _MAX_UNIT
        for indicator in item.indicators
    )
    return (
        names
        and parts_fit(item)
        and 0 < len(item.reference) <= _MAX_REFERENCE
        and 0 < len(item.title) <= MAX_TITLE_LENGTH
        and len(item.lead) <= _MAX_LINE
    )


def _group_of(item: Item, groups: Mapping[str, WorkingGroup]) -> WorkingGroup:
    """Return the working group whose initials are in the reference of ``item``, or the first."""
    named = (groups[part] for part in item.reference.split("-") if part in groups)
    return next(named, next(iter(groups.values())))


def _restore_sources(
    session: Session, document: RoadmapDocument, homes: Mapping[str, WorkingGroup], actor: Actor
) -> dict[str, Excerpt]:
    """Store each source once, and return the excerpts by reference."""
    workshops: dict[str, Workshop] = {}
    restored: dict[str, Contribution] = {}
    for item in document.items:
        for source in item.sources:
            if source.reference in restored:
                continue
            workshop = workshops.get(source.workshop_code)
            if workshop is None:
                workshop = _workshop(source, homes[item.reference], workshops)
                workshops[source.workshop_code] = workshop
                session.add(workshop)
                session.flush()
            contribution = _contribution(source, workshop, document, actor)
            restored[source.reference] = contribution
    excerpts = {reference: contribution.excerpts[0] for reference, contribution in restored.items()}
    numbers = [_number(reference) for reference in excerpts]
    if all(numbers) and len(set(numbers)) == len(numbers):
        # The reference contains the excerpt id: later versions quote the same references.
        for excerpt, number in zip(excerpts.values(), numbers, strict=True):
            excerpt.id = number
    session.add_all(restored.values())
    session.flush()
    _advance(session)
    return excerpts


def _number(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    return int(found[1]) if found else 0


def _advance(session: Session) -> None:
    """Advance the PostgreSQL sequence of excerpt ids past the restored ones."""
    last = session.scalar(select(func.max(Excerpt.id)))
    if last and session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT setval(pg_get_serial_sequence('excerpt', 'id'), :last)"), {"last": last}
        )


def _workshop(source: Source, group: WorkingGroup, known: Mapping[str, Workshop]) -> Workshop:
    taken = {workshop.code for workshop in known.values()}
    code = source.workshop_code
    if len(code) != tokens.CODE_LENGTH or code in taken:  # sources are cited by it
        code = tokens.new_code(taken)
    return Workshop(
        code=code,
        kind=WorkshopKind.WORKSHOP,
        title=source.workshop_title[:_MAX_LINE] or code,
        state=WorkshopState.CLOSED,
        working_group=group,
    )


def _contribution(
    source: Source, workshop: Workshop, document: RoadmapDocument, actor: Actor
) -> Contribution:
    """Return a source as a contribution with the text shown in the document."""
    details = Details(channel=Channel(source.channel), table_label=source.table)
    key = f"restored-{source.reference}"[:64]
    contribution = contributions.build_contribution(
        workshop, source.words, key, document.as_of, details
    )
    contribution.decisions[0].is_current = False
    decision = ModerationDecision(kind=DecisionKind.PUBLISHED, decided_at=actor.now)
    if source.masked:
        decision.kind, decision.masked_body = DecisionKind.MASKED, source.words
        decision.reason, decision.actor_id = _MASKED, actor.id
    contribution.decisions.append(decision)
    return contribution


def _restore_item(
    session: Session,
    item: Item,
    group: WorkingGroup,
    excerpts: Mapping[str, Excerpt],
    codes: Codes,
    actor: Actor,
) -> RoadmapItem:
    row = RoadmapItem(
        roadmap_id=group.roadmap_id,
        working_group=group,
        reference=item.reference,
        strand=codes.strands.get(item.strand),
        measure=codes.measures.get(item.measure, item.measure),
        publics=tuple(codes.publics.get(name, name) for name in item.publics),
        territories=tuple(codes.territories[t] for t in item.territories if t in codes.territories),
        status=ItemStatus(item.status),
        priority=_PRIORITIES[item.priority] if item.priority else Priority.NONE,
        **{name: getattr(item, name) for name in _SAME},
    )
    references = dict.fromkeys(source.reference for source in item.sources)
    row.sources = [ItemSource(excerpt_id=excerpts[reference].id) for reference in references]
    if row.status is not ItemStatus.ABANDONED and transitions.missing_fields(row):
        row.status = ItemStatus.DRAFT
    session.add(row)
    session.flush()
    restore_parts(session, row=row, item=item, places=codes.territories, actor=actor)
    return row


_SAME = (
    *("title", "finding", "objective", "description", "lead"),
    *("partners", "due_date", "resources"),
)
