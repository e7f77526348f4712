"""The queue between the web processes and the worker."""

import contextlib
import json
import pickle
import sqlite3
from pathlib import Path

import pytest

from webapp.config import Config
from webapp.platform.jobs import Jobs


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
    jobs.register("note", done.append)
    jobs.enqueue("note", "une idée")
    ((data,),) = stored(tmp_path)
    assert "note" in str(json.loads(data))
    queue = jobs.consumer().huey
    queue.execute(queue.dequeue())
    assert done == ["une idée"]


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
    jobs.enqueue("note", "x")
    stored(tmp_path, "UPDATE task SET data = ?", message)
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        jobs.consumer().huey.dequeue()
    assert not sprung.exists()
