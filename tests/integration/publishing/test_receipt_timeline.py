"""What the receipt's page tells, at each step of an idea's way."""

import pytest
from sqlalchemy import update

from tests import builders
from webapp.collection import contributions
from webapp.collection.models import DecisionKind
from webapp.publishing import publication, receipt_timeline
from webapp.publishing.receipt_timeline import StepKind
from webapp.review import clusters
from webapp.review.models import ClusterMember, ClusterStatus
from webapp.roadmap import indicators, items
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.roadmap.models import ItemSource, ItemStatus

K = StepKind


@pytest.fixture
def said(session):
    builders.workshop(session)
    return builders.contribution(session)


@pytest.fixture
def published(session, said, commissioner):
    builders.decide(session, said, DecisionKind.PUBLISHED, actor=commissioner)
    return said


def steps(session, contribution):
    session.flush()
    session.expire_all()
    return receipt_timeline.trace(session, contribution=contribution)


def reached(session, contribution):
    return [step.kind for step in steps(session, contribution) if step.done]


def test_first_it_is_received_and_the_rest_is_to_come(session, said):
    way = steps(session, said)
    assert [step.kind for step in way] == list(StepKind)
    assert [step.done for step in way] == [True, False, False, False, False]
    assert (way[0].at, way[1].at) == (builders.NOW, None)


def test_then_somebody_decides(session, published):
    assert reached(session, published) == [K.RECEIVED, K.DECIDED]
    assert steps(session, published)[1].state == "published"


def test_what_is_set_aside_ends_there_with_its_reason(session, said, commissioner):
    builders.decide(
        session, said, DecisionKind.SET_ASIDE, actor=commissioner, reason="Hors du sujet"
    )
    received, decided = steps(session, said)
    assert received.done
    assert (decided.state, decided.reason) == ("set_aside", "Hors du sujet")


def test_what_is_withdrawn_ends_there(session, published):
    contributions.withdraw(session, receipt=published.receipt, now=builders.NOW)
    assert [step.state for step in steps(session, published)] == ["", "withdrawn"]


def test_then_it_is_in_a_proposed_group(session, published):
    group = builders.cluster(session, published)
    group.run.finished_at = builders.NOW
    grouped = steps(session, published)[2]
    assert (grouped.done, grouped.state, grouped.at) == (True, "proposed", builders.NOW)
    assert grouped.title == group.title


def test_a_suggestion_is_not_yet_a_place(session, published):
    builders.cluster(session, published)
    session.execute(update(ClusterMember).values(placed_by="suggested"))
    assert reached(session, published) == [K.RECEIVED, K.DECIDED]


def test_an_isolated_idea_is_told_so(session, published):
    builders.cluster(session, published)
    session.execute(update(ClusterMember).values(cluster_id=None))
    assert steps(session, published)[2].state == "isolated"


def test_an_isolated_idea_is_not_given_the_item_of_another(session, published, actor):
    """An item may answer one excerpt without a group: that excerpt, not every isolated one."""
    owner = items.promote(
        session, cluster=builders.cluster(session, status=ClusterStatus.ACCEPTED), actor=actor
    )
    alone = contributions.get_by_receipt(
        session, receipt=builders.contribution(session, "Seule").receipt
    )
    source = ItemSource(item_id=owner.id, excerpt_id=alone.excerpts[0].id)
    session.add(source)
    assert reached(session, published) == [K.RECEIVED, K.DECIDED]
    assert K.PROMOTED in reached(session, alone)


def test_then_a_person_accepts_the_group(session, published, actor):
    group = builders.cluster(session, published)
    clusters.accept(session, cluster=group, title=group.title, actor=actor)
    grouped = steps(session, published)[2]
    assert (grouped.state, grouped.at) == ("accepted", builders.NOW)


def test_then_it_feeds_an_item_and_the_item_is_published(session, published, commissioner, actor):
    item = builders.item(session, actor=commissioner, contributions=[published])
    promoted, to_publish = steps(session, published)[3:]
    assert (promoted.state, promoted.reference) == ("draft", item.reference)
    assert not to_publish.done
    builders.move(session, item, ItemStatus.SUBMITTED, actor=commissioner)
    publication.publish(session, roadmap=item.roadmap, actor=actor)
    publication.publish(session, roadmap=item.roadmap, actor=actor)
    drafted, submitted, done = steps(session, published)[3:]
    assert (drafted.state, submitted.state) == ("draft", "submitted")
    assert (done.done, done.title, done.at) == (True, "1", builders.NOW)
    assert set(reached(session, published)) == set(StepKind)


def test_then_each_state_of_the_item_is_told_with_its_date_up_to_what_it_reached(
    session, published, commissioner, actor
):
    item = builders.item(session, actor=commissioner, contributions=[published])
    fields = IndicatorFields(name="Lignes du dimanche", baseline=0.0, target=3.0)
    indicator = indicators.add_indicator(session, item=item, fields=fields, actor=actor)
    way = (ItemStatus.SUBMITTED, ItemStatus.ADOPTED, ItemStatus.IN_PROGRESS)
    builders.move(session, item, *way, actor=commissioner)
    value = Value(on=builders.NOW.date(), value=4.0)
    indicators.measure(session, indicator=indicator, values=[value], actor=actor)
    builders.move(session, item, ItemStatus.DONE, actor=commissioner)
    told = [step for step in steps(session, published) if step.kind is K.PROMOTED]
    assert [step.state for step in told] == ["draft", *way, "done"]
    assert {step.at for step in told} == {builders.NOW}
    assert told[-1].reached == ("Lignes du dimanche",)


def test_an_abandoned_item_says_why(session, published, commissioner):
    item = builders.item(session, actor=commissioner, contributions=[published])
    builders.move(session, item, ItemStatus.ABANDONED, actor=commissioner)
    told = [step for step in steps(session, published) if step.kind is K.PROMOTED]
    assert (told[-1].state, told[-1].reason) == ("abandoned", "Un financement manque")
