"""Words that are erased are nowhere any more: rows, history, files, later backups, older ones."""

import contextlib
import itertools
import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from webapp.extensions import backups, db, forgetting, transaction
from webapp.models import (
    AuditEntry,
    BudgetLine,
    Channel,
    Cluster,
    ClusterAlignment,
    ClusterStatus,
    Contribution,
    DecisionKind,
    DeviceMark,
    Indicator,
    ItemLink,
    LinkKind,
    Milestone,
    PurgeCause,
    Reference,
    ReferenceKind,
    Replacement,
    ReviewAction,
    ReviewEdit,
    RoadmapItem,
    Role,
    RunChange,
    TextVector,
)
from webapp.services import (
    analysis,
    clusters,
    contributions,
    erasures,
    items,
    ledger,
    paper,
    retention,
    reversals,
    rights,
    tables,
)
from webapp.services.audit import Actor
from webapp.services.contributions import Details
from webapp.services.words import ERASED, text_hash

SAID = "Mme Zéphyrine Quatremarre demande un guichet ouvert le samedi matin à Saumur"
MARKS = ("quatremarre", "zéphyrine", "zephyrine", "samedi matin à saumur")


@pytest.fixture
def commissioner(session):
    builders.workshop(session)
    return builders.user(session, role=Role.COMMISSIONER)


def tell_everywhere(session, commissioner):
    """Have the words of one person copied wherever the product copies words."""
    said = builders.published(session, SAID, actor=commissioner, token="mine")
    other = builders.published(session, "Un guichet ouvert plus tard", actor=commissioner)
    group = builders.cluster(session, said, other, title="Guichet de Zéphyrine Quatremarre")
    group.summary = f"{SAID}. Un guichet ouvert plus tard."
    group.keywords = ("guichet", "quatremarre")
    group.members[0].words = ("quatremarre", "guichet")
    group.members[1].words = ("guichet",)
    actor = Actor(id=commissioner.id, now=builders.NOW)
    clusters.rename(session, cluster=group, title=SAID, actor=actor, reason="Mots de Quatremarre")
    clusters.rename(session, cluster=group, title="Des guichets le samedi", actor=actor)
    clusters.accept(session, cluster=group, actor=actor)
    item = items.promote(session, cluster=group, actor=actor)
    item.finding = f"{SAID}. Les guichets ferment tôt."
    for part in (
        Milestone(title=SAID, due_date=date(2027, 1, 31)),
        Indicator(name=SAID, baseline_source=SAID),
        BudgetLine(year=2027, funder="Région", purpose=SAID, amount=100),
        ItemLink(kind=LinkKind.PACT, title=SAID),
    ):
        part.item_id = item.id
        session.add(part)
    change = RunChange(run_id=group.run_id, kind="vanished", before=f"Guichet : {SAID}", after="")
    session.add_all([change, TextVector(text_hash=text_hash(SAID), encoder="e", values=b"1")])
    masked = "Mme Zéphyrine [nom masqué] demande un guichet"
    fields = {"actor": commissioner, "reason": "Nomme Zéphyrine Quatremarre"}
    builders.decide(session, said, DecisionKind.MASKED, masked_body=masked, **fields)
    builders.decide(session, said, DecisionKind.PUBLISHED, actor=commissioner)
    session.flush()
    return said, group, item


def rows(session):
    """Every value of every table, as one text."""
    tables = db.metadata.sorted_tables
    found = [str(row) for table in tables for row in session.execute(select(table))]
    return "\n".join(found).casefold()


