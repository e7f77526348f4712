"""The items of a roadmap as CSV for French Excel."""

from webapp.documents.content import RoadmapDocument
from webapp.documents.excel_csv import write
from webapp.documents.tables import items_table


def render(document: RoadmapDocument) -> bytes:
    """Return the items of ``document`` as a CSV that French Excel opens as it should."""
    return write(items_table(document))
