"""The word lists of ``nlp/data``, read once."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of ``nlp/data/<name>.txt``.

    Parameters
    ----------
    name : str
        Name of the list, without its extension.

    Returns
    -------
    frozenset of str
        One entry per line; lines that start with ``#`` are comments.

    Examples
    --------
    >>> "dans" in words("stop_words")
    True
    """
    lines = (files("nlp") / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Return the two-column entries of ``nlp/data/<name>.txt``.

    Parameters
    ----------
    name : str
        Name of the list, without its extension.

    Returns
    -------
    tuple of (str, str)
        The two words of each line, sorted.

    Examples
    --------
    >>> ("augmenter", "diminuer") in pairs("antonyms")
    True
    """
    split = (line.split(maxsplit=1) for line in words(name))
    return tuple(sorted((left, right) for left, right in split))
