"""Reads one text at a time with ``nlp``: personal data, words, resemblance.

Only the light modules of ``nlp`` are imported: web processes load them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import nlp
from nlp import personal_rules, personal_words, text


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may say who somebody is; ``kind`` is a word such as ``phone``."""

    start: int
    end: int
    kind: str


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return the passages of ``text`` that may identify somebody, in reading order."""
    return tuple(
        Finding(found.start, found.end, str(found.kind)) for found in nlp.find_personal_data(text)
    )


def guard_as_json() -> str:
    """Return the rules of the guard as the browser reads them: they are the same."""
    return personal_rules.as_json()


def name_words(passage: str) -> tuple[str, ...]:
    """Return the words of a name that was found, without civility nor particle."""
    return personal_words.name_words(passage)


def alike(words: str, others: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the few ``others`` that share most words with ``words``."""
    return text.alike(words, others)


def frequent_words(texts: Iterable[str], limit: int) -> tuple[tuple[str, int], ...]:
    """Return the words that most ``texts`` say, each with how many say it, most said first."""
    return text.frequent_words(texts, limit)


def content_words(words: str) -> tuple[str, ...]:
    """Return the words that say something, in reading order: no article, no link word."""
    return tuple(text.content_words(words))
