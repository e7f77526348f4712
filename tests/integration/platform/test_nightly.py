"""What the worker does every night by itself."""

import secrets
from datetime import UTC, datetime

import pytest

from webapp import create_app
from webapp.config import Config
from webapp.platform.extensions import jobs


@pytest.fixture
def queue(tmp_path, sqlite_template):
    """The real queue of an instance, on its file."""
    config = Config(
        instance_path=tmp_path,
        secret_key=secrets.token_urlsafe(32),
        database_url=f"sqlite:///{sqlite_template}",
    )
    create_app(config)
    return jobs.consumer().huey


@pytest.mark.parametrize(("hour", "minute", "due"), [(2, 0, ["purge"]), (2, 1, []), (3, 0, [])])
def test_the_worker_purges_every_night_at_two(queue, hour, minute, due):
    at = datetime(2026, 11, 28, hour, minute, tzinfo=UTC).replace(tzinfo=None)
    assert [task.name for task in queue.read_periodic(at)] == due


def test_the_message_of_the_night_goes_through_the_queue_as_json(queue):
    (task,) = queue.read_periodic(datetime(2026, 11, 28, 2, 0, tzinfo=UTC).replace(tzinfo=None))
    queue.enqueue(task)
    assert queue.dequeue().name == "purge"
