"""Documents kept by a process: one is made at a time, the oldest go first."""

import threading

import pytest

from webapp.platform.rendered_cache import RenderedCache

KEY, OTHER, THIRD = ("v1", "pdf", ""), ("v1", "odt", ""), ("v2", "pdf", "")


class Turn:
    """A lock that says when a second thread has come to it."""

    def __init__(self):
        self.lock, self.came, self.second = threading.Lock(), 0, threading.Event()

    def __enter__(self):
        self.came += 1
        if self.came > 1:
            self.second.set()
        self.lock.acquire()

    def __exit__(self, *_):
        self.lock.release()


def test_what_two_people_ask_for_at_once_is_made_once():
    turn, made, read = Turn(), [], []
    cache = RenderedCache(render_lock=turn)

    def make_alone():
        made.append("again")
        return b"again"

    late = threading.Thread(target=lambda: read.append(cache.get(KEY, make_alone)))

    def make():
        late.start()
        assert turn.second.wait(10)  # the other one is at the door, and this one has not ended
        made.append("once")
        return b"once"

    assert cache.get(KEY, make) == b"once"
    late.join()
    assert (made, read) == (["once"], [b"once"])


def test_what_could_not_be_made_is_not_kept_and_holds_nobody_up():
    cache = RenderedCache()
    with pytest.raises(ZeroDivisionError):
        cache.get(KEY, lambda: bytes(1 // 0))
    assert cache.get(KEY, lambda: b"made") == b"made"


def test_the_ones_asked_for_last_stay_within_the_bound():
    cache = RenderedCache(10)
    for key in (KEY, OTHER, KEY, THIRD):
        cache.get(key, lambda: b"1234")
    assert cache.keys() == [KEY, THIRD]
    assert cache.get(OTHER, lambda: b"x" * 11) == b"x" * 11
    assert cache.keys() == [KEY, THIRD]  # larger than the whole cache: made each time


def test_a_version_goes_with_all_its_documents():
    cache = RenderedCache()
    for key in (KEY, OTHER, THIRD):
        cache.get(key, lambda: b"1234")
    cache.evict("v1")
    assert cache.keys() == [THIRD]
