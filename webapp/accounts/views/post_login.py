"""Redirect target after sign-in."""

from urllib.parse import urlsplit

from flask import request, url_for
from flask_login import current_user


def destination() -> str:
    """Return the requested page if it is on this site, else the home page of the user's role."""
    target = request.args.get("suite", "")
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    if ours and not parts.scheme and not parts.netloc and target.isprintable():
        return target.rstrip("?")
    if current_user.must_enrol:
        return url_for("second_factors.show")
    if current_user.is_commissioner:
        return url_for("steering.home")
    return url_for("desk.home") if current_user.is_facilitator else url_for("copil.home")
