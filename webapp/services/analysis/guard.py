"""The personal-data guard, as the moderation desk shows it."""

from dataclasses import dataclass

import nlp
from nlp import personal_rules, personal_words


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
