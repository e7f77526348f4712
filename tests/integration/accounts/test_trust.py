"""Accounts, journal, retention, backups, migrations: what an instance rests on."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from tests.nonempty import some
from webapp.accounts import passwords, users
from webapp.accounts.models import Role
from webapp.accounts.sessions import AccountSnapshot
from webapp.accounts.users import Account
from webapp.collection import workshops
from webapp.collection.models import Contribution, DecisionKind, Workshop
from webapp.exceptions import (
    ConflictError,
    DuplicateError,
    NotFoundError,
    SchemaError,
    UnreadableFileError,
    WeakPasswordError,
)
from webapp.moderation.models import MaskReading
from webapp.platform import audit, backups, schema, sqlite
from webapp.platform.audit import Line
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry, Base, PurgeCause
from webapp.platform.text_cleaning import ERASED, text_hash
from webapp.privacy import retention
from webapp.review.models import TextVector

pytestmark = pytest.mark.both_databases("triggers, locks, migrations and backups")


def account(**changes):
    fields = {
        "email": "Claire@Example.org ",
        "display_name": "Claire",
        "role": Role.OBSERVER,
        "password": builders.PASSWORD,
    }
    return Account(**fields | changes)


def test_an_account_is_found_by_its_address_and_password(session):
    user = users.add_user(session, account=account(), now=builders.NOW)
    assert user.email == "claire@example.org"
    assert user.password_hash.startswith("scrypt:")
    found = users.find_snapshot(session, email="CLAIRE@example.org")
    assert found == AccountSnapshot.of(user)
    assert passwords.matches(builders.PASSWORD, found.password_hash)
    assert not passwords.matches("autre chose", found.password_hash)
    assert users.find_snapshot(session, email="inconnue@example.org") is None
    user.active = False
    assert users.find_snapshot(session, email="claire@example.org") is None


@pytest.mark.parametrize("password", ["", "onze lettre", "x" * 1001])
def test_a_weak_password_is_refused(session, password):
    with pytest.raises(WeakPasswordError):
        users.add_user(session, account=account(password=password), now=builders.NOW)


def test_an_address_has_one_account_and_a_group_must_exist(session):
    users.add_user(session, account=account(), now=builders.NOW)
    with pytest.raises(DuplicateError):
        users.add_user(session, account=account(email="claire@example.org"), now=builders.NOW)
    with pytest.raises(NotFoundError):
        users.add_user(session, account=account(email="x@y.z", groups=("z",)), now=builders.NOW)


@pytest.fixture
def journal(session):
    """Five lines of the journal."""
    for number in range(1, 6):
        audit.record(session, Line(action="test", subject=f"thing:{number}", at=builders.NOW))
    return session


def spoil(session, command):
    """Change the journal as somebody with the database's keys could."""
    if session.get_bind().dialect.name == "sqlite":
        for name in ("audit_entry_no_update", "audit_entry_no_delete"):
            session.execute(text(f"DROP TRIGGER {name}"))
    else:
        session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    session.execute(text(command))
    session.expire_all()


def test_check_11_an_intact_journal_has_no_broken_line(journal):
    assert list(audit.broken_lines(journal)) == []


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("UPDATE audit_entry SET subject = 'thing:x' WHERE id = 3", 3),
        ("UPDATE audit_entry SET action = 'other' WHERE id = 5", 5),
        ("DELETE FROM audit_entry WHERE id = 2", 2),
        ("DELETE FROM audit_entry WHERE id = 5", 5),
        ("UPDATE audit_entry SET id = 60 WHERE id = 1", 1),
    ],
)
def test_check_11_a_line_that_was_touched_is_named(journal, command, line):
    spoil(journal, command)
    assert line in list(audit.broken_lines(journal))


def test_check_11_two_lines_that_changed_places_are_named(journal):
    swap = "UPDATE audit_entry SET id = {} WHERE id = {}"
    spoil(journal, swap.format(99, 2))
    for new, old in ((2, 3), (3, 99)):
        journal.execute(text(swap.format(new, old)))
    assert list(audit.broken_lines(journal)) == [2, 3, 4]


def test_check_11_a_line_added_by_hand_is_named(journal):
    values = {"at": "2024-01-10 09:00:00", "hash": "a" * 64}
    added = (
        "INSERT INTO audit_entry (id, at, action, subject, details, hash)"
        " VALUES (6, :at, 'test', 'thing:6', '', :hash)"
    )
    journal.execute(text(added), values)
    assert list(audit.broken_lines(journal)) == [6]


def test_what_is_added_during_the_reading_is_no_fault(journal, monkeypatch):
    heads = [_head(journal)]
    audit.record(journal, Line(action="test", subject="thing:6", at=builders.NOW))
    read = lambda session: heads.pop() if heads else _head(session)  # noqa: E731
    monkeypatch.setattr("webapp.platform.audit._head", read)
    assert list(audit.broken_lines(journal)) == []


def _head(session):
    return tuple(session.execute(text("SELECT last_id, hash FROM audit_head")).one())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_parts_of_the_chain_find_what_the_whole_finds(journal, size):
    spoil(journal, "UPDATE audit_entry SET subject = 'thing:x' WHERE id = 3")
    journal.execute(text("DELETE FROM audit_entry WHERE id = 5"))
    found, check = [], audit.check_lines(journal, limit=size)
    while True:
        found += check.broken
        if check.is_complete:
            break
        check = audit.check_lines(journal, after=check.end, limit=size)
    assert found == list(audit.broken_lines(journal)) == [3, 5]


