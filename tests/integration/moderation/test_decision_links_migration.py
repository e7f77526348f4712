"""Pauses, surges and acts were tied to decisions by reasons and instants; now by identifiers."""

import pytest
from sqlalchemy import text

from tests import builders
from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import DecisionKind, HeldContribution
from webapp.moderation import rate_limits, surges
from webapp.platform import schema
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.review import moves

pytestmark = pytest.mark.both_databases("a migration with data")

LINKS = (
    "SELECT 'pause', decision_id FROM pause_decision"
    " UNION ALL SELECT 'surge', decision_id FROM surge_decision"
    " UNION ALL SELECT 'review', decision_id FROM review_decision ORDER BY 1, 2"
)
HELD = "SELECT contribution_id, reason FROM held_contribution ORDER BY contribution_id"


def rows(query):
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def say(session, body, device):
    return contributions.submit_contribution(
        session,
        code="ABCDEF",
        body=body,
        key=body,
        now=builders.NOW,
        details=Details(token=device),
    )


@pytest.fixture
def decided(app):
    """A paused device, a surge set aside but for one idea still to read, an excerpt set aside."""
    with app.app_context():
        with transaction() as session:
            group_id = builders.workshop(session).working_group_id
            user = builders.user(session)
            actor = Actor(id=user.id, now=builders.NOW)
            robot = say(session, "Un robot", "robot")
            rate_limits.pause(session, contribution=robot, reason="Trop d’envois", actor=actor)
            held = say(session, "Une rafale", "autre")
            session.add(HeldContribution(contribution_id=held.id))
        surges.sort(
            transaction, group_id=group_id, reason="Rafale", actor_id=actor.id, now=actor.now
        )
        with transaction() as session:
            later = say(session, "Une autre rafale", "encore")
            session.add(HeldContribution(contribution_id=later.id))
            shown = builders.contribution(session, "Une idée hors sujet")
            builders.decide(session, shown, DecisionKind.PUBLISHED, actor=user)
            moves.set_aside(session, excerpt=shown.excerpts[0], actor=actor, reason="Hors sujet")
        ids = {"held": held.id, "later": later.id}
        db.session.rollback()  # a table that is read cannot be dropped
        yield ids


def test_going_back_restores_the_reasons_and_returning_finds_the_same_decisions(decided):
    before = rows(LINKS)
    assert [kind for kind, _ in before] == ["pause", "review", "surge"]
    schema.downgrade(db.engine, "0026")
    assert rows(HELD) == [(decided["held"], "Rafale"), (decided["later"], "")]
    schema.upgrade(db.engine)
    schema.check_schema(db.engine)
    assert rows(LINKS) == before
