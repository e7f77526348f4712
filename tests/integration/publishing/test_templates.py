"""Models of documents in the database, and the documents that follow them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders
from webapp.exceptions import ConflictError, DocumentModelError, NotFoundError, UnusableModelError
from webapp.platform.models import AuditEntry
from webapp.platform.zip_archive import pack, unpack
from webapp.publishing import exports, publication, snapshots, templates
from webapp.publishing.documents import odt_template
from webapp.publishing.documents.formats import FORMATS
from webapp.roadmap.models import ItemStatus
from webapp.territory.regions import ensure_region


def changed(old, new):
    """Return our ODT model with some of its words changed."""
    return pack(
        (name, data.replace(old, new)) for name, data in unpack(odt_template.default_template())
    )


PLAN = changed(b"Sommaire", b"Plan")


@pytest.fixture
def document(session, actor):
    """A published version of one item."""
    builders.workshop(session)
    author = builders.find_user(session, "animation@example.org")
    said = builders.published(session, actor=author)
    item = builders.item(session, actor=author, contributions=[said])
    builders.move(session, item, ItemStatus.SUBMITTED, actor=author)
    version = publication.publish(session, roadmap=ensure_region(session), actor=actor)
    return snapshots.document_of(version)


def propose(session, actor, content=PLAN):
    candidate = templates.examine(name="odt", content=content, filename="modele.odt")
    return templates.propose(session, candidate=candidate, actor=actor)


def plan_of(data):
    return b"Plan</text:p>" in dict(unpack(data))["content.xml"]


def test_a_model_is_tried_then_followed_then_given_up(session, document, actor):
    before = exports.render(session, document, name="odt")
    propose(session, actor)
    assert exports.render(session, document, name="odt") == before
    templates.adopt(session, name="odt", actor=actor)
    assert plan_of(exports.render(session, document, name="odt"))
    assert templates.current(session, name="odt") == PLAN
    templates.reset(session, name="odt", actor=actor)
    assert exports.render(session, document, name="odt") == before
    acts = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject == "document_model:odt")
    ).all()
    assert acts == [f"document_model.{act}" for act in ("propose", "adopt", "reset")]


def test_the_content_that_a_version_seals_does_not_follow_the_model(session, document, actor):
    before = exports.render(session, document, name="json")
    propose(session, actor)
    templates.adopt(session, name="odt", actor=actor)
    assert exports.render(session, document, name="json") == before
    assert exports.render(session, document, name="docx") == FORMATS["docx"].render(document)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (changed(b"{{ roadmap.title }}", b"{{ roadmap.titel }}"), DocumentModelError),
        (b"PK\x03\x04rien", UnusableModelError),
    ],
)
def test_what_was_there_stays_when_a_model_is_refused(session, actor, content, error):
    kept = propose(session, actor)
    with pytest.raises(error), session.begin_nested():
        propose(session, actor, content)
    assert templates.list_templates(session)["odt"] == (None, kept)


def test_a_second_trial_takes_the_place_of_the_first(session, actor):
    propose(session, actor)
    templates.adopt(session, name="odt", actor=actor)
    propose(session, actor, odt_template.default_template())
    second = propose(session, actor)
    used, tried = templates.list_templates(session)["odt"]
    assert (used.sha256, tried) == (second.sha256, second)
    assert templates.list_templates(session)["docx"] == (None, None)
    templates.adopt(session, name="odt", actor=actor)
    assert templates.list_templates(session)["odt"] == (second, None)


@pytest.mark.both_databases("unique keys")
def test_two_models_of_one_kind_proposed_at_once_are_a_conflict(session, actor, monkeypatch):
    propose(session, actor)
    monkeypatch.setattr(templates, "_find", lambda *_, **__: None)
    with pytest.raises(ConflictError), session.begin_nested():
        propose(session, actor)


@pytest.mark.both_databases("unique keys")
def test_what_is_no_longer_tried_can_be_neither_used_nor_given_up(session, actor):
    propose(session, actor)
    templates.discard(session, name="odt", actor=actor)
    for act in (templates.adopt, templates.discard):
        with pytest.raises(ConflictError):
            act(session, name="odt", actor=actor)
    with pytest.raises(NotFoundError):
        templates.get_trial(session, name="odt")
    templates.reset(session, name="odt", actor=actor)


def put_in_use(session, actor, word):
    """Put in use a model that says ``word`` instead of « Sommaire »."""
    propose(session, actor, changed(b"Sommaire", word.encode()))
    templates.adopt(session, name="odt", actor=actor)


def kept(session, name="odt"):
    return templates.list_archived(session)[name]


def at(actor, minutes):
    return replace(actor, now=actor.now + timedelta(minutes=minutes))


def test_what_was_in_use_is_kept_and_put_back(session, document, actor):
    put_in_use(session, actor, "Plan")
    assert kept(session) == []
    first = templates.current(session, name="odt")
    put_in_use(session, at(actor, 1), "Table")
    second = templates.current(session, name="odt")
    (former,) = kept(session)
    assert (former.content, former.uploaded_by_id) == (first, actor.id)
    assert (former.uploaded_at, former.left_at) == (actor.now, at(actor, 1).now)
    templates.restore(session, archived=former, actor=at(actor, 2))
    assert templates.current(session, name="odt") == first
    assert plan_of(exports.render(session, document, name="odt"))
    assert [one.content for one in kept(session)] == [second]
    templates.reset(session, name="odt", actor=at(actor, 3))
    assert [one.content for one in kept(session)] == [first, second]
    assert kept(session, "docx") == []
    act = session.scalars(
        select(AuditEntry.subject).where(AuditEntry.action == "document_model.put_back")
    )
    assert act.all() == ["document_model:odt"]


def test_a_model_is_in_the_list_once_and_never_while_it_is_in_use(session, actor):
    for minutes, word in enumerate(("Plan", "Table", "Plan", "Plan")):
        put_in_use(session, at(actor, minutes), word)
    (former,) = kept(session)
    assert b"Table</text:p>" in dict(unpack(former.content))["content.xml"]


def test_the_last_ten_are_kept(session, actor):
    for number in range(templates.MAX_FORMER + 2):
        put_in_use(session, at(actor, number), f"Plan{number}")
    found = [dict(unpack(one.content))["content.xml"] for one in kept(session)]
    assert len(found) == templates.MAX_FORMER
    for number, content in zip(range(10, 0, -1), found, strict=True):
        assert f"Plan{number}</text:p>".encode() in content


def test_a_former_model_is_of_its_format_and_there(session, actor):
    put_in_use(session, actor, "Plan")
    templates.reset(session, name="odt", actor=actor)
    (former,) = kept(session)
    found = templates.get_archived(session, name="odt", row=former.id)
    assert found is former
    for name, row in (("docx", former.id), ("odt", former.id + 1), ("odt", None)):
        with pytest.raises(NotFoundError):
            templates.get_archived(session, name=name, row=row)


@pytest.mark.both_databases("unique keys")
def test_two_people_do_not_put_two_models_in_use(session, actor, monkeypatch):
    put_in_use(session, actor, "Plan")
    put_in_use(session, at(actor, 1), "Table")
    (former,) = kept(session)
    monkeypatch.setattr(templates, "_archive", lambda *_: None)
    with pytest.raises(ConflictError), session.begin_nested():
        templates.restore(session, archived=former, actor=actor)
