"""Façade of ``nlp`` for single texts: personal data, words, similarity.

Only the light modules of ``nlp`` are imported, since web processes load this one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import nlp
from nlp import personal_rules, personal_words, text


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may identify a person; ``kind`` is a category such as ``phone``."""

    start: int
    end: int
    kind: str


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return the passages of ``text`` that may identify a person, in order."""
    return tuple(
        Finding(found.start, found.end, str(found.kind)) for found in nlp.find_personal_data(text)
    )


@cache
def guard_as_json() -> str:
    """Return the personal-data rules as JSON, for the browser; they do not change in a process."""
    return personal_rules.as_json()


def name_words(passage: str) -> tuple[str, ...]:
    """Return the words of a detected name, without title or particle."""
    return personal_words.name_words(passage)


def alike(words: str, others: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the few ``others`` that share the most words with ``words``."""
    return text.alike(words, others)


def frequent_words(texts: Iterable[str], limit: int, question: str) -> tuple[tuple[str, int], ...]:
    """Return the words that most ``texts`` say in answer to ``question``, with how many say each.

    Words of any consultation and those of the question are left out.
    """
    return text.frequent_words(texts, limit, question)


def content_words(words: str) -> tuple[str, ...]:
    """Return the content words in order, without stop words."""
    return tuple(text.content_words(words))
