"""The reference lists as a document carries them, where they are not those that are shipped."""

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
    """One entry: what rows keep of it, what people read, whether it may still be chosen."""

    kind: ListKind
    code: str
    name: str
    retired: bool = False
