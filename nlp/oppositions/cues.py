"""Words by which a text opposes something: ``nlp/data/opposition_cues.txt``."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from nlp.spelling import may_be_rewritten, standard

READ = 2000
_TOKEN = re.compile(r"\w+|[?!]+")
_LONGEST_PHRASE = 3
LONGEST_CUE = 5
_MOST_COUNTED = 2


def phrases(text: str) -> frozenset[str]:
    """Return the sequences of one to three words of a text.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    frozenset of str
        In standard spelling, without accents.

    Examples
    --------
    >>> sorted(phrases("Surtout pas"))
    ['pas', 'surtout', 'surtout pas']
    """
    tokens = tokens_of(text[:READ])
    shifted = [tokens[start:] for start in range(_LONGEST_PHRASE)]
    sizes = range(1, _LONGEST_PHRASE + 1)
    return frozenset(
        chain.from_iterable(map(" ".join, zip(*shifted[:size], strict=False)) for size in sizes)
    )


def cue_counts(text: str) -> tuple[float, ...]:
    """Return how often each family of cues is found in a text.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of float
        One share for each of :func:`cue_families`: 0, 0.5 for one occurrence, 1 for more.

    Examples
    --------
    >>> dict(zip(cue_families(), cue_counts("Non merci"), strict=True))["no thanks"]
    0.5
    """
    tokens = tokens_of(text[:READ])
    counts: Counter[str] = Counter()
    for start, token in enumerate(tokens):
        for size in _sizes(token):
            if start + size <= len(tokens):
                counts.update(families_of(tokens[start : start + size]))
    return tuple(min(_MOST_COUNTED, counts[name]) / _MOST_COUNTED for name in cue_families())


def cue_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the passages of a text that are cues of an opposition.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of (int, int)
        Offsets of passages that do not overlap, those that show an opposition best first.

    Examples
    --------
    >>> text = "Le vélo ? Surtout pas"
    >>> [text[start:end] for start, end in cue_spans(text)]
    ['Surtout pas', '?']
    """
    rank = {family: number for number, family in enumerate(cue_families())}
    found = [
        (min(rank[family] for family in families), start - end, start, end)
        for start, end, tokens in _windows(text[:READ])
        if (families := tuple(families_of(tokens)))
    ]
    kept: list[tuple[int, int]] = []
    for _, _, start, end in sorted(found):
        if all(end <= begun or start >= ended for begun, ended in kept):
            kept.append((start, end))
    return tuple(kept)


@cache
def cue_families() -> tuple[str, ...]:
    """Return the names of the families of ``nlp/data/opposition_cues.txt``.

    Returns
    -------
    tuple of str
        In the order of the file.
    """
    return tuple(name for name, _ in _read_cues())


def families_of(tokens: tuple[str, ...]) -> Iterator[str]:
    """Yield the families of cues that a sequence of words belongs to.

    Parameters
    ----------
    tokens : tuple of str
        Words as :func:`tokens_of` returns them.

    Yields
    ------
    str
        The name of a family.

    Examples
    --------
    >>> list(families_of(("surtout", "pas")))
    ['never']
    """
    whole, _ = _cues()
    yield from whole.get(tokens, ())
    if len(tokens) == 1:
        yield from _begun(tokens[0])


@lru_cache(maxsize=20_000)
def _begun(token: str) -> tuple[str, ...]:
    """Return the families that hold a beginning of a word."""
    return tuple(family for start, family in _cues()[1] if token.startswith(start))


@lru_cache(maxsize=20_000)
def _sizes(token: str) -> tuple[int, ...]:
    """Return how many words the cues that open with a word may have, increasing."""
    sizes = _lengths().get(token, frozenset())
    return tuple(sorted(sizes | {1} if _begun(token) else sizes))


@cache
def _lengths() -> dict[str, frozenset[int]]:
    """Return how many words the cues that open with each word have."""
    lengths: dict[str, frozenset[int]] = {}
    for phrase in _cues()[0]:
        lengths[phrase[0]] = lengths.get(phrase[0], frozenset()) | {len(phrase)}
    return lengths


@cache
def _cues() -> tuple[dict[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Return the families of each phrase, and those of each beginning of a word."""
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}
    beginnings: list[tuple[str, str]] = []
    for family, entries in _read_cues():
        for entry in entries:
            if entry.endswith("*"):
                beginnings.append((_folded(entry.removesuffix("*")), family))
                continue
            key = tokens_of(entry)
            whole[key] = (*(other for other in whole.get(key, ()) if other != family), family)
    return whole, tuple(beginnings)


def _read_cues() -> Iterator[tuple[str, list[str]]]:
    text = (files("nlp") / "data" / "opposition_cues.txt").read_text(encoding="utf-8")
    families: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("== "):
            name = line.removeprefix("== ")
            families[name] = []
        elif line and not line.startswith("#"):
            families[name].append(line)
    yield from families.items()


def _windows(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield each sequence of words that may be a cue: its offsets, and how it is compared."""
    raw = list(_TOKEN.finditer(text))
    for at, first in enumerate(raw):
        # What opens no form that is rewritten is the first word of what is compared.
        if not (_sizes(_folded(first.group())) or may_be_rewritten(first.group())):
            continue
        for last in raw[at : at + LONGEST_CUE]:
            begin, end = first.start(), last.end()
            yield begin, end, tokens_of(text[begin:end])


@lru_cache(maxsize=20_000)
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of a text and its runs of « ? » and « ! », as cues are compared.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        In standard spelling, in lower case and without accents.

    Examples
    --------
    >>> tokens_of("Le vélo ? Non !!")
    ('le', 'velo', '?', 'non', '!', '!')
    """
    return tuple(_TOKEN.findall(_folded(standard(text))))


def _folded(text: str) -> str:
    # A space parts what is decomposed: word by word gives the same, and words come back.
    return " ".join(map(_folded_word, text.split(" ")))


@lru_cache(maxsize=20_000)
def _folded_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
