"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.imports.views import imports, programme, reference_imports, roadmap_imports

BLUEPRINTS = (
    imports.bp,
    programme.bp,
    reference_imports.bp,
    roadmap_imports.bp,
)
