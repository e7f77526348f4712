"""What people decided survives every new run, and every act made while one is computing."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests import builders
from webapp.collection.models import Contribution, DecisionKind
from webapp.exceptions import AnalysisOvertakenError
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.review import analysis, clusters, moves
from webapp.review.models import (
    AnalysisRun,
    ChangeKind,
    Cluster,
    ClusterMember,
    ClusterStatus,
    Placement,
    RunState,
)
from webapp.review.moves import Chosen

pytestmark = pytest.mark.both_databases("acts that come between reading and writing")

BUSES = ("Bus le dimanche svp", "Un bus le dimanche pour l’hôpital")


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def discussion(session, facilitator):
    builders.workshop(session)
    return [builders.published(session, idea, actor=facilitator) for idea in builders.IDEAS]


@pytest.fixture
def accepted(session, discussion, facilitator):
    """The group of the buses, accepted after a first run."""
    builders.analyse(session)
    group = cluster_of(session, discussion[0])
    clusters.accept(session, cluster=group, title=group.title, actor=by(facilitator))
    return group


def by(user):
    return Actor(id=user.id, now=builders.NOW)


def place_of(session, contribution):
    return session.scalars(
        select(ClusterMember).where(ClusterMember.excerpt_id == contribution.excerpts[0].id)
    ).one()


def cluster_of(session, contribution):
    return place_of(session, contribution).cluster


def members(cluster):
    return {member.excerpt_id for member in clusters.confirmed(cluster)}


def acting_before_the_end(session, act, *, times=1):
    """Return a transaction that lets ``act`` happen when a result is about to be written."""
    left = [times]

    @contextmanager
    def give():
        run = session.scalars(select(AnalysisRun).order_by(AnalysisRun.id.desc()).limit(1)).one()
        if run.stage == "done" and run.is_active and left[0]:
            left[0] -= 1
            with transaction() as other:
                act(other)
        with transaction() as given:
            yield given

    return give


def test_an_accepted_group_is_left_as_it_is_by_every_later_run(
    session, accepted, discussion, facilitator
):
    before, title, version = members(accepted), accepted.title, accepted.version
    for body in ("Un bus le dimanche", "Une épicerie solidaire", "Un bus de nuit"):
        builders.published(session, body, actor=facilitator)
        builders.analyse(session)
        session.expire_all()
        assert accepted.status is ClusterStatus.ACCEPTED
        assert (members(accepted), accepted.title, accepted.version) == (before, title, version)


def test_a_late_contribution_joins_an_accepted_group_as_a_suggestion_only(
    session, accepted, facilitator
):
    late = builders.published(session, BUSES[1], actor=facilitator)
    builders.analyse(session)
    place = place_of(session, late)
    assert (place.placed_by, place.cluster_id) == (Placement.SUGGESTED, accepted.id)
    assert place.excerpt_id not in members(accepted)
    assert place.excerpt_id in {m.excerpt_id for m in clusters.suggested(accepted)}


def test_an_attached_contribution_stays_attached(session, accepted, facilitator):
    late = builders.published(session, BUSES[1], actor=facilitator)
    builders.analyse(session)
    session.expire_all()
    excerpt_id = late.excerpts[0].id
    moves.attach(session, cluster=accepted, excerpt_ids=[excerpt_id], actor=by(facilitator))
    builders.analyse(session)
    place = place_of(session, late)
    assert (place.placed_by, place.cluster_id) == (Placement.HUMAN, accepted.id)


def test_a_renamed_group_keeps_its_title_its_members_and_its_identity(
    session, discussion, facilitator
):
    builders.analyse(session)
    group = cluster_of(session, discussion[0])
    before, identity = members(group), group.public_id
    clusters.rename(session, cluster=group, title="Le dimanche aussi", actor=by(facilitator))
    builders.published(session, BUSES[1], actor=facilitator)
    builders.analyse(session)
    session.expire_all()
    found = cluster_of(session, discussion[0])
    assert (found.public_id, found.title) == (identity, "Le dimanche aussi")
    assert before <= members(found)


def test_what_nobody_touched_is_proposed_afresh(session, discussion):
    builders.analyse(session)
    first = session.scalars(select(Cluster)).all()
    builders.analyse(session)
    assert {cluster.status for cluster in first} == {ClusterStatus.DISSOLVED}
    assert not any(cluster.members for cluster in first)


def test_an_act_during_the_computation_is_kept_and_the_result_made_again(
    session, discussion, facilitator
):
    builders.analyse(session)
    identity, actor = cluster_of(session, discussion[0]).public_id, by(facilitator)

    def accept(other):
        group = other.scalars(select(Cluster).where(Cluster.public_id == identity)).one()
        clusters.rename(other, cluster=group, title="Décidé pendant le calcul", actor=actor)
        clusters.accept(other, cluster=group, title=group.title, actor=actor)

    run = builders.analyse(session, transaction=acting_before_the_end(session, accept))
    session.expire_all()
    group = cluster_of(session, discussion[0])
    assert run.state is RunState.DONE
    assert (group.public_id, group.status) == (identity, ClusterStatus.ACCEPTED)
    assert group.title == "Décidé pendant le calcul"


def test_what_is_withdrawn_during_the_computation_is_in_no_group(session, discussion, facilitator):
    left = discussion[0].id

    def set_aside(other):
        said = other.get(Contribution, left)
        builders.decide(other, said, DecisionKind.SET_ASIDE, actor=facilitator, reason="Hors sujet")

    run = builders.analyse(session, transaction=acting_before_the_end(session, set_aside))
    assert run.texts == len(builders.IDEAS) - 1
    excerpts = select(ClusterMember).where(ClusterMember.excerpt_id == discussion[0].excerpts[0].id)
    assert session.scalars(excerpts).all() == []


def test_a_run_that_people_overtake_every_time_gives_up_and_says_so(
    session, discussion, facilitator
):
    def speak(other):
        builders.published(other, "Encore une idée", actor=facilitator)

    with pytest.raises(AnalysisOvertakenError):
        builders.analyse(session, transaction=acting_before_the_end(session, speak, times=99))
    run = analysis.latest_run(session, group_id=builders.group(session).id)
    assert (run.state, run.error) == (RunState.FAILED, "AnalysisOvertakenError")
    assert session.scalars(select(Cluster)).all() == []


def test_a_run_touches_its_own_working_group_only(session, discussion, facilitator):
    builders.workshop(session, code="GHJKLM", slug=builders.OTHER_GROUP)
    other = builders.published(session, "Un médecin au village", actor=facilitator, code="GHJKLM")
    builders.analyse(session, slug=builders.OTHER_GROUP)
    before = place_of(session, other).id
    builders.analyse(session)
    assert place_of(session, other).id == before


def test_what_the_machine_alone_would_put_elsewhere_is_asked_and_not_moved(
    session, discussion, facilitator
):
    builders.analyse(session)
    bus, caf = discussion[0], discussion[3]
    mixed, other = cluster_of(session, bus), cluster_of(session, caf)
    moved = caf.excerpts[0].id
    assert moved in members(other)
    moves.move(
        session,
        chosen=Chosen(seen={moved: other.id}),
        target=mixed,
        actor=by(facilitator),
    )
    run = builders.analyse(session)
    session.expire_all()
    assert moved in members(mixed)
    asked = analysis.list_changes(session, run=run)[ChangeKind.WOULD_MOVE]
    assert [(c.excerpt_id, c.before, c.after) for c in asked] == [(moved, mixed.title, other.title)]
