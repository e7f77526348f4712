"""Addresses copied with what follows them in a sentence: « …/a/D2RZP7). » leads to the page."""

from urllib.parse import quote, unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_KEPT = "-_"  # identifiers may end in them


def tidy_path() -> str:
    """Return where the address that was not found leads without its last punctuation.

    Empty if that is no page, or the same page. The answer is a path of this site, always shorter,
    for requests that only read.
    """
    if request.method not in {"GET", "HEAD"}:
        return ""
    path = "/" + _trimmed(request.path).lstrip("/\\")
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return ""
    try:
        adapter.match(path, method="GET")
    except RequestRedirect as moved:
        path = unquote(urlsplit(moved.new_url).path)
    except HTTPException:
        return ""
    if path == request.path:
        return ""
    return with_query(quote(path))


def with_query(path: str) -> str:
    """Return ``path`` with the query of the request, for a redirection."""
    query = request.query_string.decode("ascii", "ignore")
    return f"{path}?{query}" if query else path


def _trimmed(path: str) -> str:
    end = len(path)
    while end and not (path[end - 1].isalnum() or path[end - 1] in _KEPT):
        end -= 1
    return path[:end]
