"""Every contribution has one outcome, and the sums match."""

import pytest
from sqlalchemy import update

from tests import builders
from webapp.collection import contributions
from webapp.collection.models import DecisionKind, ModerationDecision
from webapp.review.ledger import OUTCOMES, Ledger, LedgerLine, read_ledger
from webapp.review.models import ClusterMember

pytestmark = pytest.mark.both_databases("sums over conditions")

CODES = ("ABCDEF", "GHJKLM")


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def workshops(session):
    return [builders.workshop(session, code=code) for code in CODES]


def ledger_of(session):
    return read_ledger(session, group_ids=[builders.group(session).id])


def test_each_fate_is_counted_in_its_workshop(session, workshops, facilitator):
    grouped, masked, alone, unread, left, aside, new = (
        builders.published(session, f"Idée {n}", actor=facilitator) for n in range(7)
    )
    builders.decide(
        session,
        masked,
        DecisionKind.MASKED,
        actor=facilitator,
        reason="Nom",
        masked_body="Idée",
    )
    builders.cluster(session, grouped, masked, alone)
    isolate(session, alone)
    builders.decide(session, unread, DecisionKind.PENDING, actor=facilitator)
    contributions.withdraw(session, receipt=left.receipt, now=builders.NOW)
    builders.decide(session, aside, DecisionKind.SET_ASIDE, actor=facilitator, reason="Doublon")
    builders.contribution(session, "Ailleurs", code="GHJKLM")
    first, second = ledger_of(session).lines
    assert (first.code, first.received) == ("ABCDEF", 7)
    assert first.outcomes == {
        "grouped": 2,
        "isolated": 1,
        "set_aside": 1,
        "withdrawn": 1,
        "pending": 2,  # one to read again, and one that no run has seen: ``new``
    }
    assert new.decision.kind is DecisionKind.PUBLISHED
    assert (second.received, second.outcomes["pending"]) == (1, 1)
    assert ledger_of(session).closes


def test_the_total_is_the_sum_of_the_lines(session, workshops):
    for code in ("ABCDEF", "GHJKLM", "GHJKLM"):
        builders.contribution(session, code=code)
    total = ledger_of(session).total
    assert (total.received, total.outcomes["pending"]) == (3, 3)
    assert total.closes


def test_a_suggestion_is_still_to_be_treated(session, workshops, facilitator):
    said = builders.published(session, actor=facilitator)
    builders.cluster(session, said)
    session.execute(update(ClusterMember).values(placed_by="suggested"))
    assert ledger_of(session).total.outcomes["pending"] == 1


def test_another_working_group_has_its_own_ledger(session, workshops):
    builders.workshop(session, code="NPQRST", slug=builders.OTHER_GROUP)
    builders.contribution(session, code="NPQRST")
    assert ledger_of(session).total.received == 0


def test_an_instance_without_a_workshop_closes_on_nothing(session):
    ledger = ledger_of(session)
    assert ledger.lines == ()
    assert ledger.total.received == 0
    assert ledger.closes


def test_a_contribution_that_lost_its_decision_keeps_the_ledger_from_closing(session, workshops):
    builders.contribution(session)
    session.execute(update(ModerationDecision).values(is_current=False))
    ledger = ledger_of(session)
    assert (ledger.total.received, sum(ledger.total.outcomes.values())) == (1, 0)
    assert not ledger.closes


def test_two_faults_that_cancel_out_in_the_total_are_still_seen():
    nowhere = dict.fromkeys(OUTCOMES, 0)
    lost = LedgerLine("ABCDEF", "Atelier", 1, nowhere)
    counted_twice = LedgerLine("GHJKLM", "Atelier", 1, nowhere | {"grouped": 2})
    ledger = Ledger((lost, counted_twice))
    assert ledger.total.closes
    assert not ledger.closes


def isolate(session, contribution):
    session.execute(
        update(ClusterMember)
        .where(ClusterMember.excerpt_id == contribution.excerpts[0].id)
        .values(cluster_id=None)
    )
    session.expire_all()
