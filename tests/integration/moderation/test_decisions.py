import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests import builders
from webapp.collection import contributions
from webapp.collection.models import DecisionKind, ModerationDecision
from webapp.exceptions import (
    EmptyTextError,
    NotFoundError,
    ReasonRequiredError,
    TextTooLongError,
    WithdrawnError,
)
from webapp.moderation import decisions
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.review.models import ClusterMember

WITH_REASON = (DecisionKind.MASKED, DecisionKind.SET_ASIDE)


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def said(session, workshop):
    return builders.contribution(session, "Appelez Mme Durand au 06 12 34 56 78")


def test_nothing_is_shown_before_somebody_decides(said):
    assert said.shown_body is None
    assert said.excerpts[0].shown_text is None


def test_what_is_published_is_shown_as_it_was_said(session, said, facilitator):
    builders.decide(session, said, DecisionKind.PUBLISHED, actor=facilitator)
    assert said.shown_body == said.body
    assert said.decision.actor == facilitator


def test_a_masked_text_is_shown_in_place_of_the_words_which_stay(session, said, facilitator):
    masked = "Appelez [nom masqué]"
    builders.decide(
        session,
        said,
        DecisionKind.MASKED,
        actor=facilitator,
        reason="Nom et téléphone",
        masked_body=masked,
    )
    assert said.shown_body == said.excerpts[0].shown_text == masked
    assert said.body == "Appelez Mme Durand au 06 12 34 56 78"


@pytest.mark.parametrize("reason", ["", "  ", "\u202e"])
@pytest.mark.parametrize("kind", WITH_REASON)
def test_masking_and_setting_aside_need_a_reason(session, said, facilitator, kind, reason):
    with pytest.raises(ReasonRequiredError):
        builders.decide(session, said, kind, actor=facilitator, reason=reason, masked_body="Appel")
    assert said.decision.kind is DecisionKind.PENDING


@pytest.mark.parametrize(
    ("masked", "error"),
    [(None, EmptyTextError), (" \n", EmptyTextError), ("é" * 10_001, TextTooLongError)],
)
def test_a_masked_text_is_a_text(session, said, facilitator, masked, error):
    with pytest.raises(error):
        builders.decide(
            session,
            said,
            DecisionKind.MASKED,
            actor=facilitator,
            reason="Nom",
            masked_body=masked,
        )
    assert [d.is_current for d in said.decisions] == [True]


def test_a_masked_text_is_forgotten_when_the_decision_is_another(session, said, facilitator):
    builders.decide(
        session, said, DecisionKind.PUBLISHED, actor=facilitator, masked_body="Appelez [nom]"
    )
    assert said.decision.masked_body is None


def test_every_decision_stays_in_the_history_and_the_last_one_counts(session, said, facilitator):
    kinds = [DecisionKind.PUBLISHED, DecisionKind.SET_ASIDE, DecisionKind.PUBLISHED]
    for kind in kinds:
        builders.decide(session, said, kind, actor=facilitator, reason="Hors du sujet")
    session.expire(said)
    assert [d.kind for d in said.decisions] == [DecisionKind.PENDING, *kinds]
    assert [d.is_current for d in said.decisions] == [False, False, False, True]
    assert said.decision is said.decisions[-1]


def test_each_decision_has_its_line_in_the_journal_without_its_words(session, said, facilitator):
    builders.decide(
        session, said, DecisionKind.SET_ASIDE, actor=facilitator, reason="Parle de Mme Durand"
    )
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.actor_id) == ("contribution.set_aside", facilitator.id)
    assert entry.subject == f"contribution:{said.public_id}"
    assert "Durand" not in entry.details


@pytest.mark.parametrize(
    ("kind", "stays"),
    [
        (DecisionKind.PUBLISHED, True),
        (DecisionKind.MASKED, True),
        (DecisionKind.PENDING, False),
        (DecisionKind.SET_ASIDE, False),
    ],
)
def test_what_may_no_longer_be_shown_leaves_its_group(session, workshop, facilitator, kind, stays):
    said = builders.published(session, actor=facilitator)
    other = builders.published(session, "Un car le dimanche", actor=facilitator)
    group = builders.cluster(session, said, other)
    builders.decide(session, said, kind, actor=facilitator, reason="À revoir", masked_body="Un bus")
    session.expire(group)
    held = {member.excerpt_id for member in group.members}
    assert (said.excerpts[0].id in held) is stays
    assert other.excerpts[0].id in held


