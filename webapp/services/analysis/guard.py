"""The personal-data guard, as the moderation desk shows it."""

from dataclasses import dataclass

import nlp


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
