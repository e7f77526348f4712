"""Layout files of each format; the text comes from the narrative."""

from functools import cache
from pathlib import Path


@cache
def read(name: str) -> str:
    """Return the layout stored as ``name``."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
