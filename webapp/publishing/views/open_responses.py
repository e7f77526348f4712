"""Responses with CORS headers and conditional caching."""

import json
from datetime import datetime

from flask import Response, request

from webapp.publishing.documents.codec import encode


def opened(response: Response, changed_at: datetime | None) -> Response:
    """Allow every origin, and answer 304 when the client's copy is current."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Revalidated each time: a withdrawn version must not stay in caches.
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = changed_at
    response.add_etag()
    response.make_conditional(request)
    return response


def opened_json(answer: object, changed_at: datetime | None) -> Response:
    """Return ``answer``, a dataclass or JSON values, as JSON open to every origin."""
    text = json.dumps(encode(answer), ensure_ascii=False, indent=2)
    return opened(Response(f"{text}\n", mimetype="application/json"), changed_at)
