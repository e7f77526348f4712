"""Builds the snapshot of one item: fields, follow-up, sources."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from webapp.collection.models import DecisionKind, Excerpt
from webapp.publishing.documents import content
from webapp.publishing.documents.priorities import Priority as ToldPriority
from webapp.review import clusters, provenance
from webapp.roadmap.models import Decision, Indicator, Priority, RoadmapItem
from webapp.territory.models import SHIPPED, ReferenceKind
from webapp.territory.references import Lists
from webapp.territory.regions import PARIS
from webapp.territory.shipped_references import Listed, ListKind
from webapp.vocabulary.labels import label
from webapp.wording import FIELDS

PRIORITIES = {
    Priority.HIGH: ToldPriority.HIGH,
    Priority.MEDIUM: ToldPriority.MEDIUM,
    Priority.LOW: ToldPriority.LOW,
}


def snapshot_item(item: RoadmapItem, decisions: Iterable[Decision], lists: Lists) -> content.Item:
    """Return the snapshot of ``item`` with its distinct sources and decisions.

    ``lists`` give the names of its axis, measure, publics and territories.
    """
    pairs = _excerpts(item)
    counts = provenance.count(excerpt.contribution for _, excerpt in pairs)
    return content.Item(
        reference=item.reference,
        title=item.title,
        strand=lists.strand(item.strand),
        status=content.ItemStatus(item.status),
        finding=item.finding,
        objective=item.objective,
        description=item.description,
        lead=item.lead,
        partners=item.partners,
        publics=tuple(lists.name(ReferenceKind.PUBLIC, code) for code in item.publics),
        territories=tuple(lists.territory(code) for code in item.territories),
        due_date=item.due_date,
        resources=item.resources,
        measure=lists.name(ReferenceKind.MEASURE, item.measure),
        priority=PRIORITIES.get(item.priority),
        budget=tuple(
            content.BudgetLine(
                year=line.year, funder=line.funder, amount=line.amount, purpose=line.purpose
            )
            for line in item.budget
        ),
        links=tuple(
            content.Link(kind=label("link", link.kind), title=link.title, url=link.url)
            for link in item.links
        ),
        milestones=tuple(
            content.Milestone(title=step.title, due_date=step.due_date, done_on=step.done_on)
            for step in item.milestones
        ),
        indicators=tuple(snapshot_indicator(indicator, lists) for indicator in item.indicators),
        decisions=tuple(_decision(decision) for decision in decisions),
        amendments=tuple(
            content.Amendment(
                on=change.done_at.astimezone(PARIS).date(),
                changed=tuple(FIELDS[name] for name in change.fields),
                reason=change.reason,
            )
            for change in item.amendments
        ),
        sources=tuple(_source(title, excerpt) for title, excerpt in pairs),
        provenance=snapshot_provenance(counts),
    )


def _excerpts(item: RoadmapItem) -> list[tuple[str, Excerpt]]:
    """Return the distinct source excerpts of an item, with the titles of their clusters."""
    found: dict[int, tuple[str, Excerpt]] = {}
    for source in item.sources:
        if source.cluster is not None:
            for member in clusters.confirmed(source.cluster):
                found.setdefault(member.excerpt_id, (source.cluster.title, member.excerpt))
        elif source.excerpt is not None:
            found.setdefault(source.excerpt.id, ("", source.excerpt))
    return [pair for _, pair in sorted(found.items()) if pair[1].shown_text]


def _source(cluster: str, excerpt: Excerpt) -> content.Source:
    contribution = excerpt.contribution
    return content.Source(
        reference=f"{contribution.workshop.code}-{excerpt.id:05d}",
        workshop_code=contribution.workshop.code,
        workshop_title=contribution.workshop.title,
        words=excerpt.shown_text or "",
        table=contribution.table_label,
        channel=content.Channel(contribution.channel),
        masked=contribution.decision.kind is DecisionKind.MASKED,
        cluster=cluster,
    )


def snapshot_indicator(indicator: Indicator, lists: Lists) -> content.Indicator:
    """Return the snapshot of an indicator with its measurements."""
    return content.Indicator(
        title=indicator.name,
        unit=indicator.unit,
        baseline=_reading(indicator.baseline, indicator.baseline_on, indicator.baseline_source),
        target=_reading(indicator.target, indicator.target_on),
        measurements=tuple(
            content.Reading(
                value=_exact(found.value),
                on=found.measured_on,
                source=found.source,
                territory=lists.territory(found.territory),
            )
            for found in indicator.measurements
        ),
    )


def _reading(value: float | None, on: date | None, source: str = "") -> content.Reading | None:
    return None if value is None else content.Reading(value=_exact(value), on=on, source=source)


def _exact(value: float) -> Decimal:
    return Decimal(repr(value)).normalize()


def _decision(decision: Decision) -> content.Decision:
    word = label("verdict", decision.verdict)
    return content.Decision(
        on=decision.meeting.starts_at.astimezone(PARIS).date(),
        body="COPIL",
        text=f"{word}. {decision.reason}" if decision.reason else f"{word}.",
    )


def snapshot_provenance(counts: provenance.Provenance) -> content.Provenance:
    """Return the snapshot of provenance counts, small ones hidden."""
    return content.Provenance(
        contributions=counts.contributions,
        tables=counts.tables,
        workshops=counts.workshops,
        territories=counts.territories,
        concerned=counts.concerned,
    )


def snapshot_lists(lists: Lists) -> tuple[Listed, ...]:
    """Return the lists that differ from the defaults, with their codes, for a restore.

    A measure with only a name is omitted.
    """
    changed = [
        kind
        for kind, entries in lists.entries.items()
        if (
            any(entry.name != entry.code for entry in entries.values())
            if kind is ReferenceKind.MEASURE
            else [*lists.offered(kind).items()] != [*SHIPPED[kind].items()] or lists.retired(kind)
        )
    ]
    return tuple(
        Listed(kind=ListKind(kind), code=entry.code, name=entry.name, retired=entry.retired)
        for kind in changed
        for entry in lists.entries[kind].values()
    )
