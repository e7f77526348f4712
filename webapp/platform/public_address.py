"""Public addresses of pages, for what leaves the site: messages, calendars, links to hand over."""

from flask import current_app


def public_address(endpoint: str, **values: str | int) -> str:
    """Return the public address of a page, in a request or in a background job."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"