def test_what_its_author_withdraws_leaves_its_group(session, workshop, facilitator):
    said = builders.published(session, actor=facilitator)
    builders.cluster(session, said)
    contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)
    assert session.scalar(select(func.count()).select_from(ClusterMember)) == 0


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_nobody_decides_on_what_its_author_withdrew(session, said, facilitator, kind):
    contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)
    with pytest.raises(WithdrawnError):
        builders.decide(session, said, kind, actor=facilitator, reason="Raison", masked_body="Mot")
    assert said.decision.kind is DecisionKind.WITHDRAWN


@pytest.mark.both_databases("constraints")
def test_the_database_allows_one_current_decision(session, said):
    second = insert(ModerationDecision).values(
        contribution_id=said.id, kind="published", reason="", decided_at=builders.NOW
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(second)
    session.execute(update(ModerationDecision).values(is_current=False))
    session.execute(second)


def test_the_queue_holds_what_waits_in_one_working_group_oldest_first(
    session, workshop, facilitator
):
    builders.workshop(session, code="GHJKLM", slug=builders.OTHER_GROUP)
    first = builders.contribution(session, "Un")
    builders.contribution(session, "Ailleurs", code="GHJKLM")
    second = builders.contribution(session, "Deux")
    builders.published(session, "Trois", actor=facilitator)
    group_id = workshop.working_group_id
    assert decisions.queue(session, group_id=group_id) == [first, second]
    assert decisions.queue(session, group_id=group_id, limit=1) == [first]


def test_decisions_are_listed_latest_first_and_counted(session, workshop, facilitator):
    group_id = workshop.working_group_id
    published = [builders.published(session, body, actor=facilitator) for body in ("Un", "Deux")]
    builders.contribution(session, "Trois")
    listed = decisions.decided(session, group_id=group_id, kind=DecisionKind.PUBLISHED)
    assert listed == published[::-1]
    counts = decisions.count_by_kind(session, group_id=group_id)
    assert counts == dict.fromkeys(DecisionKind, 0) | {
        DecisionKind.PUBLISHED: 2,
        DecisionKind.PENDING: 1,
    }


def test_a_contribution_is_found_in_its_own_working_group_only(session, workshop, said):
    group_id, other = workshop.working_group_id, builders.group(session, builders.OTHER_GROUP).id
    found = decisions.get_contribution(session, group_id=group_id, public_id=said.public_id)
    assert found is said
    with pytest.raises(NotFoundError):
        decisions.get_contribution(session, group_id=other, public_id=said.public_id)


@pytest.fixture
def publish(session, workshop, facilitator):
    """Publish contributions together, as the list of those that wait does."""

    def published(*public_ids):
        who = Actor(id=facilitator.id, now=builders.NOW)
        group_id = workshop.working_group_id
        return decisions.publish_waiting(
            session, group_id=group_id, public_ids=public_ids, actor=who
        )

    return published


def test_contributions_are_published_together_each_with_its_history(
    session, workshop, facilitator, publish
):
    ideas = [builders.contribution(session, f"Un banc {n}") for n in range(3)]
    assert publish(*(idea.public_id for idea in ideas)) == 3
    for idea in ideas:
        assert [row.kind for row in idea.decisions] == [
            DecisionKind.PENDING,
            DecisionKind.PUBLISHED,
        ]
        assert [row.is_current for row in idea.decisions] == [False, True]
        assert idea.shown_body == idea.body
        assert (idea.decision.actor_id, idea.decision.reason) == (facilitator.id, "")
    lines = session.scalars(
        select(AuditEntry.subject).where(AuditEntry.action == "contribution.published")
    )
    assert list(lines) == [f"contribution:{idea.public_id}" for idea in ideas]
    assert list(audit.broken_lines(session)) == []


def test_what_a_colleague_decided_or_is_named_twice_is_published_once(
    session, workshop, facilitator, publish
):
    waiting, aside = (builders.contribution(session, f"Un banc {n}") for n in range(2))
    builders.decide(session, aside, DecisionKind.SET_ASIDE, actor=facilitator, reason="Doublon")
    assert publish(waiting.public_id, aside.public_id, waiting.public_id) == 1
    assert aside.decision.kind is DecisionKind.SET_ASIDE
    assert len(waiting.decisions) == 2
    assert publish(waiting.public_id, aside.public_id) == 0
    assert publish() == 0


def test_nothing_is_published_with_a_contribution_of_another_group(session, said, publish):
    builders.workshop(session, code="FGHJKL", slug=builders.OTHER_GROUP)
    elsewhere = builders.contribution(session, "Un car", code="FGHJKL")
    with pytest.raises(NotFoundError) as refused:
        publish(said.public_id, elsewhere.public_id)
    assert elsewhere.public_id in str(refused.value)
    assert said.decision.kind is DecisionKind.PENDING
