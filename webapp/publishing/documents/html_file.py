"""Renders a standalone, accessible, printable HTML page without script or external resource."""

from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from webapp.publishing.documents import layouts
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.narrative import build_narrative


def render(document: RoadmapDocument) -> bytes:
    """Return ``document`` as an HTML page; all text is escaped."""
    # The style sheet is trusted: it is the only text not escaped.
    css = Markup(layouts.read("roadmap.css"))  # noqa: S704 - a file of this package
    return _layout().render(roadmap=build_narrative(document), css=css).encode()


@cache
def _layout() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(layouts.read("roadmap.html"))
