"""An adopted item keeps a source that people may read; only its author may take the last one."""

import pytest

from tests import builders
from webapp.exceptions import LastSourceError
from webapp.models import DecisionKind, ItemStatus, Role
from webapp.services import contributions, placements, sources
from webapp.services.audit import Actor

ADOPTED = (ItemStatus.SUBMITTED, ItemStatus.ADOPTED)
AWAY = (DecisionKind.SET_ASIDE, DecisionKind.PENDING)


@pytest.fixture
def commissioner(session):
    builders.workshop(session)
    return builders.user(session, role=Role.COMMISSIONER)


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
    placements.set_aside(session, excerpt=first, actor=who, reason="Doublon")
    with pytest.raises(LastSourceError):
        placements.set_aside(session, excerpt=last, actor=who, reason="Doublon")


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
    assert sources.without_any(session, items=[item]) == frozenset()


def test_a_draft_may_lose_its_sources(session, commissioner, said, item):
    for idea in said:
        builders.decide(
            session, idea, DecisionKind.SET_ASIDE, actor=commissioner, reason="Publicité"
        )
    assert sources.without_any(session, items=[item]) == frozenset()


def test_its_author_may_always_take_a_contribution_back_and_the_item_says_so(
    session, commissioner, said, item
):
    adopt(session, item, commissioner)
    contributions.withdraw(session, receipt=said[0].receipt, now=builders.NOW)
    assert sources.without_any(session, items=[item]) == frozenset()
    contributions.withdraw(session, receipt=said[1].receipt, now=builders.NOW)
    assert sources.without_any(session, items=[item]) == {item.id}
    assert item.status is ItemStatus.ADOPTED
