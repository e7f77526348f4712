"""Erased words are in no byte of an instance: files, later backups, older ones, work under way."""

import contextlib
import itertools
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders
from tests.integration.erased import MARKS, SAID, files, held, rows, tell_everywhere
from webapp.accounts.models import Role
from webapp.collection import contributions
from webapp.collection.models import DecisionKind
from webapp.platform import backups
from webapp.platform.extensions import db, transaction
from webapp.platform.models import PurgeCause
from webapp.platform.text_cleaning import ERASED, text_hash
from webapp.privacy import erasure, erasure_ops
from webapp.review import analysis
from webapp.review.models import Cluster, ClusterAlignment, TextVector
from webapp.territory.models import Reference, ReferenceKind

pytestmark = pytest.mark.both_databases("what is left in the files of the database")


@pytest.fixture
def lived(app):
    """An instance on the disk where words were said, told, and are in files; gives a receipt."""
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
            commissioner = builders.user(session, role=Role.COMMISSIONER)
            said, _, _ = tell_everywhere(session, commissioner)
            receipt = said.receipt
        db.session.remove()
        yield receipt


def test_erased_words_are_in_no_byte_of_the_instance_nor_of_a_later_backup(app, lived, tmp_path):
    if db.engine.dialect.name != "sqlite":
        # The files are the server's: its tables are what can be read.
        erasure_ops.erase_own(receipt=lived, now=builders.NOW)
        assert erasure_ops.scrub(db.engine, whole=True)
        assert [mark for mark in MARKS if mark in rows(db.session())] == []
        return
    assert held(b"".join(files(tmp_path).values()))
    erasure_ops.erase_own(receipt=lived, now=builders.NOW)
    db.session.remove()
    assert {name: held(content) for name, content in files(tmp_path).items() if held(content)} == {}
    copy = tmp_path / "copy.bak"
    backups.backup(db.engine, copy)
    assert held(copy.read_bytes()) == []


def test_a_backup_made_before_loses_the_words_again(app, lived, tmp_path):
    if db.engine.dialect.name != "sqlite":
        erasure_ops.erase_own(receipt=lived, now=builders.NOW)
        assert erasure_ops.erase_again(now=builders.NOW) == 0
        return
    copy = tmp_path / "copy.bak"
    backups.backup(db.engine, copy)
    erasure_ops.erase_own(receipt=lived, now=builders.NOW)
    db.session.remove()
    assert held(copy.read_bytes())
    backups.restore(db.engine, copy)
    assert erasure_ops.erase_again(now=builders.NOW) == 1
    assert erasure_ops.erase_again(now=builders.NOW) == 0
    db.session.remove()
    copy.unlink()
    assert held(b"".join(files(tmp_path).values())) == []
    said = contributions.get_by_receipt(db.session(), receipt=lived)
    assert (said.body, said.decision.kind) == (ERASED, DecisionKind.WITHDRAWN)


def test_a_purge_leaves_a_line_for_each_contribution_and_no_word(app, lived, tmp_path):
    with transaction() as session:
        contributions.withdraw(session, receipt=lived, now=builders.NOW)
    late = builders.NOW + timedelta(days=181)
    foreseen = erasure_ops.foresee(now=late)
    assert foreseen["words"] == 1
    assert not (tmp_path / erasure_ops.LEDGER).exists()
    assert erasure_ops.purge(now=late, cause=PurgeCause.COMMAND) == foreseen
    lines = (tmp_path / erasure_ops.LEDGER).read_text("ascii").splitlines()
    said = contributions.get_by_receipt(db.session(), receipt=lived)
    assert [json.loads(line)["contribution"] for line in lines] == [said.public_id]
    assert (tmp_path / erasure_ops.LEDGER).stat().st_mode & 0o777 == 0o600
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        assert held(b"".join(files(tmp_path).values())) == []


def test_a_ledger_cut_short_is_read_as_far_as_it_goes(tmp_path):
    erased = [
        erasure.Erasure("abc", masked_stays=False),
        erasure.Erasure("def", masked_stays=True),
    ]
    erasure_ops.append_ledger(tmp_path, erased, builders.NOW)
    path = tmp_path / erasure_ops.LEDGER
    path.write_text(path.read_text("ascii") + '{"contribution": "gh', "ascii")
    assert erasure_ops.read_ledger(tmp_path) == erased


def interrupted(act, *, call):
    """Return a transaction that lets ``act`` happen before its ``call``-th opening."""
    calls = itertools.count(1)

    @contextlib.contextmanager
    def opened():
        if next(calls) == call:
            act()
        with transaction() as session:
            yield session

    return opened


@pytest.fixture
def grouped(app):
    """A group of four, one of whom will take their words back while the machine reads them."""
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
            user = builders.user(session, role=Role.COMMISSIONER)
            bodies = (SAID, "Un guichet plus tard", "Des guichets le soir", "Un guichet mobile")
            said = [builders.published(session, body, actor=user) for body in bodies]
            group = builders.cluster(session, *said, title="Des guichets", status="accepted")
            group.kept, group.summary = True, ""
            receipt, group_id = said[0].receipt, group.working_group_id
        db.session.remove()
        yield lambda: erasure_ops.erase_own(receipt=receipt, now=builders.NOW), group_id
        db.session.remove()


def test_words_erased_while_the_machine_reads_a_group_do_not_come_back(grouped):
    erase, group_id = grouped
    analysis.read_groups(interrupted(erase, call=3), group_id=group_id)
    assert [mark for mark in MARKS if mark in rows(db.session())] == []
    analysis.read_groups(transaction, group_id=group_id)
    assert db.session.scalars(select(Cluster.summary)).one()


def test_words_erased_while_the_machine_aligns_groups_do_not_come_back(grouped):
    erase, group_id = grouped
    with transaction() as session:
        seeds = ("quatremarre", "samedi", "saumur", "guichet")
        session.add(
            Reference(kind=ReferenceKind.MEASURE, code="Guichets", name="Guichets", seeds=seeds)
        )
    told = select(ClusterAlignment.words)
    analysis.align_groups(transaction, group_id=group_id)
    assert "quatremarre" in str(db.session.scalars(told).all())
    analysis.align_groups(interrupted(erase, call=2), group_id=group_id)
    assert "quatremarre" not in str(db.session.scalars(told).all())


def test_the_vector_of_erased_words_goes_even_when_a_run_keeps_it_late(grouped):
    erase, _ = grouped
    erase()
    with transaction() as session:
        session.add(TextVector(text_hash=text_hash(SAID), encoder="e", values=b"1"))
        kept = TextVector(text_hash=text_hash("Un guichet mobile"), encoder="e", values=b"1")
        session.add(kept)
    analysis.forget_texts(transaction)
    hashes = db.session.scalars(select(TextVector.text_hash)).all()
    assert hashes == [text_hash("Un guichet mobile")]
