"""Return types of views, and file downloads."""

from flask import Response, make_response, request
from werkzeug.wrappers import Response as BaseResponse

Page = tuple[str, int]


def polled(page: str) -> BaseResponse:
    """Return ``page`` with an ETag, or 304 to a page of ours that asks again for the same."""
    response = make_response(page)
    response.add_etag()
    return response.make_conditional(request)


def attachment(content: bytes, media_type: str, filename: str) -> Response:
    """Return ``content`` as a download named ``filename``, in ASCII."""
    return Response(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
