import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from tests import builders
from tests.nonempty import some
from webapp.collection.models import Concerned, DecisionKind
from webapp.exceptions import (
    ConflictError,
    EmptyTextError,
    FeedsItemError,
    NotFoundError,
    TransitionError,
)
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.review import clusters, excerpts, history, moves, provenance
from webapp.review.models import (
    MAX_TITLE_LENGTH,
    Act,
    ClusterMember,
    ClusterStatus,
    Placement,
    ReviewAction,
)
from webapp.roadmap import items
from webapp.territory.models import Territory


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def said(session, facilitator):
    builders.workshop(session)
    return [builders.published(session, idea, actor=facilitator) for idea in builders.IDEAS[:3]]


@pytest.fixture
def group(session, said):
    return builders.cluster(session, *said[:2])


def by(user, version=None):
    return Actor(id=user.id, now=builders.NOW, version=version)


def suggest(session, cluster, contribution):
    session.add(
        ClusterMember(
            working_group_id=cluster.working_group_id,
            cluster_id=cluster.id,
            excerpt_id=contribution.excerpts[0].id,
            placed_by=Placement.SUGGESTED,
            confidence=0.6,
        )
    )
    session.flush()
    session.expire(cluster)


def test_a_title_is_given_on_one_line_and_marked_as_a_persons(session, group, facilitator):
    clusters.rename(session, cluster=group, title="  Bus\n du  dimanche ", actor=by(facilitator))
    assert (group.title, group.title_by_human) == ("Bus du dimanche", True)
    assert group.changed_by == facilitator


def test_repeating_a_title_of_the_machine_chooses_it_and_then_is_no_act(
    session, group, facilitator
):
    clusters.rename(session, cluster=group, title=group.title, actor=by(facilitator))
    (chosen,) = history.of_cluster(session, cluster=group)
    assert group.title_by_human
    clusters.rename(session, cluster=group, title=group.title, actor=by(facilitator))
    assert history.of_cluster(session, cluster=group) == [chosen]


@pytest.mark.parametrize("title", ["", " \n ", "\u202e"])
def test_a_title_has_a_word(session, group, facilitator, title):
    with pytest.raises(EmptyTextError):
        clusters.rename(session, cluster=group, title=title, actor=by(facilitator))


def test_a_long_title_is_cut_where_the_column_ends(session, group, facilitator):
    clusters.rename(session, cluster=group, title="é" * 500, actor=by(facilitator))
    assert group.title == "é" * MAX_TITLE_LENGTH


def test_a_group_is_accepted_then_reopened(session, group, facilitator):
    clusters.accept(session, cluster=group, title=group.title, actor=by(facilitator))
    assert group.status is ClusterStatus.ACCEPTED
    clusters.reopen(session, cluster=group, actor=by(facilitator))
    assert group.status is ClusterStatus.PROPOSED


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (clusters.accept, ClusterStatus.ACCEPTED),
        (clusters.accept, ClusterStatus.DISSOLVED),
        (clusters.reopen, ClusterStatus.PROPOSED),
        (clusters.reopen, ClusterStatus.DISSOLVED),
    ],
)
def test_an_act_that_the_status_forbids_is_refused(session, said, facilitator, act, status):
    group = builders.cluster(session, *said, status=status)
    with pytest.raises(TransitionError):
        act(session, cluster=group, actor=by(facilitator))
    assert group.status is status


def test_a_group_that_feeds_an_item_stays_accepted(session, group, facilitator):
    clusters.accept(session, cluster=group, title=group.title, actor=by(facilitator))
    items.promote(session, cluster=group, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        clusters.reopen(session, cluster=group, actor=by(facilitator))
    assert group.status is ClusterStatus.ACCEPTED


def test_a_suggestion_is_confirmed_by_a_person(session, group, said, facilitator):
    suggest(session, group, said[2])
    excerpt_id = said[2].excerpts[0].id
    assert [m.excerpt_id for m in clusters.suggested(group)] == [excerpt_id]
    moves.attach(session, cluster=group, excerpt_ids=[excerpt_id], actor=by(facilitator))
    session.expire(group)
    assert clusters.suggested(group) == []
    member = next(m for m in clusters.confirmed(group) if m.excerpt_id == excerpt_id)
    assert (member.placed_by, member.confidence) == (Placement.HUMAN, 1.0)


def test_only_a_suggestion_may_be_attached(session, group, said, facilitator):
    for contribution in some(said):
        excerpt_id = contribution.excerpts[0].id
        with pytest.raises(NotFoundError):
            moves.attach(session, cluster=group, excerpt_ids=[excerpt_id], actor=by(facilitator))


@pytest.mark.both_databases("versions of rows")
@pytest.mark.parametrize("act", [clusters.accept, clusters.reopen, clusters.rename])
def test_an_act_on_what_somebody_changed_meanwhile_is_refused_with_their_name(
    session, group, facilitator, act
):
    seen = group.version
    clusters.rename(session, cluster=group, title="Le titre de l’autre", actor=by(facilitator))
    other = builders.user(session, email="autre@example.org")
    more = {"title": "Le mien"} if act is clusters.rename else {}
    with pytest.raises(ConflictError) as caught:
        act(session, cluster=group, actor=by(other, version=seen), **more)
    assert (caught.value.current, caught.value.author) == ("Le titre de l’autre", "animation")
    clusters.accept(
        session, cluster=group, title=group.title, actor=by(other, version=group.version)
    )


def test_the_history_says_who_did_what_latest_first(session, group, said, facilitator):
    before = group.title
    clusters.rename(session, cluster=group, title="Bus", actor=by(facilitator))
    clusters.accept(session, cluster=group, title=group.title, actor=by(facilitator))
    item = items.promote(session, cluster=group, actor=by(facilitator))
    acts = history.of_cluster(session, cluster=group)
    assert [(a.act, a.before, a.after) for a in acts] == [
        (Act.PROMOTE, "", item.reference),
        (Act.ACCEPT, "proposed", "accepted"),
        (Act.RENAME, before, "Bus"),
    ]
    assert {a.actor for a in acts} == {facilitator}
    lines = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject == f"cluster:{group.public_id}")
    )
    assert set(lines) == {"cluster.rename", "cluster.accept", "cluster.promote"}


