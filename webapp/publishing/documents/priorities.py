"""Priority of an item in documents."""

from enum import StrEnum


class Priority(StrEnum):
    """Priority of an item; most have none."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
