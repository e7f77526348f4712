"""What every answer says to the browser, and what is believed of it and of a reverse proxy."""

from flask import Flask, Response, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.config import Config

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# The longest form holds 10,000 characters a field; only a file may weigh more.
_LARGEST_FORM = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
_ANYONE = "Access-Control-Allow-Origin"


def register(app: Flask, config: Config) -> None:
    """Bound the forms that ``app`` reads, and add the headers to its answers."""
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # how Flask takes a middleware
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )

    @app.before_request
    def bound_forms() -> None:
        if request.mimetype == _FORM:
            request.max_content_length = _LARGEST_FORM

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if config.secure_cookies:
            response.headers.setdefault(
                "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
            )
        # What every origin may read is the same for everyone: nobody's session is opened for it.
        shared = request.endpoint == "static" or _ANYONE in response.headers
        if not shared and current_user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
