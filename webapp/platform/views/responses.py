"""Return types of views, and file downloads."""

from flask import Response

Page = tuple[str, int]


def attachment(content: bytes, media_type: str, filename: str) -> Response:
    """Return ``content`` as a download named ``filename``, in ASCII."""
    return Response(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
