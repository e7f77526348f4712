"""An adopted item keeps a source that people may read; only its author may take the last one."""

import pytest
from sqlalchemy import select

from tests import builders
from webapp.collection import contributions, paper
from webapp.collection.contributions import Details
from webapp.collection.models import Channel, DecisionKind
from webapp.exceptions import LastSourceError
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.platform.text_cleaning import ERASED
from webapp.privacy import erasure
from webapp.review import moves, undo
from webapp.review.moves import Chosen
from webapp.roadmap import sources
from webapp.roadmap.models import ItemStatus

ADOPTED = (ItemStatus.SUBMITTED, ItemStatus.ADOPTED)
AWAY = (DecisionKind.SET_ASIDE, DecisionKind.PENDING)
pytestmark = pytest.mark.usefixtures("workshop")


@pytest.fixture
def said(session, commissioner):
    return [builders.published(session, idea, actor=commissioner) for idea in builders.IDEAS[:2]]


@pytest.fixture
def item(session, commissioner, said):
    return builders.item(session, actor=commissioner, contributions=said)


def adopt(session, item, actor):
    builders.move(session, item, *ADOPTED, actor=actor)


@pytest.mark.parametrize("kind", AWAY)
def test_reading_over_does_not_take_the_last_source_away(session, commissioner, said, item, kind):
    adopt(session, item, commissioner)
    builders.decide(session, said[0], kind, actor=commissioner, reason="Hors sujet")
    with pytest.raises(LastSourceError) as refused:
        builders.decide(session, said[1], kind, actor=commissioner, reason="Hors sujet")
    assert refused.value.reference == item.reference
    assert said[1].decision.kind is DecisionKind.PUBLISHED


def test_the_board_does_not_set_the_last_source_aside(session, commissioner, said, item):
    adopt(session, item, commissioner)
    who = Actor(id=commissioner.id, now=builders.NOW)
    first, last = (idea.excerpts[0] for idea in said)
    moves.set_aside(session, excerpt=first, actor=who, reason="Doublon")
    with pytest.raises(LastSourceError):
        moves.set_aside(session, excerpt=last, actor=who, reason="Doublon")


def test_masking_a_passage_keeps_the_source(session, commissioner, said, item):
    adopt(session, item, commissioner)
    for idea in said:
        builders.decide(
            session,
            idea,
            DecisionKind.MASKED,
            actor=commissioner,
            reason="Nom",
            masked_body="[passage masqué]",
        )
    assert sources.without_sources(session, items=[item]) == frozenset()


def test_a_draft_may_lose_its_sources(session, commissioner, said, item):
    for idea in said:
        builders.decide(
            session, idea, DecisionKind.SET_ASIDE, actor=commissioner, reason="Publicité"
        )
    assert sources.without_sources(session, items=[item]) == frozenset()


def test_its_author_may_always_take_a_contribution_back_and_the_item_says_so(
    session, commissioner, said, item
):
    adopt(session, item, commissioner)
    contributions.withdraw(session, receipt=said[0].receipt, now=builders.NOW)
    assert sources.without_sources(session, items=[item]) == frozenset()
    contributions.withdraw(session, receipt=said[1].receipt, now=builders.NOW)
    assert sources.without_sources(session, items=[item]) == {item.id}
    assert item.status is ItemStatus.ADOPTED


def test_correcting_a_line_of_paper_does_not_take_the_last_source_away(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    details = Details(channel=Channel.PAPER, sheet="1")
    keyed = {"code": "ABCDEF", "actor": actor, "details": details}
    line = paper.key_line(session, body="Un bus le dimanche", key="l", **keyed)
    builders.decide(session, line, DecisionKind.PUBLISHED, actor=commissioner)
    adopt(session, builders.item(session, actor=commissioner, contributions=[line]), commissioner)
    with pytest.raises(LastSourceError), session.begin_nested():
        paper.correct(
            session, line=line, body="Un car le dimanche", key="m", actor=actor, details=details
        )
    assert line.decision.kind is DecisionKind.PUBLISHED


def test_an_undo_does_not_take_the_last_source_away(session, commissioner, said, item):
    late = builders.published(session, "Un car le samedi", actor=commissioner)
    who = Actor(id=commissioner.id, now=builders.NOW)
    adopt(session, item, commissioner)
    chosen = Chosen(seen={late.excerpts[0].id: None})
    moved = moves.move(session, chosen=chosen, target=item.sources[0].cluster, actor=who)
    for idea in said:
        contributions.withdraw(session, receipt=idea.receipt, now=builders.NOW)
    with pytest.raises(LastSourceError), session.begin_nested():
        undo.reverse(session, action=moved, actor=who)
    assert sources.without_sources(session, items=[item]) == frozenset()


def test_who_is_signed_in_does_not_withdraw_the_last_source_by_its_receipt(
    session, commissioner, said, item
):
    adopt(session, item, commissioner)
    first, last = (idea.receipt for idea in said)
    contributions.withdraw(session, receipt=first, now=builders.NOW, actor_id=commissioner.id)
    with pytest.raises(LastSourceError):
        contributions.withdraw(session, receipt=last, now=builders.NOW, actor_id=commissioner.id)
    erasure.erase_own(session, receipt=last, now=builders.NOW, actor_id=commissioner.id)
    written = session.scalars(
        select(AuditEntry.actor_id).where(AuditEntry.action == "contribution.erase")
    )
    assert written.all() == [commissioner.id]
    assert said[1].body == ERASED  # an author may ask that of somebody
