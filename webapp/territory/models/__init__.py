"""Tables of the territory room."""

from webapp.territory.models.references import (
    MAX_CODE_LENGTH,
    MAX_NAME_LENGTH,
    SHIPPED,
    Reference,
    ReferenceKind,
    Strand,
    Territory,
)
from webapp.territory.models.roadmaps import Roadmap
from webapp.territory.models.working_groups import WorkingGroup

__all__ = [
    "MAX_CODE_LENGTH",
    "MAX_NAME_LENGTH",
    "SHIPPED",
    "Reference",
    "ReferenceKind",
    "Roadmap",
    "Strand",
    "Territory",
    "WorkingGroup",
]
