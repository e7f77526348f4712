"""What views return: pages with a status, files to save."""

from flask import Response

Page = tuple[str, int]


def attachment(content: bytes, media_type: str, filename: str) -> Response:
    """Return ``content`` as a file to save under ``filename``, which is plain ASCII."""
    return Response(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
