"""What waits on the commissioner's desk, how its items are filtered and sorted, its calendar."""

from datetime import date

import pytest

from webapp.roadmap import item_calendar, item_search
from webapp.roadmap.item_search import NOBODY, Criteria, Order, SortKey, Waiting
from webapp.roadmap.models import ItemSource, ItemStatus, Milestone, Priority, RoadmapItem
from webapp.territory.models import WorkingGroup

TODAY = date(2026, 5, 10)
GROUP = WorkingGroup(slug="transition", name="Transition", roadmap_id=1)


def an_item(reference="52-AAD-001", **fields):
    complete = {
        "title": "Un bus le dimanche",
        "strand": "3",
        "finding": "Constat",
        "objective": "Objectif",
        "lead": "Aléop",
        "due_date": date(2026, 6, 30),
        "status": ItemStatus.DRAFT,
        "priority": Priority.NONE,
        "sources": [ItemSource(cluster_id=1)],
    }
    empty = {"measure": "", "description": "", "partners": (), "roadmap_id": 1}
    return RoadmapItem(reference=reference, working_group=GROUP, **empty | complete | fields)


def waits(**fields):
    return item_search.waits_for(an_item(**fields), TODAY)


@pytest.mark.parametrize("status", ItemStatus)
def test_an_item_is_late_the_day_after_its_due_date_unless_it_is_over(status):
    over = status in {ItemStatus.DONE, ItemStatus.ABANDONED}
    assert (Waiting.LATE in waits(status=status, due_date=date(2026, 5, 9))) is not over
    assert Waiting.LATE not in waits(status=status, due_date=TODAY)
    assert Waiting.LATE not in waits(status=status, due_date=None)


def test_a_submitted_item_waits_for_a_decision():
    assert waits(status=ItemStatus.SUBMITTED) == {Waiting.TO_DECIDE}


def test_a_complete_draft_is_proposed_and_any_other_is_incomplete():
    assert waits() == {Waiting.PROPOSED}
    for name in ("strand", "finding", "objective", "lead", "due_date"):
        assert waits(**{name: None}) == {Waiting.INCOMPLETE}
    assert waits(sources=[]) == {Waiting.INCOMPLETE}


@pytest.mark.parametrize("status", [ItemStatus.DONE, ItemStatus.ABANDONED])
def test_an_item_that_is_over_waits_for_nothing(status):
    assert waits(status=status, lead="", due_date=date(2020, 1, 1)) == frozenset()


def test_what_waits_is_counted_and_nothing_is_said_of_the_rest():
    late = an_item(due_date=date(2026, 1, 1))
    found = item_search.count_waiting([late, an_item(), an_item(lead="")], TODAY)
    assert found == {Waiting.LATE: 1, Waiting.INCOMPLETE: 1, Waiting.PROPOSED: 2}
    assert item_search.count_waiting([an_item(status=ItemStatus.DONE)], TODAY) == {}


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(words="DIMANCHE aleop"),
        Criteria(words="aad-002"),
        Criteria(waiting=Waiting.LATE),
        Criteria(status=ItemStatus.ADOPTED),
        Criteria(priority=Priority.HIGH),
        Criteria(strand="2"),
        Criteria(strand="2", group="transition"),
        Criteria(lead="ALÉOP"),
    ],
)
def test_each_filter_keeps_what_it_asks_for(criteria):
    wanted = an_item(
        "52-AAD-002",
        status=ItemStatus.ADOPTED,
        priority=Priority.HIGH,
        strand="2",
        due_date=date(2026, 1, 1),
    )
    other = an_item("52-AAD-003", title="Autre", lead="")
    found = item_search.choose([other, wanted], criteria, today=TODAY)
    assert list(found) == [wanted]


def test_items_without_a_lead_or_an_axis_are_found():
    nobody = an_item(lead="", strand=None)
    for criteria in (Criteria(lead=NOBODY), Criteria(strand=NOBODY)):
        assert item_search.choose([an_item(), nobody], criteria, today=TODAY) == [nobody]
    assert item_search.choose([nobody], Criteria(group="autre"), today=TODAY) == []


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", [SortKey.DUE_DATE, SortKey.LEAD, SortKey.STRAND, SortKey.PRIORITY])
def test_empty_cells_are_last_in_both_directions(key, descending):
    empty = an_item("52-AAD-000", lead="", strand=None, due_date=None)
    low = an_item("52-AAD-002", priority=Priority.HIGH)
    high = an_item(
        "52-AAD-001", lead="Zest", strand="4", due_date=date(2027, 1, 1), priority=Priority.LOW
    )
    found = item_search.ordered([empty, low, high], Order(key, descending))
    assert found == [*((high, low) if descending else (low, high)), empty]


@pytest.mark.parametrize("key", SortKey)
def test_equal_cells_stay_by_reference(key):
    listed = [an_item(f"52-AAD-00{number}") for number in (3, 1, 2)]
    found = item_search.ordered(listed, Order(key))
    assert [item.reference[-1] for item in found] == ["1", "2", "3"]


def milestones():
    return [
        Milestone(title="Signer", due_date=date(2026, 2, 1), done_on=None),
        Milestone(title="Ouvrir", due_date=date(2026, 5, 1), done_on=date(2026, 5, 2)),
    ]


def test_the_calendar_tells_the_late_from_the_met_and_where_today_is():
    item = an_item(status=ItemStatus.IN_PROGRESS, milestones=milestones())
    before, since = item_calendar.read([item], today=TODAY)
    assert [(q.year, q.number, q.late) for q in before] == [(2026, 1, 1)]
    present = since[0]
    assert (present.number, present.is_present) == (2, True)
    assert [(e.milestone and e.milestone.title, e.met) for e in present.past] == [("Ouvrir", True)]
    assert [(e.on, e.late) for e in present.coming] == [(date(2026, 6, 30), False)]


def test_an_abandoned_item_has_nothing_late_and_today_is_in_an_empty_calendar():
    item = an_item(status=ItemStatus.ABANDONED, due_date=date(2026, 1, 1), milestones=milestones())
    before, _ = item_calendar.read([item], today=TODAY)
    assert sum(quarter.late for quarter in before) == 0
    assert [q.is_present for q in item_calendar.read([], today=TODAY)[1]] == [True]
