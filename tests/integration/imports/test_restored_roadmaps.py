"""A published roadmap that comes back from its JSON into an empty instance."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.unit.publishing.documents import builders as documents
from webapp.collection.models import Contribution, DecisionKind, Excerpt, Workshop
from webapp.exceptions import NotEmptyError, RefusedRoadmapError, UnknownSchemaError
from webapp.imports.roadmaps import MAX_BYTES, restore_roadmap
from webapp.platform.models import AuditEntry
from webapp.publishing import exports, publication, snapshots
from webapp.publishing.documents import json_file
from webapp.publishing.documents.content import Amendment, BudgetLine, Decision, Link, Reading
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap import items
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.territory.regions import ensure_region

pytestmark = pytest.mark.both_databases("sequences that are moved by hand")

ONCE = Reading(value=Decimal(1), on=date(2024, 6, 1), territory="Sarthe")
HUGE = Reading(value=Decimal(10) ** 16, on=date(2024, 6, 1), territory="Sarthe")


def ready(**changes):
    """Return an item as the region would publish it."""
    fields = {
        "reference": "52-AAD-003",
        "strand": "Axe 4 – Construire une transition écologique solidaire",
        "sources": tuple(
            documents.source(rank, reference=f"TES-03-{rank:05d}", masked=rank == 7)
            for rank in (3, 7)
        ),
        "publics": ("tous",),
        "decisions": (
            Decision(on=date(2024, 1, 15), body="COPIL", text="Reportée. Il manque un pilote."),
            Decision(on=date(2024, 6, 3), body="COPIL", text="Adoptée."),
        ),
        "amendments": (
            Amendment(
                on=date(2024, 7, 1),
                changed=("pilote", "échéance"),
                reason="Aléop reprend la ligne.",
            ),
        ),
    }
    return documents.item(3, **fields | changes)


def published(*found, **changes):
    return documents.document(*(found or (ready(),)), **changes)


def restore(session, document, actor):
    return restore_roadmap(session, content=json_file.dumps(document), actor=actor)


def test_all_nine_documents_are_the_same_byte_for_byte(session, actor):
    document = published(ready(), documents.hostile_item(), version=7)
    version = restore(session, document, actor).version
    assert (version.number, version.sha256) == (7, document.sha256)
    assert version.published_at == document.as_of
    session.expire_all()
    again = snapshots.document_of(publication.published(ensure_region(session), 7))
    for name in FORMATS:
        assert exports.render(session, again, name=name) == FORMATS[name].render(document)
    assert version.content.encode() == json_file.dumps(document)


def test_a_pact_comes_back_byte_for_byte_with_what_it_wrote_for_itself(session, actor):
    """Its own items are those of the instance's roadmap there: drafts until they have a source."""
    own = ready(reference="72-AAD-001", sources=())
    document = published(own, ready(), title="Pacte local de la Sarthe", region="Sarthe")
    restored = restore(session, document, actor)
    assert restored.version.content.encode() == json_file.dumps(document)
    assert (restored.rows.items, restored.rows.drafts) == (2, 1)
    found = session.scalars(select(RoadmapItem).order_by(RoadmapItem.reference)).all()
    assert [(item.reference, item.status, item.is_own) for item in found] == [
        ("52-AAD-003", ItemStatus.ADOPTED, False),
        ("72-AAD-001", ItemStatus.DRAFT, False),
    ]


def test_items_come_back_as_people_may_edit_them(session, actor):
    document = published()
    rows = restore(session, document, actor).rows
    assert (rows.items, rows.sources, rows.drafts) == (1, 2, 0)
    item = session.scalars(select(RoadmapItem)).one()
    assert (item.reference, item.status) == ("52-AAD-003", ItemStatus.ADOPTED)
    assert item.working_group.initial == "AAD"
    assert (item.strand, item.territories) == ("4", ("49", "72"))
    assert (item.indicators[0].baseline, item.indicators[0].target) == (12.5, 40.0)
    builders.move(session, item, ItemStatus.IN_PROGRESS, actor=actor)
    assert [s.excerpt.shown_text for s in item.sources] == [
        source.words for source in document.items[0].sources
    ]
    assert item.sources[1].excerpt.contribution.decision.kind is DecisionKind.MASKED


