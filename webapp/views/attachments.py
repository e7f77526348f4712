"""Files that a page gives to be saved."""

from flask import Response


def attachment(content: bytes, media_type: str, filename: str) -> Response:
    """Return ``content`` as a file to save under ``filename``, which is plain ASCII."""
    return Response(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
