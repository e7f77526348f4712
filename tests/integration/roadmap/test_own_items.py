"""Items that a local roadmap wrote for itself: adopted without sources, told nowhere else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests import builders
from webapp.exceptions import ConflictError, EmptyTextError, IncompleteItemError, LocalItemError
from webapp.imports import items as item_files
from webapp.imports.item_rows import guess_columns
from webapp.imports.items import Request
from webapp.imports.reading import read_table
from webapp.moderation import redaction, redaction_matching
from webapp.platform.models import AuditEntry
from webapp.publishing import exports, publication, reports, snapshots, versions
from webapp.publishing.documents.formats import FORMATS
from webapp.review.models import ClusterStatus
from webapp.roadmap import (
    batch_edits,
    items,
    local_roadmaps,
    meetings,
    organisations,
    progress,
    sources,
)
from webapp.roadmap.batch_edits import Batch
from webapp.roadmap.models import ItemStatus, Priority, RoadmapItem, Verdict
from webapp.territory.models import Territory

ADOPTED = (ItemStatus.SUBMITTED, ItemStatus.ADOPTED)


@pytest.fixture
def regional(session, commissioner):
    builders.workshop(session)
    said = builders.published(session, actor=commissioner)
    built = builders.item(session, actor=commissioner, contributions=[said])
    builders.move(session, built, *ADOPTED, actor=commissioner)
    return built


@pytest.fixture
def local(session, regional, commissioner):
    return builders.local_roadmap(session, actor=commissioner)


@pytest.fixture
def own(session, local, commissioner):
    return builders.own_item(session, local, actor=commissioner)


def test_it_is_numbered_by_its_roadmap_in_the_theme_of_a_group(session, local, actor):
    group = builders.group(session)
    made = [
        local_roadmaps.add_own(session, roadmap=local, group=group, title=title, actor=actor)
        for title in ("Un minibus", "Un camion")
    ]
    assert [item.reference for item in made] == ["72-AAD-001", "72-AAD-002"]
    assert all(item.is_own and local.owns_reference(item.reference) for item in made)
    assert made[0].territories == ("72",)
    assert local_roadmaps.list_own(session) == local_roadmaps.list_own(session, roadmap=local)
    assert local_roadmaps.list_own(session) == made
    acts = session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "item.add_own"))
    assert list(acts) == ["item:72-AAD-001", "item:72-AAD-002"]
    with pytest.raises(EmptyTextError):
        local_roadmaps.add_own(session, roadmap=local, group=group, title=" \n", actor=actor)


def test_it_is_adopted_without_a_source_but_not_without_a_lead(session, own, actor, commissioner):
    builders.move(session, own, ItemStatus.SUBMITTED, actor=commissioner)
    fields = items.fields_of(own, lead="")
    with pytest.raises(IncompleteItemError) as refused:
        items.save(session, item=own, fields=fields, actor=actor)
    assert refused.value.missing == ("lead",)
    session.refresh(own)
    builders.move(session, own, ItemStatus.ADOPTED, ItemStatus.IN_PROGRESS, actor=commissioner)
    builders.parts(session, own, actor=commissioner)
    assert own.status is ItemStatus.IN_PROGRESS
    assert sources.without_sources(session, items=[own]) == frozenset()


def test_an_empty_one_is_not_submitted(session, local, actor, commissioner):
    group = builders.group(session)
    bare = local_roadmaps.add_own(
        session, roadmap=local, group=group, title="Un minibus", actor=actor
    )
    with pytest.raises(IncompleteItemError) as refused:
        builders.move(session, bare, ItemStatus.SUBMITTED, actor=commissioner)
    assert refused.value.missing == ("strand", "finding", "objective", "lead", "due_date")


@pytest.mark.both_databases("constraints")
def test_the_database_still_asks_a_source_of_a_regional_item(session, own, commissioner):
    """Whatever a service would do: the trigger tells one from the other."""
    bare = builders.item(session, actor=commissioner)
    session.delete(bare.sources[0])
    session.flush()
    adopt = update(RoadmapItem).values(status="adopted")
    session.execute(adopt.where(RoadmapItem.id == own.id))
    with pytest.raises(IntegrityError, match="roadmap_item_adopted_has_source"):
        session.execute(adopt.where(RoadmapItem.id == bare.id))


@pytest.mark.both_databases("versions of rows")
def test_two_people_do_not_write_over_each_other(session, own, actor):
    read = own.version
    items.save(session, item=own, fields=items.fields_of(own, measure="2.1"), actor=actor)
    late = replace(actor, version=read)
    with pytest.raises(ConflictError):
        items.save(session, item=own, fields=items.fields_of(own, measure="2.2"), actor=late)
    assert own.measure == "2.1"


def test_nothing_of_the_region_lists_it(session, own, regional, actor, commissioner):
    main, group_id = regional.roadmap_id, own.working_group_id
    assert own not in items.list_items(session, roadmap_id=main)
    assert own not in items.list_drafts(session, group_id=group_id)
    builders.move(session, own, ItemStatus.SUBMITTED, actor=commissioner)
    meeting = builders.meeting(session, actor=commissioner)
    assert [point.item for point in meeting.agenda] == [None]
    assert meetings.waiting(session, meeting=meeting) == []
    builders.move(session, own, ItemStatus.ADOPTED, ItemStatus.IN_PROGRESS, actor=commissioner)
    builders.parts(session, own, actor=commissioner)
    year = date(2040, 1, 1)
    late = progress.read_late(session, roadmap_id=main, today=year)
    assert (late.items, late.milestones) == ([regional], [])
    since = builders.NOW.replace(year=2020)
    changes = progress.read_changes(session, roadmap_id=main, since=since, until=builders.NOW)
    assert {step.item for step in changes.transitions} == {regional}
    assert (changes.measurements, changes.milestones) == ([], [])
    told = reports.overview(session, roadmap=regional.roadmap, today=year)
    assert told.items == (regional,)
    for draft in (False, True):
        document = snapshots.build_document(
            session, roadmap=regional.roadmap, number=1, now=builders.NOW, draft=draft
        )
        assert [item.reference for item in document.items] == [regional.reference]
    there = progress.read_late(session, roadmap_id=own.roadmap_id, today=year)
    assert (there.items, len(there.milestones)) == ([own], 1)


def test_nothing_of_the_region_takes_it(session, own, regional, actor, commissioner):
    meeting = builders.meeting(session, actor=commissioner)
    accepted = builders.cluster(session, status=ClusterStatus.ACCEPTED)
    draft = builders.item(session, actor=commissioner)
    refused = (
        lambda: meetings.add_point(session, meeting=meeting, item=own, actor=actor),
        lambda: meetings.decide(
            session, meeting=meeting, item=own, verdict=Verdict.ADOPT, actor=actor
        ),
        lambda: items.add_source(session, item=own, cluster=accepted, actor=actor),
        lambda: batch_edits.merge(session, chosen=[draft, own], reason="", actor=actor),
        lambda: batch_edits.save_many(
            session, chosen=[draft, own], batch=Batch(priority=Priority.HIGH), actor=actor
        ),
    )
    for act in refused:
        with pytest.raises(LocalItemError):
            act()
    assert (own.priority, draft.status) == (Priority.NONE, ItemStatus.DRAFT)


def test_no_other_pact_takes_it_up(session, own, local, regional, actor):
    fields = local_roadmaps.RoadmapFields(
        title="Pacte local de la Mayenne",
        territory=Territory.MAYENNE,
        starts_on=date(2024, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    other = local_roadmaps.create(session, fields=fields, actor=actor)
    assert local_roadmaps.list_offered(session, roadmap=other) == [regional]
    assert local_roadmaps.list_own(session, roadmap=other) == []
    for roadmap in (other, local):
        with pytest.raises(LocalItemError):
            local_roadmaps.take_up(session, roadmap=roadmap, chosen=[regional, own], actor=actor)
        with pytest.raises(LocalItemError):
            local_roadmaps.give_back(session, roadmap=roadmap, item=own, actor=actor)
    assert local_roadmaps.list_taken(session, roadmap=other) == []


def test_a_pact_tells_its_own_first(session, own, local, regional, actor, commissioner):
    regional.priority = Priority.HIGH
    local_roadmaps.take_up(session, roadmap=local, chosen=[regional], actor=actor)
    builders.move(session, own, *ADOPTED, actor=commissioner)
    version = publication.publish(session, roadmap=local, actor=actor)
    document = snapshots.document_of(version)
    assert [item.reference for item in document.items] == [own.reference, regional.reference]
    assert document.items[0].sources == ()
    assert document.participation.provenance.contributions == 1  # what the other answers
    assert document.items[0].status == "adopted"


def test_a_pact_of_its_own_items_alone_is_a_whole_document(
    session, own, local, actor, commissioner
):
    """It claims nothing of what the region heard."""
    builders.move(session, own, *ADOPTED, actor=commissioner)
    version = publication.publish(session, roadmap=local, actor=actor)
    document = snapshots.document_of(version)
    assert document.participation.provenance.contributions == 0
    assert (document.ledger.lines, document.method.runs) == ((), ())
    made = {name: exports.render_version(session, version, name=name) for name in FORMATS}
    assert all(made.values())
    assert "Aucune proposition publiée n’est à l’origine de cette fiche" in made["html"].decode()
    assert "ne s’appuie sur aucune contribution recueillie ici" in made["html"].decode()


def test_a_withdrawn_version_leaves_it_where_it_is(
    session, own, local, regional, actor, commissioner
):
    builders.move(session, own, *ADOPTED, actor=commissioner)
    version = publication.publish(session, roadmap=local, actor=actor)
    publication.publish(session, roadmap=regional.roadmap, actor=actor)
    versions.withdraw(session, roadmap=local, number=version.number, reason="Erreur", actor=actor)
    assert local.latest is None
    assert regional.roadmap.latest is not None
    assert local_roadmaps.list_own(session, roadmap=local) == [own]
    assert own.status is ItemStatus.ADOPTED


def test_the_directory_writes_and_keeps_the_name_of_its_lead(session, own, actor):
    (found,) = (
        entry
        for entry in organisations.list_entries(session)
        if entry.organisation.name == "Département"
    )
    assert found.leads == (own,)
    fields = organisations.OrganisationFields(name="Département de la Sarthe")
    organisations.save_organisation(
        session, organisation=found.organisation, fields=fields, actor=actor
    )
    assert own.lead == "Département de la Sarthe"


def test_an_erasure_reaches_it(session, own):
    own.finding = "Mme Durand attend un bus devant la mairie. Rien d’autre."
    matcher = redaction_matching.build(["Mme Durand attend un bus devant la mairie"], others=())
    redaction.remove(session, group_id=own.working_group_id, matcher=matcher)
    assert "Durand" not in own.finding


def test_a_row_that_bears_its_reference_is_not_known_to_the_region(session, own, actor):
    table = read_table(f"Référence;Intitulé\n{own.reference};Des bus\n".encode(), name="f.csv")
    request = Request(
        table=table, columns=guess_columns(table.columns), group=builders.group(session)
    )
    report = item_files.import_items(session, request=request, actor=actor)
    assert (report.stored, report.known) == (1, 0)
    made = session.scalars(select(RoadmapItem).order_by(RoadmapItem.id.desc())).first()
    assert not made.is_own
    assert made.reference.startswith("52-")
