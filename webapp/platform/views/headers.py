"""Security headers, trusted proxy headers, form size limit and cache control."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import RequestRedirect

from webapp.config import Config

# Same-origin resources only; trusted-types names the two policies of the scripts that write HTML
# or script URLs (live.js, contribute.js).
_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(
            f"{kind} 'self'"
            for kind in (
                *("script-src", "style-src", "img-src", "connect-src", "font-src"),
                *("manifest-src", "worker-src", "form-action"),
            )
        ),
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types semailles semailles-worker",
    )
)
# Browser features disabled by Permissions-Policy: all of them.
_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read"),
    *("clipboard-write", "compute-pressure", "cross-origin-isolated", "display-capture"),
    *("encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid"),
    *("identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map"),
    *("local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("picture-in-picture", "publickey-credentials-create", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "storage-access", "sync-xhr", "usb", "window-management"),
    *("xr-spatial-tracking",),
)
# The longest form has 10,000 characters per field; only file uploads may be larger.
_LARGEST_FORM = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}
_ON_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_OWN = frozenset({"access_requests", "follow", "mine", "tables"})  # personal pages
_PRIVATE = frozenset({"public.receipt", "stands.read"})
_ANYONE = "Access-Control-Allow-Origin"


def register(app: Flask, config: Config) -> None:
    """Limit the size of forms, and add the headers to the responses of ``app``."""
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # how Flask installs a middleware
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )

    @app.before_request
    def bound_forms() -> None:
        if request.mimetype == _FORM:
            request.max_content_length = _LARGEST_FORM

    headers = HEADERS | (_ON_HTTPS if config.secure_cookies else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if isinstance(request.routing_exception, RequestRedirect):
            response.location = _here(request.routing_exception.new_url)
        _keep_private(response)
        return response


def _keep_private(response: Response) -> None:
    """Set ``Cache-Control: no-store`` on personal pages and on pages of signed-in users."""
    own = request.blueprint in _OWN or request.endpoint in _PRIVATE
    if own or "remplace" in request.args:
        response.headers.setdefault("Cache-Control", "no-store")
    # CORS and static responses are the same for everyone: the session is not read.
    shared = request.endpoint == "static" or _ANYONE in response.headers
    if not shared and current_user.is_authenticated:
        response.headers["Cache-Control"] = "no-store"


def _here(url: str) -> str:
    """Return ``url`` without its host, which comes from the request's Host header."""
    _, _, path, query, _ = urlsplit(url)
    return urlunsplit(("", "", f"/{path.lstrip('/')}", query, ""))