def test_the_database_itself_keeps_the_journal(journal):
    for command in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(DBAPIError, match="audit_entry_no_"), journal.begin_nested():
            journal.execute(text(command))


def destroyed(session, days):
    """How many contributions lose their words when this is the delay."""
    cause = PurgeCause.COMMAND
    done = retention.purge(session, now=builders.NOW, cause=cause, words_days=days)
    return done.record.words


def read_again(session, contribution, user):
    """Have somebody look a second time at a masked text."""
    reading = MaskReading(
        decision_id=contribution.decision.id, read_by_id=user.id, read_at=builders.NOW
    )
    session.add(reading)
    session.flush()


def test_a_purge_destroys_the_words_and_keeps_the_counts(session):
    builders.workshop(session)
    actor = builders.user(session)
    words = {"masked": "Mme Durand a froid", "set_aside": "Achetez", "published": "Un bus"}
    said = {kind: builders.contribution(session, body) for kind, body in words.items()}
    for kind, one in said.items():
        masked = "[nom masqué] a froid" if kind == "masked" else None
        builders.decide(
            session, one, DecisionKind(kind), actor=actor, reason="Vu", masked_body=masked
        )
    vector = TextVector(text_hash=text_hash("Mme Durand a froid"), encoder="e", values=b"1")
    session.add(vector)
    session.flush()
    read_again(session, said["masked"], actor)
    assert destroyed(session, days=1) == 0
    assert destroyed(session, days=0) == 2
    assert destroyed(session, days=0) == 0
    session.expire_all()
    assert said["masked"].body == said["set_aside"].body == ERASED
    assert said["masked"].shown_body == "[nom masqué] a froid"
    assert said["published"].body == "Un bus"
    assert session.scalar(select(func.count()).select_from(Contribution)) == 3
    assert session.scalar(select(func.count()).select_from(TextVector)) == 0


def test_a_transaction_commits_once_or_not_at_all(app):
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
        with pytest.raises(RuntimeError, match="stop"), transaction() as session:
            workshops.get_workshop(session, code="ABCDEF").title = "Perdu"
            raise RuntimeError("stop")
        assert workshops.get_workshop(db.session(), code="ABCDEF").title == "Atelier ABCDEF"


def test_a_stale_version_is_a_conflict(app):
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
            actor = builders.user(session)
            item = builders.item(session, actor=actor)
            item_id = item.id
        with pytest.raises(ConflictError), transaction() as session:
            stale = session.get(type(item), item_id)
            session.execute(
                text("UPDATE roadmap_item SET version = version + 1 WHERE id = :id"),
                {"id": item_id},
            )
            stale.title = "Mon titre"


def test_every_connection_of_sqlite_is_durable_and_strict(app):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            with db.engine.connect() as connection:
                assert connection.scalar(text("SHOW synchronous_commit")) == "on"
            return
        connections = [db.engine.connect() for _ in range(3)]
        for connection in some(connections):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
            connection.close()
            assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_models_are_what_the_migrations_make(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_and_up_again(app):
    with app.app_context():
        schema.check_schema(db.engine)
        schema.downgrade(db.engine, "base")
        tables = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert tables == set()
        with pytest.raises(SchemaError):
            schema.check_schema(db.engine)
        schema.upgrade(db.engine)
        schema.check_schema(db.engine)


def test_two_migrators_at_once_migrate_once(tmp_path):
    address = f"sqlite:///{tmp_path / 'new.sqlite'}"
    errors = []

    def migrate():
        engine = create_engine(address)
        sqlite.prepare_engine(engine)
        try:
            schema.upgrade(engine)
        except Exception as error:  # noqa: BLE001 - a thread tells the test what happened
            errors.append(error)
        engine.dispose()

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_backup_taken_before_a_change_brings_the_past_back(app, tmp_path):
    copy = tmp_path / "copy.bak"
    with app.app_context():
        if db.engine.dialect.name != "sqlite" and not _has_tools():
            pytest.skip("pg_dump is not on the path or is older than the server")
        with transaction() as session:
            builders.workshop(session)
        db.session.remove()
        backups.backup(db.engine, copy)
        assert copy.stat().st_mode & 0o777 == 0o600
        with transaction() as session:
            workshops.get_workshop(session, code="ABCDEF").title = "Après"
            builders.workshop(session, code="GHJKLM")
        db.session.remove()
        backups.restore(db.engine, copy)
        assert list(db.session.scalars(select(Workshop.title))) == ["Atelier ABCDEF"]


def _has_tools():
    import shutil  # noqa: PLC0415 - for this test only

    return shutil.which("pg_dump") is not None


def test_what_is_not_a_backup_is_refused(app, tmp_path):
    wrong = tmp_path / "photo.jpg"
    wrong.write_bytes(b"\xff\xd8\xff" * 100)
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
        db.session.remove()
        with pytest.raises(UnreadableFileError):
            backups.restore(db.engine, wrong)
        assert db.session.scalar(select(func.count()).select_from(Workshop)) == 1


def test_a_journal_line_and_what_it_tells_are_one_transaction(app):
    with app.app_context():
        with transaction() as session:
            builders.workshop(session)
        before = db.session.scalar(select(func.count()).select_from(AuditEntry))
        with pytest.raises(RuntimeError), transaction() as session:
            builders.contribution(session)
            raise RuntimeError("power cut")
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 0
