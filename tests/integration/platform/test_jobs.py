"""The queue between the web processes and the worker."""

import contextlib
import json
import pickle
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from tests import builders
from webapp.config import Config
from webapp.exceptions import ConflictError
from webapp.platform import audit
from webapp.platform.extensions import db, transaction
from webapp.platform.extensions import jobs as application_jobs
from webapp.platform.jobs import Job, Jobs, enqueue_on_commit
from webapp.platform.models import AuditEntry
from webapp.tasks import _in_context


@pytest.fixture
def jobs(tmp_path):
    """A queue on a disk, as an instance has one."""
    jobs = Jobs()
    jobs.init_app(Config.load({"SEMAILLES_INSTANCE_PATH": str(tmp_path)}))
    yield jobs
    jobs.consumer().huey.storage.close()


def stored(folder, statement="SELECT data FROM task", *values):
    with contextlib.closing(sqlite3.connect(folder / "jobs.sqlite")) as base:
        rows = base.execute(statement, values).fetchall()
        base.commit()
        return rows


def test_check_50_a_job_is_kept_as_json_that_runs_no_code(jobs, tmp_path):
    done = []
    jobs.register("note", lambda **sent: done.append(sent))
    jobs.enqueue("note", words="une idée")
    ((data,),) = stored(tmp_path)
    assert "note" in str(json.loads(data))
    queue = jobs.consumer().huey
    queue.execute(queue.dequeue())
    assert done == [{"words": "une idée"}]


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_check_50_a_message_that_somebody_planted_is_not_unpickled(jobs, tmp_path):
    jobs.register("note", print)
    sprung = tmp_path / "sprung"
    message = pickle.dumps(Trap(sprung))
    pickle.loads(message)  # noqa: S301 - the trap works where pickles are read
    assert sprung.exists()
    sprung.unlink()
    jobs.enqueue("note", words="x")
    stored(tmp_path, "UPDATE task SET data = ?", message)
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        jobs.consumer().huey.dequeue()
    assert not sprung.exists()


@pytest.fixture
def enqueued(app, monkeypatch):
    """The jobs enqueued by transactions, each with the rows that another connection then reads."""
    found = []

    def note(job, **arguments):
        with db.engine.connect() as other:
            rows = other.scalar(select(func.count()).select_from(AuditEntry))
        found.append((job, arguments, rows))

    monkeypatch.setattr(application_jobs, "enqueue", note)
    with app.app_context():
        yield found


def ask(session):
    audit.record(session, audit.Line(action="analysis.request", subject="run:1", at=builders.NOW))
    enqueue_on_commit(session, Job.READ_GROUPS, group_id=1)


def test_a_job_is_enqueued_once_the_rows_are_committed(enqueued):
    with transaction() as session:
        ask(session)
        assert enqueued == []
    assert enqueued == [(Job.READ_GROUPS, {"group_id": 1}, 1)]


def test_a_job_is_enqueued_once_for_the_same_arguments(enqueued):
    with transaction() as session:
        for group_id in (1, 2, 1):
            enqueue_on_commit(session, Job.READ_GROUPS, group_id=group_id)
        enqueue_on_commit(session, Job.ALIGN_GROUPS)
        enqueue_on_commit(session, Job.ALIGN_GROUPS)
    assert [(job, arguments) for job, arguments, _ in enqueued] == [
        (Job.READ_GROUPS, {"group_id": 1}),
        (Job.READ_GROUPS, {"group_id": 2}),
        (Job.ALIGN_GROUPS, {}),
    ]


@pytest.mark.parametrize("error", [ValueError, StaleDataError])
def test_a_transaction_rolled_back_enqueues_nothing_nor_does_the_next_one(enqueued, error):
    with pytest.raises((ValueError, ConflictError)), transaction() as session:
        ask(session)
        raise error
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0
    assert enqueued == []


def test_what_a_dry_run_asked_for_is_not_enqueued_by_the_next_transaction(enqueued):
    session = db.session()
    ask(session)
    session.rollback()
    with transaction():
        pass
    assert enqueued == []


def test_a_message_of_an_earlier_version_which_names_no_argument_is_still_run(app):
    done = []
    _in_context(app, done.append)(7)
    assert done == [7]
