"""Reference list entries that differ from the defaults, as stored in published documents."""

from dataclasses import dataclass
from enum import StrEnum


class ListKind(StrEnum):
    """Which list."""

    STRAND = "strand"
    MEASURE = "measure"
    TERRITORY = "territory"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry: its code, its name, and whether it is retired."""

    kind: ListKind
    code: str
    name: str
    retired: bool = False