def files(folder):
    """Every byte of an instance, and where it stands."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def held(content):
    return [mark for mark in MARKS if mark.encode() in content]


def test_erased_words_are_in_no_table_and_the_counts_are_the_same(session, commissioner):
    said, group, item = tell_everywhere(session, commissioner)
    assert [mark for mark in MARKS if mark in rows(session)] == list(MARKS[:2] + MARKS[3:])
    before = ledger.read_ledger(session, group_ids=[group.working_group_id]).total
    erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.expire_all()
    assert [mark for mark in MARKS if mark in rows(session)] == []
    after = ledger.read_ledger(session, group_ids=[group.working_group_id])
    assert after.total.received == before.received
    assert after.closes
    assert said.body == ERASED
    assert said.decision.kind is DecisionKind.WITHDRAWN
    assert group.title == "Des guichets le samedi"
    assert item.finding == f"{ERASED} Les guichets ferment tôt."
    assert group.keywords == ("guichet",)
    assert session.scalar(select(func.count()).select_from(DeviceMark)) == 0
    assert session.scalar(select(func.count()).select_from(TextVector)) == 0


def test_the_journal_says_that_words_were_erased_and_not_which(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "contribution.erase"))
    assert [line.subject for line in entry] == [f"contribution:{said.public_id}"]


def test_what_others_say_too_stays_where_it_is(session, commissioner):
    said = builders.published(session, "Un bus le dimanche matin", actor=commissioner)
    other = builders.published(session, "Un bus le dimanche", actor=commissioner)
    group = builders.cluster(session, said, other, title="Un bus le dimanche")
    group.summary = "Un bus le dimanche."
    erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.refresh(group)
    assert (group.title, group.summary) == ("Un bus le dimanche", "Un bus le dimanche.")


def test_an_erasure_twice_is_one_and_a_late_reply_still_finds_its_receipt(session, commissioner):
    said = builders.contribution(session, SAID, key="once")
    for _ in range(2):
        erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    again = builders.contribution(session, SAID, key="once")
    assert again.receipt == said.receipt
    assert again.body == ERASED


def test_the_lines_of_paper_that_were_corrected_go_together(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    details = Details(channel=Channel.PAPER, sheet="1")
    line = paper.key_line(session, code="ABCDEF", body=SAID, key="l", actor=actor, details=details)
    note = paper.correct(
        session, line=line, body=f"{SAID} !", key="m", actor=actor, details=details
    )
    erasures.erase_own(session, receipt=note.receipt, now=builders.NOW)
    assert [mark for mark in MARKS if mark in rows(session)] == []


def test_what_was_written_before_a_correction_goes_with_it(session, commissioner):
    first = builders.contribution(session, SAID)
    second = builders.contribution(session, f"{SAID} !", replaces=first.receipt)
    last = builders.contribution(session, "Un guichet ouvert", replaces=second.receipt)
    own = rights.read_own(session, receipt=last.receipt)
    assert own.formers == (f"{SAID} !", SAID)
    assert rights.read_own(session, receipt=first.receipt).formers == ()
    assert erasures.erase_own(session, receipt=last.receipt, now=builders.NOW) == (
        *(erasures.Erasure(said.public_id, masked_stays=False) for said in (last, second, first)),
    )
    assert {said.body for said in (first, second, last)} == {ERASED}
    assert [mark for mark in MARKS if mark in rows(session)] == []
    assert session.scalar(select(func.count(Replacement.contribution_id))) == 0


def test_what_was_replaced_once_is_tied_to_nobody_else(session, commissioner):
    first = builders.contribution(session, SAID)
    builders.contribution(session, "Un guichet ouvert", replaces=first.receipt)
    # The same tablet, the page of the first idea still open, in somebody else's hands.
    other = builders.contribution(session, "Un bus le dimanche", replaces=first.receipt)
    assert rights.read_own(session, receipt=other.receipt).formers == ()
    erasures.erase_own(session, receipt=other.receipt, now=builders.NOW)
    assert first.body == SAID


def test_a_chain_of_corrections_is_read_to_an_end(session, commissioner):
    said = [builders.contribution(session, "Un bus 0")]
    for number in range(1, 31):
        said.append(builders.contribution(session, f"Un bus {number}", replaces=said[-1].receipt))
    formers = rights.read_own(session, receipt=said[-1].receipt).formers
    assert formers == tuple(f"Un bus {number}" for number in range(29, 9, -1))


def test_a_note_taken_back_to_be_corrected_loses_its_words_after_a_day(session, commissioner):
    details = Details(channel=Channel.RAPPORTEUR)
    link = tables.add_links(
        session,
        workshop=builders.workshop(session, code="GHJKLM"),
        count=1,
        actor=Actor(id=commissioner.id, now=builders.NOW),
    )[0]
    noted = {"link": link, "now": builders.NOW, "details": details}
    back = tables.submit_note(session, body=SAID, key="a", **noted)
    kept = tables.submit_note(session, body="Un guichet ouvert", key="b", **noted)
    tables.take_back(session, note=back, now=builders.NOW)
    idea = builders.contribution(session, "Un bus le dimanche")
    contributions.withdraw(session, receipt=idea.receipt, now=builders.NOW)
    for hours, body in ((23, SAID), (25, ERASED)):
        late = builders.NOW + timedelta(hours=hours)
        retention.purge(session, now=late, cause=PurgeCause.COMMAND)
        assert back.body == body
    assert (kept.body, idea.body) == ("Un guichet ouvert", "Un bus le dimanche")


def test_erasing_what_was_replaced_leaves_what_replaced_it(session, commissioner):
    first = builders.contribution(session, SAID)
    last = builders.contribution(session, "Un guichet ouvert", replaces=first.receipt)
    erasures.erase_own(session, receipt=first.receipt, now=builders.NOW)
    assert (first.body, last.body) == (ERASED, "Un guichet ouvert")
    assert rights.read_own(session, receipt=last.receipt).formers == ()


def test_the_history_loses_words_and_nothing_else(session, commissioner):
    tell_everywhere(session, commissioner)
    for command in (
        "UPDATE review_action SET before = 'autre'",
        "UPDATE review_action SET before = '[effacé]', act = 'merge'",
        "UPDATE review_edit SET field = 'summary', after = '[effacé]' WHERE field = 'title'",
        "DELETE FROM review_edit",
    ):
        with pytest.raises(DBAPIError, match=r"review_.*_no_"), session.begin_nested():
            session.execute(text(command))
    session.execute(text("UPDATE review_action SET before = '[effacé]'"))
    assert set(session.scalars(select(ReviewAction.before))) == {ERASED}


def test_undoing_does_not_bring_erased_words_back(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title="Chez Zéphyrine Quatremarre")
    clusters.rename(session, cluster=group, title="Guichets", actor=actor)
    renamed = session.scalars(select(ReviewAction)).one()
    erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    reversals.reverse(session, action=renamed, actor=actor)
    assert group.title == "Guichets"
    assert ERASED in set(session.scalars(select(ReviewEdit.before)))


def test_a_title_given_in_the_place_of_a_marker_is_undone_and_done_again(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title=ERASED)
    clusters.rename(session, cluster=group, title="Guichets", actor=actor)
    assert (group.title, group.kept) == ("Guichets", True)
    undone = reversals.reverse(
        session, action=session.scalars(select(ReviewAction)).one(), actor=actor
    )
    assert (group.title, group.kept) == ("Guichets", False)  # the machine may name it again
    reversals.reverse(session, action=undone, actor=actor)
    assert (group.title, group.title_by_human, group.kept) == ("Guichets", True, True)


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
        forgetting.erase_own(receipt=lived, now=builders.NOW)
        assert forgetting.scrub(db.engine, whole=True)
        assert [mark for mark in MARKS if mark in rows(db.session())] == []
        return
    assert held(b"".join(files(tmp_path).values()))
    forgetting.erase_own(receipt=lived, now=builders.NOW)
    db.session.remove()
    assert {name: held(content) for name, content in files(tmp_path).items() if held(content)} == {}
    copy = tmp_path / "copy.bak"
    backups.backup(db.engine, copy)
    assert held(copy.read_bytes()) == []


def test_a_backup_made_before_loses_the_words_again(app, lived, tmp_path):
    if db.engine.dialect.name != "sqlite":
        forgetting.erase_own(receipt=lived, now=builders.NOW)
        assert forgetting.erase_again(now=builders.NOW) == 0
        return
    copy = tmp_path / "copy.bak"
    backups.backup(db.engine, copy)
    forgetting.erase_own(receipt=lived, now=builders.NOW)
    db.session.remove()
    assert held(copy.read_bytes())
    backups.restore(db.engine, copy)
    assert forgetting.erase_again(now=builders.NOW) == 1
    assert forgetting.erase_again(now=builders.NOW) == 0
    db.session.remove()
    copy.unlink()
    assert held(b"".join(files(tmp_path).values())) == []
    said = contributions.get_by_receipt(db.session(), receipt=lived)
    assert (said.body, said.decision.kind) == (ERASED, DecisionKind.WITHDRAWN)


def test_a_purge_leaves_a_line_for_each_contribution_and_no_word(app, lived, tmp_path):
    with transaction() as session:
        contributions.withdraw(session, receipt=lived, now=builders.NOW)
    late = builders.NOW + timedelta(days=181)
    foreseen = forgetting.foresee(now=late)
    assert foreseen["words"] == 1
    assert not (tmp_path / forgetting.LEDGER).exists()
    assert forgetting.purge(now=late, cause=PurgeCause.COMMAND) == foreseen
    lines = (tmp_path / forgetting.LEDGER).read_text("ascii").splitlines()
    said = contributions.get_by_receipt(db.session(), receipt=lived)
    assert [json.loads(line)["contribution"] for line in lines] == [said.public_id]
    assert (tmp_path / forgetting.LEDGER).stat().st_mode & 0o777 == 0o600
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        assert held(b"".join(files(tmp_path).values())) == []


def test_a_ledger_cut_short_is_read_as_far_as_it_goes(tmp_path):
    erased = [
        erasures.Erasure("abc", masked_stays=False),
        erasures.Erasure("def", masked_stays=True),
    ]
    forgetting.remember(tmp_path, erased, builders.NOW)
    path = tmp_path / forgetting.LEDGER
    path.write_text(path.read_text("ascii") + '{"contribution": "gh', "ascii")
    assert forgetting.recall(tmp_path) == erased


def test_words_masked_since_a_backup_go_from_it_even_unmasked(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    known = [erasures.Erasure(said.public_id, masked_stays=True)]
    assert erasures.erase_again(session, known=known, now=builders.NOW) == 1
    assert said.shown_body == ERASED


def test_a_group_that_only_one_person_made_keeps_no_title_of_theirs(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title="Guichet à Saumur", status=ClusterStatus.PROPOSED)
    erasures.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.refresh(group)
    assert group.title == ERASED
    assert session.scalar(select(func.count()).select_from(Contribution)) == 1
    assert session.scalar(select(func.count()).select_from(RoadmapItem)) == 0


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
        yield lambda: forgetting.erase_own(receipt=receipt, now=builders.NOW), group_id
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
