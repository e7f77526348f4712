"""Arranging: many items at once, put together, taken apart, ordered; and their small parts."""

from datetime import date

import pytest

from tests import builders
from webapp.collection.models import WorkshopKind
from webapp.exceptions import (
    DateOrderError,
    EmptyTextError,
    IncompleteItemError,
    ItemSubmittedError,
    ReasonRequiredError,
    SelectionError,
)
from webapp.publishing import receipt_timeline, snapshots
from webapp.review.models import ClusterStatus
from webapp.roadmap import batch_edits, budgets, items, links, milestones
from webapp.roadmap.batch_edits import Batch
from webapp.roadmap.budgets import BudgetFields
from webapp.roadmap.links import LinkFields
from webapp.roadmap.milestones import MilestoneFields
from webapp.roadmap.models import ItemStatus, LinkKind, Priority
from webapp.territory.models import Strand

S = ItemStatus


@pytest.fixture
def said(session, commissioner):
    builders.workshop(session)
    return [builders.published(session, idea, actor=commissioner) for idea in builders.IDEAS[:3]]


@pytest.fixture
def two(session, commissioner, said):
    return [builders.item(session, actor=commissioner, contributions=[one]) for one in said[:2]]


def merge(session, chosen, actor, reason="Réunie"):
    return batch_edits.merge(session, chosen=chosen, reason=reason, actor=actor)


def built(session, roadmap):
    return snapshots.build_document(
        session, roadmap=roadmap, number=1, now=builders.NOW, draft=True
    )


def test_many_items_change_at_once(session, two, actor):
    batch = Batch(strand=Strand.WORK, priority=Priority.HIGH, due_date=date(2026, 1, 1))
    assert batch_edits.save_many(session, chosen=two, batch=batch, actor=actor) == 2
    changed = {(i.strand, i.priority, i.due_date, i.lead) for i in two}
    assert changed == {(Strand.WORK, Priority.HIGH, date(2026, 1, 1), "Région Pays de la Loire")}


def test_a_decided_item_among_many_asks_for_a_reason(session, two, commissioner, actor):
    builders.move(session, two[0], S.SUBMITTED, S.ADOPTED, actor=commissioner)
    batch, reason = Batch(lead="Aléop"), "Aléop reprend la ligne"
    with pytest.raises(ReasonRequiredError), session.begin_nested():
        batch_edits.save_many(session, chosen=two, batch=batch, actor=actor)
    batch_edits.save_many(session, chosen=two, batch=batch, actor=actor, reason=reason)
    assert [[(a.fields, a.reason) for a in item.amendments] for item in two] == [
        [(("lead",), reason)],
        [],
    ]


def test_nothing_chosen_or_nothing_to_change_is_refused(session, two, actor):
    for chosen, batch in (([], Batch(priority=Priority.LOW)), (two, Batch())):
        with pytest.raises(SelectionError):
            batch_edits.save_many(session, chosen=chosen, batch=batch, actor=actor)


def test_a_change_that_one_item_cannot_take_changes_none(session, two, actor, commissioner):
    builders.move(session, two[1], S.SUBMITTED, actor=commissioner)
    with pytest.raises(IncompleteItemError), session.begin_nested():
        batch_edits.save_many(session, chosen=two, batch=Batch(lead=""), actor=actor)
    assert [item.lead for item in two] == ["Région Pays de la Loire"] * 2


def test_merged_items_are_one_and_nobody_loses_the_way(session, two, said, actor):
    first, second = two
    assert merge(session, two, actor, "Réunie à la première.") is first
    session.expire_all()
    assert (len(first.sources), second.sources) == (2, [])
    assert (second.status, batch_edits.merged_into(session, item=second)) == (S.ABANDONED, first)
    way = receipt_timeline.trace(session, contribution=said[1])
    assert first.reference in {step.reference for step in way}
    shown = built(session, first.roadmap).items
    assert [item.reference for item in shown] == [first.reference]
    assert {source.words for source in shown[0].sources} == {one.body for one in said[:2]}


def test_items_of_one_group_not_yet_adopted_are_merged(session, two, actor, commissioner):
    with pytest.raises(SelectionError):
        merge(session, two[:1], actor)
    builders.move(session, two[0], S.SUBMITTED, S.ADOPTED, actor=commissioner)
    with pytest.raises(ItemSubmittedError):
        merge(session, two, actor)


def test_a_split_leaves_each_item_its_sources(session, two, actor):
    item = merge(session, two, actor)
    session.expire_all()
    leaving = {item.sources[1].id}
    made = batch_edits.split(session, item=item, leaving=leaving, title=" Une\nautre ", actor=actor)
    assert (made.title, made.status, made.reference) == ("Une autre", S.DRAFT, "52-AAD-003")
    assert [len(i.sources) for i in (item, made)] == [1, 1]


