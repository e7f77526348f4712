"""Local roadmaps: one item, told by the region and by those who take it up."""

from dataclasses import replace
from datetime import date

import pytest

from tests import builders
from webapp.exceptions import (
    DateOrderError,
    DuplicateError,
    EmptyTextError,
    NotFoundError,
    NothingToPublishError,
    SelectionError,
)
from webapp.publishing import publication, snapshots
from webapp.roadmap import local_roadmaps
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps
from webapp.territory.models import Territory

FIELDS = RoadmapFields(
    title="Pacte local de la Mayenne",
    territory=Territory.MAYENNE,
    starts_on=date(2024, 1, 1),
    ends_on=date(2027, 12, 31),
)


@pytest.fixture
def item(session, commissioner):
    builders.workshop(session)
    said = builders.published(session, actor=commissioner)
    built = builders.item(session, actor=commissioner, contributions=[said])
    builders.move(session, built, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=commissioner)
    return built


def test_a_territory_has_one_roadmap(session, item, actor):
    made = local_roadmaps.create(session, fields=FIELDS, actor=actor)
    assert (made.slug, made.region, made.code) == ("mayenne", "Mayenne", "53")
    assert local_roadmaps.list_local(session) == [made]
    for changes, error in (
        ({}, DuplicateError),
        ({"title": " "}, EmptyTextError),
        ({"ends_on": date(2023, 1, 1)}, DateOrderError),
    ):
        with pytest.raises(error):
            local_roadmaps.create(session, fields=replace(FIELDS, **changes), actor=actor)


def test_the_regional_roadmap_is_not_a_local_one(session, item):
    with pytest.raises(NotFoundError):
        local_roadmaps.get_local(session, slug=item.roadmap.slug)
    assert roadmaps.main_roadmap(session) is item.roadmap


def test_an_item_taken_up_is_told_by_both(session, item, actor, commissioner):
    local = local_roadmaps.create(session, fields=FIELDS, actor=actor)
    assert local_roadmaps.list_offered(session, roadmap=local) == [item]
    for expected in (1, 0):
        count = local_roadmaps.take_up(session, roadmap=local, chosen=[item], actor=actor)
        assert count == expected
    assert local_roadmaps.list_offered(session, roadmap=local) == []
    version = publication.publish(session, roadmap=local, actor=actor)
    publication.publish(session, roadmap=item.roadmap, actor=actor)
    here, there = (snapshots.document_of(v) for v in (version, item.roadmap.latest))
    assert here.items == there.items
    assert (here.region, here.version, here.title) == ("Mayenne", 1, FIELDS.title)
    assert here.ledger == there.ledger
    builders.move(session, item, ItemStatus.IN_PROGRESS, actor=commissioner)
    local_roadmaps.give_back(session, roadmap=local, item=item, actor=actor)
    assert local_roadmaps.list_taken(session, roadmap=local) == []
    assert snapshots.document_of(version).items[0].status == "adopted"


def test_nothing_is_taken_up_nor_published_by_mistake(session, item, actor):
    local = local_roadmaps.create(session, fields=FIELDS, actor=actor)
    with pytest.raises(SelectionError):
        local_roadmaps.take_up(session, roadmap=local, chosen=[], actor=actor)
    with pytest.raises(NothingToPublishError):
        publication.publish(session, roadmap=local, actor=actor)


def test_what_concerns_the_territory_comes_first(session, item, actor, commissioner):
    near = builders.item(session, actor=commissioner)
    near.territories = ("53",)
    local = local_roadmaps.create(session, fields=FIELDS, actor=actor)
    assert local_roadmaps.list_offered(session, roadmap=local) == [near, item]
