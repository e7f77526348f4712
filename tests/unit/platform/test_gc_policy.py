"""Garbage is collected between two pieces of work, where Python would do it anywhere."""

import gc
import sys
import weakref

import pytest

from webapp.cli import web_process
from webapp.platform import gc_policy


class Ring:
    """Something that only the collector can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def python(monkeypatch):
    """Pretend to run another Python, and give the collector back as it was."""
    yield lambda *version: monkeypatch.setattr(sys, "version_info", version)
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_before_the_work_is_over(python):
    python(3, 11, 7)
    web_process.post_worker_init(None)
    rings = [Ring() for _ in range(60_000)]
    witness = weakref.ref(rings[0])
    del rings
    assert witness() is not None
    web_process.post_request(None, None, None, None)
    assert witness() is None


def test_little_garbage_waits(python):
    python(3, 11, 7)
    gc_policy.disable()
    ring = Ring()
    witness = weakref.ref(ring)
    del ring
    gc_policy.collect()
    assert witness() is not None


def test_a_python_that_collects_safely_is_left_alone(python):
    python(3, 12, 0)
    gc_policy.disable()
    assert gc.isenabled()
