"""The items of a roadmap as CSV for French Excel."""

from webapp.platform.csv_excel import write
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.tables import items_table


def render(document: RoadmapDocument) -> bytes:
    """Return the items of ``document`` as a CSV for French Excel."""
    return write(items_table(document))
