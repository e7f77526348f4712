"""In-process LRU cache of the rendered documents of published versions, which are immutable.

Downloads are public, and rendering a document takes up to one second of CPU.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager

MAX_BYTES = 32 * 1024 * 1024
Key = tuple[str, str, str]


class RenderedCache:
    """LRU cache, bounded in bytes, that renders one document at a time.

    A key is the SHA-256 of a version, a format, and the SHA-256 of the document template.
    """

    def __init__(
        self,
        max_bytes: int = MAX_BYTES,
        *,
        render_lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._max_bytes = max_bytes
        self._render_lock = render_lock or threading.Lock()
        self._lock = threading.Lock()
        self._documents: OrderedDict[Key, bytes] = OrderedDict()

    def get(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """Return the document of ``key``; the cache is checked again once the lock is held."""
        found = self._find(key)
        if found is not None:
            return found
        with self._render_lock:
            found = self._find(key)
            if found is None:
                found = make()
                self._store(key, found)
        return found

    def keys(self) -> list[Key]:
        """Return the cached keys, least recently used first."""
        with self._lock:
            return list(self._documents)

    def evict(self, sha256: str) -> None:
        """Evict every document of a version."""
        with self._lock:
            for key in [key for key in self._documents if key[0] == sha256]:
                del self._documents[key]

    def _find(self, key: Key) -> bytes | None:
        with self._lock:
            if key in self._documents:
                self._documents.move_to_end(key)
            return self._documents.get(key)

    def _store(self, key: Key, content: bytes) -> None:
        if len(content) > self._max_bytes:
            return
        with self._lock:
            self._documents[key] = content
            while sum(map(len, self._documents.values())) > self._max_bytes:
                self._documents.popitem(last=False)


CACHE = RenderedCache()
