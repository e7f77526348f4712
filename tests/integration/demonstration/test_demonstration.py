"""The demonstration is alive: every screen has something to show, all of it accounted for."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from nlp.duplicates import words_said
from tests import builders
from tests.fixtures.kept import Kept
from webapp import demonstration
from webapp.accounts.models import Role, User
from webapp.collection import projector, surveys, tables, workshops
from webapp.collection.models import Contribution, DecisionKind, ModerationDecision, WorkshopKind
from webapp.demonstration import files
from webapp.platform import audit
from webapp.platform.extensions import db, transaction
from webapp.publishing import publication, receipt_timeline, snapshots
from webapp.review import analysis, clusters, ledger
from webapp.review.models import ClusterMember, ClusterStatus, Placement
from webapp.roadmap import items
from webapp.territory import roadmaps, working_groups
from webapp.territory.regions import GROUPS

SLUGS = [slug for slug, _, _ in GROUPS]
pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.xdist_group("demonstration"),
]


@pytest.fixture(scope="module")
def kept_demonstration():
    """The demonstration, as it was loaded for the first test that asked for it."""
    return Kept("demonstration")


@pytest.fixture
def loaded(app, database, kept_demonstration):
    """The whole demonstration, as the command loads it."""
    now = datetime.now(UTC)
    with app.app_context():
        if kept_demonstration.put_back(database, now) is None:
            _load()
            kept_demonstration.keep(database, values=True, now=now)
        with transaction() as session:
            yield session


def _load():
    with transaction() as session:
        assert demonstration.is_empty(session)
        demonstration.load(session)
    _analyse_all()
    with transaction() as session:
        for slug in SLUGS:
            demonstration.review(session, slug=slug)
        demonstration.moderate_late(session)
    _analyse_all()
    with transaction() as session:
        demonstration.publish_first_version(session)
        demonstration.follow_up(session)


def _analyse_all():
    for slug in SLUGS:
        with transaction() as session:
            run_id = analysis.request_run(
                session,
                group_id=working_groups.get_group(session, slug=slug).id,
                settings=analysis.Settings(groups=24),
                actor_id=None,
                now=builders.NOW,
            ).public_id
        analysis.execute(transaction, run_id=run_id, clock=lambda: builders.NOW)


def test_every_screen_has_life(loaded):
    session = loaded
    assert demonstration.is_loaded(session)
    assert session.scalar(select(func.count()).select_from(Contribution)) >= 360
    kinds = [workshop.kind for workshop in workshops.list_workshops(session)]
    assert (kinds.count(WorkshopKind.WORKSHOP), kinds.count(WorkshopKind.STAND)) == (20, 10)
    assert any(workshop.is_open for workshop in workshops.list_workshops(session))
    roles = set(session.scalars(select(User.role)))
    assert roles == set(Role)
    decisions = set(
        session.scalars(
            select(ModerationDecision.kind).where(ModerationDecision.is_current).distinct()
        )
    )
    assert decisions >= {
        DecisionKind.PENDING,
        DecisionKind.PUBLISHED,
        DecisionKind.MASKED,
        DecisionKind.SET_ASIDE,
    }
    assert {"fr", "ar", "en", "es", "tr"} <= set(session.scalars(select(Contribution.language)))
    accepted = 0
    for slug in SLUGS:
        group = working_groups.get_group(session, slug=slug)
        found = clusters.list_clusters(session, group_id=group.id)
        accepted += sum(cluster.status is ClusterStatus.ACCEPTED for cluster in found)
        assert any(cluster.status is ClusterStatus.PROPOSED for cluster in found)
        assert ledger.read_ledger(session, group_ids=[group.id]).closes
    assert accepted >= 6
    suggested = select(func.count()).where(ClusterMember.placed_by == Placement.SUGGESTED)
    assert session.scalar(suggested) >= 1
    roadmap = roadmaps.main_roadmap(session)
    document = snapshots.document_of(publication.published(roadmap))
    assert len(document.items) >= 4
    assert document.ledger.closes
    assert {item.status for item in items.list_items(session, roadmap_id=roadmap.id)} >= {
        "draft",
        "adopted",
    }
    assert list(audit.broken_lines(session)) == []


def test_somebody_of_that_day_can_see_their_idea_in_the_roadmap(loaded):
    session = loaded
    roadmap = roadmaps.main_roadmap(session)
    words = snapshots.document_of(publication.published(roadmap)).items[0].sources[0].words
    said = session.scalars(select(Contribution).where(Contribution.body == words)).first()
    kinds = [step.kind for step in receipt_timeline.trace(session, contribution=said) if step.done]
    assert set(kinds) == set(receipt_timeline.StepKind)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_voices_are_many_and_none_is_lorem_ipsum(app, slug):
    voices = files.read_contributions(slug)
    lengths = [len(voice.body.split()) for voice in voices]
    assert len(voices) >= 120
    assert min(lengths) <= 6
    assert max(lengths) >= 80
    assert not [v for v in voices if "lorem" in v.body.lower()]
    distinct = {words_said(voice.body) for voice in voices}
    assert len(voices) - 8 <= len(distinct) < len(voices)
    themes = files.read_themes(slug)
    assert {voice.theme for voice in voices} - {""} <= set(themes)
    assert sum(theme.is_item for theme in themes.values()) >= 6


def test_the_rooms_are_furnished(loaded):
    workshop = workshops.get_workshop(db.session(), code="H7KQ4M")
    assert len(tables.list_links(db.session(), workshop=workshop)) == 6
    assert len(workshop.prompts) == 2
    assert projector.read_pages(db.session(), workshop=workshop)
    (survey,) = surveys.list_surveys(db.session())
    results = surveys.read_results(db.session(), survey=survey)
    assert [result.sheets for result in results] == [38, 38, 38, 5]