@pytest.mark.both_databases("triggers")
@pytest.mark.parametrize(
    "command", ["UPDATE review_action SET reason = 'x'", "DELETE FROM review_action"]
)
def test_the_database_refuses_to_change_an_act(session, group, facilitator, command):
    clusters.accept(session, cluster=group, title=group.title, actor=by(facilitator))
    with pytest.raises(DBAPIError, match="review_action_no_"), session.begin_nested():
        session.execute(text(command))
    assert session.scalars(select(ReviewAction.act)).all() == [Act.ACCEPT]


def test_groups_are_listed_largest_first_without_the_dissolved(session, said):
    small = builders.cluster(session, said[2], title="Petit")
    large = builders.cluster(session, *said[:2], title="Grand")
    builders.cluster(session, title="Dissous", status=ClusterStatus.DISSOLVED)
    listed = clusters.list_clusters(session, group_id=large.working_group_id)
    assert listed == [large, small]


def test_isolated_ideas_are_listed_apart(session, group, said):
    session.execute(
        update(ClusterMember)
        .where(ClusterMember.excerpt_id == said[0].excerpts[0].id)
        .values(cluster_id=None)
    )
    wanted = excerpts.Search(outcome=excerpts.Outcome.ISOLATED)
    isolated = excerpts.search(session, group_id=group.working_group_id, wanted=wanted)
    assert [hit.excerpt.shown_text for hit in isolated.entries] == [said[0].body]


def test_a_group_is_found_in_its_own_working_group_only(session, group):
    own, other = group.working_group_id, builders.group(session, builders.OTHER_GROUP).id
    assert clusters.get_cluster(session, group_id=own, public_id=group.public_id) is group
    with pytest.raises(NotFoundError):
        clusters.get_cluster(session, group_id=other, public_id=group.public_id)


def test_provenance_counts_each_voice_table_workshop_and_territory_once(session, said):
    builders.workshop(session, code="GHJKLM")
    table = {"table_label": "3", "territory": Territory.SARTHE}
    first = builders.contribution(session, "A", people=4, concerned=Concerned.YES, **table)
    second = builders.contribution(session, "B", people=2, concerned=Concerned.NO, **table)
    third = builders.contribution(session, "C", code="GHJKLM", table_label="3")
    counted = provenance.count([first, second, third, first])
    assert counted == provenance.Provenance(
        contributions=3, people=7, tables=2, workshops=2, territories=1, concerned=1
    )


@pytest.mark.parametrize("kind", [DecisionKind.WITHDRAWN, DecisionKind.SET_ASIDE])
def test_a_summary_does_not_outlive_the_words_it_quotes(session, group, said, facilitator, kind):
    group.summary = f"{said[0].body}. Autre chose."
    session.flush()
    seen = group.version
    actor = None if kind is DecisionKind.WITHDRAWN else facilitator
    builders.decide(session, said[0], kind, actor=actor, reason="Une raison")
    session.expire(group)
    assert (group.summary, group.version) == ("", seen)


def test_a_summary_in_a_persons_words_stays(session, group, said, facilitator):
    own = "On veut aller à l’hôpital sans voiture."  # what it would quote goes: test_hidden_words
    clusters.summarise(session, cluster=group, summary=own, actor=by(facilitator))
    builders.decide(session, said[0], DecisionKind.WITHDRAWN, actor=None)
    session.expire(group)
    assert group.summary == own
