"""The documents that the worker makes: all from one content, each failure told, kept an hour."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import builders
from webapp.accounts.models import Role
from webapp.collection.models import Contribution
from webapp.exceptions import NotFoundError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import PurgeCause
from webapp.privacy import erasure_ops, retention
from webapp.publishing import export_jobs, exports, publication, snapshots
from webapp.publishing.documents import templates
from webapp.publishing.documents.formats import FORMATS, Format
from webapp.publishing.models import Export, ExportFile
from webapp.review.models import RunState
from webapp.roadmap.models import ItemStatus
from webapp.territory.regions import ensure_region

# Each test makes the documents when it wants, as the worker does.
pytestmark = pytest.mark.usefixtures("asked_jobs")


def clock():
    return builders.NOW


@pytest.fixture
def actor(session):
    """A commissioner whose roadmap has one published version and one draft."""
    builders.workshop(session)
    user = builders.user(session, role=Role.COMMISSIONER)
    said = builders.published(session, actor=user)
    item = builders.item(session, actor=user, contributions=[said])
    builders.move(session, item, ItemStatus.SUBMITTED, actor=user)
    who = Actor(id=user.id, now=builders.NOW)
    publication.publish(session, roadmap=ensure_region(session), actor=who)
    session.commit()
    return who


def ask(actor, number=1):
    with transaction() as session:
        roadmap = ensure_region(session)
        return exports.request_export(
            session, roadmap=roadmap, number=number, actor=actor
        ).public_id


def make(actor, number=1):
    export_id = ask(actor, number)
    export_jobs.execute(transaction, export_id=export_id, clock=clock)
    return exports.get_export(db.session(), public_id=export_id, actor=actor)


def test_the_worker_makes_what_a_person_would_download(session, actor):
    export = make(actor)
    assert (export.state, exports.progress_of(export)) == (RunState.DONE, 1.0)
    document = snapshots.document_of(publication.published(ensure_region(session), 1))
    for name in FORMATS:
        assert exports.file_of(export, name=name) == exports.render(session, document, name=name)


def test_the_archive_holds_each_document_and_what_to_check_it_with(session, actor):
    export = make(actor)
    with zipfile.ZipFile(io.BytesIO(exports.archive_of(export))) as archive:
        digests, *names = archive.namelist()
        lines = archive.read(digests).decode().splitlines()
        assert [line.split("  ")[1] for line in lines] == names
        assert len(names) == len(FORMATS)
        assert "pays-de-la-loire-v1-excel.csv" in names
        assert [line.split("  ")[0] for line in lines] == [file.sha256 for file in export.files]


def test_a_draft_says_that_it_is_one_in_every_document(session, actor):
    export = make(actor, number=None)
    assert b'"draft":true' in exports.file_of(export, name="json")
    assert exports.stem_of(export.roadmap.slug, export.number) == "pays-de-la-loire-projet"


def test_a_format_that_fails_is_told_and_the_others_are_kept(session, actor, monkeypatch):
    def fail(document):
        raise ValueError(document.title)

    broken = dict(FORMATS) | {"pdf": Format("application/pdf", "pdf", "PDF", fail)}
    monkeypatch.setattr("webapp.publishing.documents.formats.FORMATS", broken)
    export = make(actor)
    assert export.state is RunState.DONE
    assert {f.format: f.error for f in export.files if f.error} == {"pdf": "ValueError"}
    with pytest.raises(NotFoundError):
        exports.file_of(export, name="pdf")
    with zipfile.ZipFile(io.BytesIO(exports.archive_of(export))) as archive:
        assert len(archive.namelist()) == len(FORMATS)


def test_when_nothing_can_be_read_nothing_is_left(session, actor, monkeypatch):
    export_id = ask(actor, number=None)
    monkeypatch.setattr(publication, "preview", None)
    with pytest.raises(TypeError):
        export_jobs.execute(transaction, export_id=export_id, clock=clock)
    export = exports.get_export(session, public_id=export_id, actor=actor)
    assert (export.state, export.error, export.files) == (RunState.FAILED, "TypeError", [])
    with pytest.raises(NotFoundError):
        exports.archive_of(export)


@pytest.mark.both_databases("two writers at once")
def test_what_is_on_its_way_is_not_asked_twice_and_a_job_delivered_twice_does_nothing(
    session, actor
):
    first = ask(actor)
    assert ask(actor) == first
    assert ask(actor, number=None) != first
    for _ in range(2):
        export_jobs.execute(transaction, export_id=first, clock=clock)
    count = session.scalar(select(func.count()).select_from(ExportFile))
    assert count == len(FORMATS)


def test_documents_are_one_persons_and_die_within_the_hour(session, actor):
    export = make(actor)
    other = builders.user(session, email="autre@example.org", role=Role.ADMINISTRATOR)
    late = Actor(id=actor.id, now=builders.NOW + timedelta(hours=1))
    for who in (Actor(id=other.id, now=builders.NOW), late):
        with pytest.raises(NotFoundError):
            exports.get_export(session, public_id=export.public_id, actor=who)
    assert exports.list_exports(session, actor=late) == []
    retention.purge(session, now=late.now, cause=PurgeCause.COMMAND)
    for kind in (Export, ExportFile):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


@pytest.mark.both_databases("two writers at once")
def test_what_was_dropped_meanwhile_leaves_nothing_behind(session, actor, monkeypatch):
    export_id = ask(actor)

    def drop(*_):
        with transaction() as inner:
            exports.drop_old(inner, now=builders.NOW, life=timedelta(0))
        return b"x"

    monkeypatch.setattr(export_jobs, "render_with", drop)
    export_jobs.execute(transaction, export_id=export_id, clock=clock)
    for kind in (Export, ExportFile):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


@pytest.mark.parametrize("number", [1, None])
def test_words_erased_while_documents_are_made_are_in_none_of_them(
    session, actor, monkeypatch, number
):
    receipt = session.scalars(select(Contribution.receipt)).one()
    export_id, made, layout = ask(actor, number), [], export_jobs.render_with

    def erase_after_the_first(document, name, in_use):
        if len(made) == 1:
            erasure_ops.erase_own(receipt=receipt, now=builders.NOW)
        made.append(name)
        return layout(document, name, in_use)

    monkeypatch.setattr(export_jobs, "render_with", erase_after_the_first)
    export_jobs.execute(transaction, export_id=export_id, clock=clock)
    for kind in (Export, ExportFile):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_words_erased_before_a_document_is_read_leave_no_failure(session, actor, monkeypatch):
    export_id = ask(actor)
    reading = export_jobs._read  # noqa: SLF001 - the moment between asking and reading

    def erased_first(inner, *asked):
        exports.drop_made(inner)
        return reading(inner, *asked)

    monkeypatch.setattr(export_jobs, "_read", erased_first)
    export_jobs.execute(transaction, export_id=export_id, clock=clock)
    assert session.scalar(select(func.count()).select_from(Export)) == 0


def test_what_waits_is_made_after_an_erasure(session, actor):
    export_id = ask(actor)
    exports.drop_made(session)
    session.commit()
    export_jobs.execute(transaction, export_id=export_id, clock=clock)
    assert exports.get_export(session, public_id=export_id, actor=actor).state is RunState.DONE


def test_a_worker_that_died_half_way_keeps_what_it_made(session, actor):
    waiting = ask(actor, number=None)
    half = make(actor)
    half.state = RunState.RUNNING
    session.commit()
    with transaction() as inner:
        assert export_jobs.fail_interrupted(inner, now=builders.NOW) == [waiting]
    assert (half.state, half.error) == (RunState.FAILED, export_jobs.INTERRUPTED)
    assert exports.file_of(half, name="odt")


def test_a_version_that_does_not_exist_is_refused(session, actor):
    with pytest.raises(NotFoundError):
        ask(actor, number=9)


def test_only_text_formats_follow_a_model():
    assert set(templates.TEMPLATES) < set(FORMATS)
