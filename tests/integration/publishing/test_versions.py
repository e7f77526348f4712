"""Versions among themselves: numbered apart, compared, withdrawn and never lost."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from webapp.accounts.models import Role
from webapp.exceptions import (
    ConflictError,
    NotFoundError,
    ReasonRequiredError,
    VersionWithdrawnError,
)
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry
from webapp.publishing import publication, receipt_timeline, snapshots, versions
from webapp.publishing.models import RoadmapVersion, VersionWithdrawal
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps
from webapp.territory.regions import ROADMAP, ensure_region

pytestmark = pytest.mark.both_databases("triggers, and publications at the same instant")

REASON = "Un nom y restait"


@pytest.fixture
def roadmap(session):
    return ensure_region(session)


@pytest.fixture
def said(session, commissioner):
    builders.workshop(session)
    return builders.published(session, actor=commissioner)


@pytest.fixture
def item(session, commissioner, said):
    built = builders.item(session, actor=commissioner, contributions=[said])
    builders.move(session, built, ItemStatus.SUBMITTED, actor=commissioner)
    return built


@pytest.fixture
def published(session, roadmap, item, actor):
    """Three versions, the item adopted between the first two."""
    found = []
    for status in (None, ItemStatus.ADOPTED, None):
        if status:
            builders.move(session, item, status, actor=item.changed_by)
        found.append(publication.publish(session, roadmap=roadmap, actor=actor))
    return found


def withdraw(session, roadmap, number, actor, *, reason=REASON, days=1):
    late = Actor(id=actor.id, now=builders.NOW + timedelta(days=days))
    return versions.withdraw(session, roadmap=roadmap, number=number, reason=reason, actor=late)


def test_the_version_before_is_in_force_again_and_the_number_is_not_used_twice(
    session, roadmap, published, actor
):
    first, second, third = published
    withdraw(session, roadmap, 3, actor)
    assert (roadmap.latest, roadmap.effective_versions) == (second, [first, second])
    assert publication.published(roadmap) is second
    assert roadmap.changed_at == builders.NOW + timedelta(days=1)
    assert publication.publish(session, roadmap=roadmap, actor=actor).number == 4
    withdraw(session, roadmap, 2, actor)
    assert versions.previous(roadmap, roadmap.latest) is first
    assert third.number == 3


def test_a_withdrawn_version_gives_nothing_but_why(session, roadmap, published, actor):
    withdraw(session, roadmap, 2, actor)
    with pytest.raises(VersionWithdrawnError) as refused:
        publication.published(roadmap, 2)
    assert (refused.value.number, refused.value.reason) == (2, REASON)
    for pair in ((2, 3), (1, 2)):
        with pytest.raises(VersionWithdrawnError):
            versions.compare_versions(roadmap, before=pair[0], after=pair[1])
    # It is still there, sealed as it was.
    assert snapshots.document_of(published[1]).sha256 == published[1].sha256


def test_nothing_is_in_force_when_every_version_is_withdrawn(session, roadmap, published, actor):
    for version in published:
        withdraw(session, roadmap, version.number, actor)
    assert roadmap.latest is None
    with pytest.raises(NotFoundError):
        publication.published(roadmap)
    assert publication.preview(session, roadmap=roadmap, now=builders.NOW).version == 4


def test_a_withdrawal_is_written_in_the_journal_with_its_author(
    session, roadmap, published, actor, commissioner
):
    withdrawal = withdraw(session, roadmap, 1, actor)
    assert (withdrawal.withdrawn_by, withdrawal.reason) == (commissioner, REASON)
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == "roadmap.withdraw")).one()
    assert (line.subject, line.actor_id) == (f"roadmap:{ROADMAP}:1", commissioner.id)


def test_a_version_is_withdrawn_once(session, roadmap, published, actor, commissioner):
    withdraw(session, roadmap, 1, actor)
    with pytest.raises(ConflictError) as refused:
        withdraw(session, roadmap, 1, actor, reason="Autre chose")
    assert (refused.value.current, refused.value.author) == (REASON, commissioner.display_name)
    assert session.scalar(select(func.count()).select_from(VersionWithdrawal)) == 1


@pytest.mark.parametrize("reason", ["", "  \n", "\x00"])
def test_a_withdrawal_says_why(session, roadmap, published, actor, reason):
    with pytest.raises(ReasonRequiredError):
        withdraw(session, roadmap, 1, actor, reason=reason)
    assert roadmap.latest.number == 3


def test_only_what_exists_is_withdrawn(session, roadmap, published, actor):
    with pytest.raises(NotFoundError):
        withdraw(session, roadmap, 9, actor)


@pytest.mark.parametrize(
    "command", ["UPDATE version_withdrawal SET reason = 'x'", "DELETE FROM version_withdrawal"]
)
def test_the_database_refuses_to_change_a_withdrawal(session, roadmap, published, actor, command):
    withdraw(session, roadmap, 1, actor)
    with pytest.raises(DBAPIError, match="version_withdrawal_no_"), session.begin_nested():
        session.execute(text(command))


def test_an_idea_is_followed_to_the_first_version_that_stands(
    session, roadmap, published, actor, said
):
    withdraw(session, roadmap, 1, actor)
    last = receipt_timeline.trace(session, contribution=said)[-1]
    assert (last.done, last.title) == (True, "2")
    for number in (2, 3):
        withdraw(session, roadmap, number, actor)
    assert not receipt_timeline.trace(session, contribution=said)[-1].done


def test_two_versions_are_compared_the_last_two_by_default(session, roadmap, published):
    found = versions.compare_versions(roadmap, before=1, after=2)
    assert [field.name for field in found.items[0].fields] == ["status"]
    assert versions.compare_versions(roadmap, before=None, after=None).identical
    backwards = versions.compare_versions(roadmap, before=3, after=1)
    assert (backwards.before, backwards.after, backwards.identical) == (3, 1, False)
    with pytest.raises(NotFoundError):
        versions.compare_versions(roadmap, before=1, after=7)


def test_one_version_alone_is_compared_with_nothing(session, roadmap, item, actor):
    assert versions.compare_versions(roadmap, before=None, after=None) is None
    publication.publish(session, roadmap=roadmap, actor=actor)
    assert versions.compare_versions(roadmap, before=None, after=None) is None
    assert versions.compare_versions(roadmap, before=1, after=1).identical


def test_a_list_of_versions_is_one_question_whatever_was_withdrawn(
    session, roadmap, published, actor
):
    withdraw(session, roadmap, 2, actor)
    session.expire_all()
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert [version.number for version in roadmap.effective_versions] == [1, 3]
    assert len(asked) == 2  # the roadmap, then its versions


def at_once(app, act, times=4):
    """Run ``act`` in several processes' stead, as near to the same instant as threads allow."""
    ready, outcomes = threading.Barrier(times), []

    def run():
        with app.app_context():
            ready.wait()
            try:
                with transaction() as session:
                    outcomes.append(act(session))
            except Exception as error:  # noqa: BLE001 - a thread tells the test what happened
                outcomes.append(error)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def committed(app):
    """A roadmap with something to publish, which other connections see."""
    with app.app_context(), transaction() as session:
        user = builders.user(session, role=Role.COMMISSIONER)
        builders.workshop(session)
        said = builders.published(session, actor=user)
        built = builders.item(session, actor=user, contributions=[said])
        builders.move(session, built, ItemStatus.SUBMITTED, actor=user)
        return Actor(id=user.id, now=builders.NOW)


def test_publications_at_the_same_time_get_different_numbers(app, committed):
    def publish(session):
        roadmap = roadmaps.main_roadmap(session)
        return publication.publish(session, roadmap=roadmap, actor=committed).number

    assert sorted(at_once(app, publish)) == [1, 2, 3, 4]
    with app.app_context(), transaction() as session:
        stored = session.scalars(select(RoadmapVersion.number).order_by(RoadmapVersion.number))
        assert list(stored) == [1, 2, 3, 4]


def test_withdrawals_at_the_same_time_are_one(app, committed):
    with app.app_context(), transaction() as session:
        roadmap = roadmaps.main_roadmap(session)
        publication.publish(session, roadmap=roadmap, actor=committed)

    def withdrawn(session):
        roadmap = roadmaps.main_roadmap(session)
        return withdraw(session, roadmap, 1, committed).version_id

    outcomes = at_once(app, withdrawn)
    assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 3
