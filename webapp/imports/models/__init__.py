"""Tables of the imports room."""

from webapp.imports.models.imports import ImportDraft, ItemImport

__all__ = [
    "ImportDraft",
    "ItemImport",
]