def test_the_next_version_cites_the_same_sources_by_the_same_references(session, actor):
    document = published()
    restore(session, document, actor)
    roadmap = ensure_region(session)
    after = publication.publish(session, roadmap=roadmap, actor=actor)
    assert after.number == document.version + 1
    (item,) = snapshots.document_of(after).items
    before = document.items[0]
    same = ("reference", "title", "strand", "finding", "lead", "partners", "territories", "measure")
    same += ("milestones", "indicators", "budget", "links", "decisions", "priority", "amendments")
    assert [getattr(item, name) for name in same] == [getattr(before, name) for name in same]
    assert [(s.reference, s.words, s.table, s.masked) for s in item.sources] == [
        (s.reference, s.words, s.table, s.masked) for s in before.sources
    ]
    assert roadmap.title == document.title


def test_what_people_say_next_gets_a_number_of_its_own(session, actor):
    restore(session, published(), actor)
    builders.workshop(session)
    said = builders.contribution(session)
    assert said.excerpts[0].id == 8
    group = builders.group(session, builders.GROUP)
    assert items.next_reference(session, group.roadmap, group) == "52-AAD-004"


def test_references_of_another_kind_get_new_numbers(session, actor):
    sources = (documents.source(1, reference="A"), documents.source(2, workshop_code="TROP-LONG"))
    rows = restore(session, published(ready(sources=sources)), actor).rows
    assert rows.sources == 2
    assert session.scalar(select(func.count()).select_from(Excerpt)) == 2
    assert {len(code) for code in session.scalars(select(Workshop.code))} == {6}


def test_an_item_that_lacks_a_field_comes_back_as_a_draft(session, actor):
    rows = restore(session, published(ready(sources=())), actor).rows
    assert rows.drafts == 1
    assert session.scalars(select(RoadmapItem.status)).one() is ItemStatus.DRAFT


def altered(document):
    return json_file.dumps(document).replace("Conseil régional".encode(), b"Conseil", 1)


LONG = ready(title="x" * 201)
REFUSED = {
    "altered": altered(published()),
    "draft": json_file.dumps(published(draft=True)),
    "json": b"[]",
    "large": b" " * (MAX_BYTES + 1),
    "values": json_file.dumps(published(LONG)),
}


@pytest.mark.parametrize(("problem", "content"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_come_back_is_refused_and_nothing_is_stored(session, actor, problem, content):
    with pytest.raises(RefusedRoadmapError) as caught, session.begin_nested():
        restore_roadmap(session, content=content, actor=actor)
    assert caught.value.problem == problem
    for kind in (RoadmapVersion, RoadmapItem, Contribution, Workshop):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"version": 2**31},
        {"region": ""},
        {"title": "x" * 201},
        {"chapters": (documents.document().chapters[0],) * 2},
    ],
    ids=str,
)
def test_values_that_have_no_place_are_refused(session, actor, changes):
    document = json_file.sealed(dataclasses.replace(published(), **changes))
    with pytest.raises(RefusedRoadmapError), session.begin_nested():
        restore(session, document, actor)


@pytest.mark.parametrize(
    "parts",
    [
        {"budget": (BudgetLine(year=1500, funder="État", amount=1),)},
        {"budget": (BudgetLine(year=2024, funder="", amount=1),)},
        {"links": (Link(kind="pacte local", title="x", url="javascript://x.org/%0a1"),)},
        {"indicators": (documents.indicator(measurements=(HUGE,)),)},
        {"indicators": (documents.indicator(measurements=(ONCE, ONCE)),)},
    ],
    ids=("year", "funder", "script", "value", "twice"),
)
def test_parts_that_have_no_place_are_refused(session, actor, parts):
    with pytest.raises(RefusedRoadmapError), session.begin_nested():
        restore(session, published(ready(**parts)), actor)


def test_the_schema_of_another_release_is_refused(session, actor):
    content = json_file.dumps(published()).replace(b'"schema_version":1', b'"schema_version":2')
    with pytest.raises(UnknownSchemaError):
        restore_roadmap(session, content=content, actor=actor)


def test_an_instance_that_is_not_empty_is_left_alone(session, actor):
    restore(session, published(), actor)
    with pytest.raises(NotEmptyError):
        restore(session, published(), actor)
    assert session.scalar(select(func.count()).select_from(RoadmapVersion)) == 1


def test_an_instance_that_has_a_workshop_is_not_empty(session, actor):
    builders.workshop(session)
    with pytest.raises(NotEmptyError):
        restore(session, published(), actor)


def test_the_journal_says_what_came_back(session, actor):
    document = published()
    restore(session, document, actor)
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == "roadmap.restore")).one()
    assert line.details == document.sha256
