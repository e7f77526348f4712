"""Tables of the moderation room."""

from webapp.moderation.models.maskings import MaskReading

__all__ = [
    "MaskReading",
]
