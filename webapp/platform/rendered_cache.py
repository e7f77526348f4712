"""In-process LRU cache of the rendered documents of published versions, which are immutable.

Downloads are public, and rendering a document takes up to one second of CPU.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager

MOST_BYTES = 32 * 1024 * 1024
Key = tuple[str, str, str]


class Shelf:
    """LRU cache, bounded in bytes, that renders one document at a time.

    A key is the SHA-256 of a version, a format, and the SHA-256 of the document template.
    """

    def __init__(
        self, most: int = MOST_BYTES, *, turn: AbstractContextManager[object] | None = None
    ) -> None:
        self._most = most
        self._turn = turn or threading.Lock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, bytes] = OrderedDict()

    def get(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """Return the document of ``key``; the cache is checked again once the lock is held."""
        found = self._find(key)
        if found is not None:
            return found
        with self._turn:
            found = self._find(key)
            if found is None:
                found = make()
                self._keep(key, found)
        return found

    def keys(self) -> list[Key]:
        """Return the cached keys, least recently used first."""
        with self._lock:
            return list(self._kept)

    def forget(self, sha256: str) -> None:
        """Evict every document of a version."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == sha256]:
                del self._kept[key]

    def _find(self, key: Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, content: bytes) -> None:
        if len(content) > self._most:
            return
        with self._lock:
            self._kept[key] = content
            while sum(map(len, self._kept.values())) > self._most:
                self._kept.popitem(last=False)


SHELF = Shelf()
