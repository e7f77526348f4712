"""Addresses copied with what follows them (« …/a/D2RZP7). »)."""

import unicodedata
from urllib.parse import quote, unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_KEPT = "-_"  # identifiers may end in them


def tidy_path() -> str:
    """Return where the address that was not found leads without its last punctuation.

    Empty if that is no page, or the same page, and for requests that do more than read. The answer
    is always a path of this site.
    """
    if request.method not in {"GET", "HEAD"} or ".." in request.path.split("/"):
        return ""
    path = _page_path("/" + _trimmed(request.path).lstrip("/\\"))
    return with_query(quote(path)) if path and path != request.path else ""


def with_query(path: str) -> str:
    """Return ``path`` with the query of the request, for a redirection."""
    query = request.query_string.decode("ascii", "ignore")
    return f"{path}?{query}" if query else path


def _page_path(path: str) -> str:
    """Return the path of the page that ``path`` leads to, or an empty string."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return ""
    try:
        endpoint, _ = adapter.match(path, method="GET")
    except RequestRedirect as moved:
        return unquote(urlsplit(moved.new_url).path)
    except HTTPException:
        return ""
    return "" if endpoint == "static" else path


def _trimmed(path: str) -> str:
    end = len(path)
    while end and _is_punctuation(path[end - 1]):
        end -= 1
    return path[:end]


def _is_punctuation(character: str) -> bool:
    """Whether a sentence may put ``character`` after an address; controls are a scanner's."""
    kept = character.isalnum() or character in _KEPT
    return not kept and unicodedata.category(character) != "Cc"