def test_a_split_leaves_something_on_both_sides(session, two, actor, commissioner):
    item = merge(session, two, actor)
    session.expire_all()
    every = {source.id for source in item.sources}
    for leaving in (set(), every, {-1}):
        with pytest.raises(SelectionError):
            batch_edits.split(session, item=item, leaving=leaving, title="x", actor=actor)
    with pytest.raises(EmptyTextError):
        batch_edits.split(session, item=item, leaving={min(every)}, title=" ", actor=actor)
    builders.move(session, item, S.SUBMITTED, S.ADOPTED, actor=commissioner)
    with pytest.raises(ItemSubmittedError):
        batch_edits.split(session, item=item, leaving={min(every)}, title="x", actor=actor)


def test_chapters_follow_the_axes_or_the_groups_and_the_priorities(session, two, actor):
    roadmap = two[0].roadmap
    batch_edits.save_many(
        session, chosen=[two[1]], batch=Batch(priority=Priority.HIGH), actor=actor
    )
    (chapter,) = built(session, roadmap).chapters
    assert chapter.title.startswith("Axe 3")
    assert [item.reference for item in chapter.items] == ["52-AAD-002", "52-AAD-001"]
    batch_edits.choose_basis(session, roadmap=roadmap, by_group=True, actor=actor)
    document = built(session, roadmap)
    assert (document.basis, document.chapters[0].title) == ("group", "Accès aux droits")


def test_milestones_come_before_the_item_is_due_and_are_done_by_today(session, two, actor):
    item = two[0]
    for title, due, error in (
        (" ", date(2025, 1, 1), EmptyTextError),
        ("Trop tard", date(2025, 7, 1), DateOrderError),
    ):
        with pytest.raises(error):
            fields = MilestoneFields(title=title, due_date=due)
            milestones.add_milestone(session, item=item, fields=fields, actor=actor)
    fields = MilestoneFields(title=" Signer ", due_date=date(2024, 1, 1))
    step = milestones.add_milestone(session, item=item, fields=fields, actor=actor)
    today = builders.NOW.date()
    assert (step.title, milestones.state(step, today)) == ("Signer", "late")
    with pytest.raises(DateOrderError):
        milestones.complete(session, milestone=step, on=date(2030, 1, 1), actor=actor)
    milestones.complete(session, milestone=step, on=today, actor=actor)
    assert milestones.state(step, today) == "done"
    milestones.complete(session, milestone=step, on=None, actor=actor)
    assert milestones.state(step, date(2023, 12, 31)) == "due"
    milestones.remove_milestone(session, milestone=step, actor=actor)
    assert item.milestones == []


def test_money_has_a_funder_that_the_directory_knows(session, two, actor):
    with pytest.raises(EmptyTextError):
        budgets.add_line(
            session, item=two[0], fields=BudgetFields(year=2024, funder=" ", amount=1), actor=actor
        )
    fields = BudgetFields(year=2024, funder="RÉGION PAYS DE LA LOIRE", amount=12_000)
    line = budgets.add_line(session, item=two[0], fields=fields, actor=actor)
    assert line.funder == "Région Pays de la Loire"
    budgets.remove_line(session, line=line, actor=actor)
    assert two[0].budget == []


def test_a_stand_lends_its_title_to_the_link(session, two, actor):
    stand = builders.workshop(session, code="KQSK22")
    stand.kind = WorkshopKind.STAND
    assert links.list_stands(session) == [stand]
    fields = LinkFields(kind=LinkKind.INITIATIVE, stand=stand)
    link = links.add_link(session, item=two[0], fields=fields, actor=actor)
    assert link.title == stand.title
    with pytest.raises(EmptyTextError):
        links.add_link(session, item=two[0], fields=LinkFields(kind=LinkKind.PACT), actor=actor)
    links.remove_link(session, link=link, actor=actor)
    assert two[0].links == []


def test_the_document_tells_how_an_item_advances(session, two, actor):
    item = builders.parts(session, two[0], actor=actor)
    told = built(session, item.roadmap).items[0]
    assert [line.amount for line in told.budget] == [12_000]
    assert [(link.kind, link.title) for link in told.links] == [
        ("pacte local", "Pacte local de la Sarthe")
    ]
    assert [step.title for step in told.milestones] == ["Signer la convention"]
    assert [reading.value for reading in told.indicators[0].measurements] == [1, 2]


def test_a_draft_made_beside_another_has_the_next_reference(session, two, actor):
    roadmap, group = two[0].roadmap, two[0].working_group
    made = items.draft(session, roadmap=roadmap, group=group, title="Une autre", actor=actor)
    assert (made.reference, made.working_group) == ("52-AAD-003", two[0].working_group)
    assert two[0].sources[0].cluster.status is ClusterStatus.ACCEPTED
