"""How pressing an item is, as documents tell it."""

from enum import StrEnum


class Priority(StrEnum):
    """How pressing an item is; most have none."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
