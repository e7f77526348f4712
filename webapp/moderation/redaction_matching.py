"""Finding where else the words stand that somebody takes back: a title, a summary, a reason."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webapp.collection.text_analysis import content_words, find_personal_data, name_words
from webapp.platform import text_cleaning

_SHINGLE_WORDS = 5  # words in a row that two people do not say alike by chance
_SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.!?;…\n]+[.!?;…\n]*")
_NAME = "name"
Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """What gives erased words away in another text.

    Attributes
    ----------
    rare : frozenset of str
        Words that nobody else of the working group says.
    runs : frozenset of tuple of str
        What the guard found in them, and passages of five words, that nobody else says.
    """

    rare: frozenset[str]
    runs: frozenset[Shingle]

    def is_quoted_in(self, text: str) -> bool:
        """Whether ``text``, which a person wrote, quotes the words."""
        said = _words(text)
        sizes = {len(run) for run in self.runs}
        return any(run in self.runs for size in sizes for run in _runs(said, size))

    def is_in(self, text: str) -> bool:
        """Whether ``text``, which the machine made of people's words, holds one of theirs."""
        return bool(self.rare.intersection(_words(text))) or self.is_quoted_in(text)

    def without(self, text: str) -> str:
        """Return ``text`` with the marker in place of each sentence that quotes the words."""
        if not self.is_quoted_in(text):
            return text
        kept = _SENTENCE.sub(self._hidden, text)
        # A quotation that runs over two sentences is in neither of them.
        return text_cleaning.ERASED if self.is_quoted_in(kept) else kept

    def _hidden(self, sentence: re.Match[str]) -> str:
        said = sentence.group()
        return text_cleaning.ERASED if self.is_quoted_in(said) else said


def read(said: Iterable[str], *, others: Iterable[str]) -> Echo:
    """Return what gives ``said`` away, once what ``others`` say too is left out."""
    theirs = [_words(text) for text in others]
    known = {word for text in theirs for word in text}
    rare: set[str] = set()
    runs: set[Shingle] = set()
    for text in said:
        for word in content_words(text):
            rare.update(_words(word))
        runs.update(_telling(text))
    sizes = {len(run) for run in runs}
    common = {run for text in theirs for size in sizes for run in _runs(text, size)}
    return Echo(rare=frozenset(rare - known), runs=frozenset(runs - common))


def _telling(text: str) -> Iterator[Shingle]:
    """Yield the passages of ``text`` that nobody writes by chance."""
    said = _words(text)
    yield from _runs(said, min(_SHINGLE_WORDS, len(said)) if len(said) > 1 else _SHINGLE_WORDS)
    for found in find_personal_data(text):
        passage = _words(text[found.start : found.end])
        yield passage
        if found.kind == _NAME:
            names = _words(" ".join(name_words(text[found.start : found.end])))
            yield from ((word,) for word in names if len(word) >= _SHORTEST_NAME)


def _words(text: str) -> Shingle:
    return tuple(_WORD.findall(text_cleaning.folded(text)))


def _runs(said: Shingle, size: int) -> Iterator[Shingle]:
    starts = range(len(said) - size + 1) if size else ()
    return (said[start : start + size] for start in starts)
