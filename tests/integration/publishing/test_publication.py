import json
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from webapp.collection.models import DecisionKind
from webapp.exceptions import NotFoundError, NothingToPublishError, UnknownFormatError
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.publishing import exports, publication, snapshots
from webapp.publishing.documents import json_file
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps
from webapp.territory.regions import ROADMAP, ensure_region


@pytest.fixture
def roadmap(session):
    return ensure_region(session)


@pytest.fixture
def said(session, commissioner):
    builders.workshop(session)
    return [builders.published(session, idea, actor=commissioner) for idea in builders.IDEAS[:3]]


@pytest.fixture
def item(session, commissioner, said):
    built = builders.item(session, actor=commissioner, contributions=said)
    builders.move(session, built, ItemStatus.SUBMITTED, actor=commissioner)
    return built


def publish(session, roadmap, user, *, days=0):
    actor = Actor(id=user.id, now=builders.NOW + timedelta(days=days))
    return publication.publish(session, roadmap=roadmap, actor=actor)


def test_versions_are_numbered_sealed_and_signed(session, roadmap, item, commissioner):
    first = publish(session, roadmap, commissioner)
    second = publish(session, roadmap, commissioner, days=1)
    assert [first.number, second.number] == [1, 2]
    assert roadmap.latest is second
    assert (second.published_by, second.published_at) == (
        commissioner,
        builders.NOW + timedelta(days=1),
    )
    document = snapshots.document_of(first)
    assert first.sha256 == document.sha256 == json_file.sealed(document).sha256
    assert first.sha256 != second.sha256
    line = session.scalars(
        select(AuditEntry.details).where(AuditEntry.subject == f"roadmap:{ROADMAP}:1")
    ).one()
    assert line == first.sha256


def test_a_version_holds_the_item_its_sources_and_the_ledger(session, roadmap, item, said):
    user = item.changed_by
    document = snapshots.document_of(publish(session, roadmap, user))
    (published,) = document.items
    assert published.reference == item.reference
    assert [source.words for source in published.sources] == [c.body for c in said]
    assert published.provenance.contributions == len(said)
    assert sum(line.received for line in document.ledger.lines) == len(said)
    assert not document.draft


def test_masked_words_stay_masked_and_what_was_withdrawn_is_not_quoted(
    session, roadmap, item, said, commissioner
):
    builders.decide(
        session,
        said[0],
        DecisionKind.MASKED,
        actor=commissioner,
        reason="Nom",
        masked_body="Un bus pour [nom masqué]",
    )
    builders.decide(session, said[1], DecisionKind.WITHDRAWN, actor=None)
    version = publish(session, roadmap, commissioner)
    (published,) = snapshots.document_of(version).items
    assert [(s.words, s.masked) for s in published.sources] == [
        ("Un bus pour [nom masqué]", True),
        (said[2].body, False),
    ]
    assert said[0].body not in version.content
    assert said[1].body not in version.content


def test_drafts_are_left_out(session, roadmap, item, commissioner):
    draft = builders.item(session, actor=commissioner)
    assert draft.reference not in snapshots.published_references(
        publish(session, roadmap, commissioner)
    )


def test_nothing_is_published_while_every_item_is_a_draft(session, roadmap, commissioner):
    builders.item(session, actor=commissioner)
    with pytest.raises(NothingToPublishError):
        publish(session, roadmap, commissioner)
    assert session.scalar(select(func.count()).select_from(RoadmapVersion)) == 0


def test_a_published_version_does_not_follow_the_item(session, roadmap, item, commissioner):
    version = publish(session, roadmap, commissioner)
    before = version.content
    builders.move(session, item, ItemStatus.ADOPTED, actor=commissioner)
    session.expire_all()
    assert version.content == before
    assert snapshots.document_of(version).items[0].status == "submitted"


@pytest.mark.both_databases("triggers")
@pytest.mark.parametrize(
    "command",
    [
        "UPDATE roadmap_version SET content = '{}'",
        "UPDATE roadmap_version SET number = 9",
        "DELETE FROM roadmap_version",
    ],
)
def test_the_database_refuses_to_change_a_version(session, roadmap, item, commissioner, command):
    publish(session, roadmap, commissioner)
    with pytest.raises(DBAPIError, match="roadmap_version_no_"), session.begin_nested():
        session.execute(text(command))


def test_a_preview_shows_drafts_and_says_that_it_is_one(session, roadmap, item, commissioner):
    draft = builders.item(session, actor=commissioner)
    publish(session, roadmap, commissioner)
    preview = publication.preview(session, roadmap=roadmap, now=builders.NOW)
    assert preview.draft
    assert preview.version == 2
    assert {i.reference for i in preview.items} == {item.reference, draft.reference}
    assert session.scalar(select(func.count()).select_from(RoadmapVersion)) == 1


def test_a_version_is_found_by_its_number_the_latest_by_default(
    session, roadmap, item, commissioner
):
    with pytest.raises(NotFoundError):
        publication.published(roadmap)
    first, second = (publish(session, roadmap, commissioner) for _ in range(2))
    assert publication.published(roadmap) is second
    assert publication.published(roadmap, 1) is first
    with pytest.raises(NotFoundError):
        publication.published(roadmap, 3)


def test_a_list_of_versions_leaves_their_content_in_the_database(
    session, roadmap, item, commissioner
):
    publish(session, roadmap, commissioner)
    session.expire_all()
    (version,) = roadmap.versions
    assert inspect(version).unloaded >= {"content"}
    assert snapshots.document_of(version).version == 1


def test_a_roadmap_is_found_by_its_name(session, roadmap):
    assert roadmaps.get_roadmap(session, slug=ROADMAP) is roadmap
    assert roadmaps.main_roadmap(session) is roadmap
    with pytest.raises(NotFoundError):
        roadmaps.get_roadmap(session, slug="bretagne")


def test_an_instance_without_a_roadmap_says_so(session):
    with pytest.raises(NotFoundError):
        roadmaps.main_roadmap(session)


def test_a_document_is_rendered_in_a_known_format_only(session, roadmap, item, commissioner):
    document = snapshots.document_of(publish(session, roadmap, commissioner))
    assert json.loads(exports.render(session, document, name="json"))["roadmap"]["version"] == 1
    with pytest.raises(UnknownFormatError):
        exports.render(session, document, name="wordperfect")


def test_the_method_cites_the_last_run_of_each_group(session, roadmap, item, commissioner):
    builders.run(session, texts=3, clusters=1, fingerprint="a" * 64)
    last = builders.run(session, texts=4, clusters=2, fingerprint="b" * 64)
    document = snapshots.document_of(publish(session, roadmap, commissioner))
    (figures,) = document.method.runs
    assert (figures.fingerprint, figures.texts, figures.groups) == (last.fingerprint, 4, 2)
