"""Per-request cache of the reference lists."""

from typing import cast

from flask import has_request_context, request

from webapp.platform.extensions import db
from webapp.territory import references
from webapp.territory.references import Lists

_KEY = "semailles.lists"


def lists() -> Lists:
    """Return the four lists, read once per request."""
    if not has_request_context():
        return references.read(db.session())
    if _KEY not in request.environ:
        request.environ[_KEY] = references.read(db.session())
    return cast("Lists", request.environ[_KEY])
