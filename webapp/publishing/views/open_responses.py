"""Answers that any program may read from anywhere, and keep as long as nothing changed."""

import json
from datetime import datetime

from flask import Response, request

from webapp.publishing.documents.codec import encode


def opened(response: Response, changed_at: datetime | None) -> Response:
    """Let every origin read ``response``, and answer in one line whoever has it already."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # To be asked again each time: a withdrawn version must not live on in caches.
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = changed_at
    response.add_etag()
    response.make_conditional(request)
    return response


def opened_json(answer: object, changed_at: datetime | None) -> Response:
    """Return ``answer``, a record or plain values, as JSON that every origin may read."""
    text = json.dumps(encode(answer), ensure_ascii=False, indent=2)
    return opened(Response(f"{text}\n", mimetype="application/json"), changed_at)
