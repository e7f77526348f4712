"""A cache of limited size whose keys are computed apart from its values."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """The last values used, emptied by :func:`nlp.caches.forget_texts` as any cache of texts.

    ``functools.lru_cache`` computes a value from its key alone, one at a time; this one holds what
    was computed in a batch, or from more than its key.

    Parameters
    ----------
    maxsize : int
        Number of values kept; the least recently used go first.

    Examples
    --------
    >>> cache = BoundedCache[str, int](2)
    >>> for number, name in enumerate(("un", "deux", "trois"), start=1):
    ...     cache.put(name, number)
    >>> cache.get("un"), cache.get("trois")
    (None, 3)
    """

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return a value and count it as used.

        Parameters
        ----------
        key : hashable
            Its key.

        Returns
        -------
        value or None
            None when it is not kept.
        """
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Key, value: Value) -> None:
        """Keep a value as the last one used.

        Parameters
        ----------
        key : hashable
            Its key.
        value : object
            What is kept.
        """
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._maxsize:
                self._values.popitem(last=False)

    def cache_parameters(self) -> dict[str, int]:
        """Return the largest size, under the name that ``functools.lru_cache`` gives it.

        Returns
        -------
        dict of str to int
            ``maxsize`` alone.
        """
        return {"maxsize": self._maxsize}

    def cache_clear(self) -> None:
        """Forget the values and their keys."""
        with self._lock:
            self._values.clear()
