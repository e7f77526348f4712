"""Calendar feeds: the file itself, and « Mon agenda », where its address is made and revoked."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from webapp.notifications import calendar_feeds, calendar_file
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.public_address import public_address
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires

bp = Blueprint("calendar_feeds", __name__)


@bp.get("/agenda/<feed>.ics")
@requires(Action.READ_CALENDAR)
def read(feed: str) -> Response:
    """Send the calendar of whoever the address belongs to."""
    session = db.session()
    user = calendar_feeds.owner_of(session, token=feed)
    body = calendar_file.write(
        calendar_feeds.list_events(session, user=user, at=public_address),
        name="Semailles",
        host=urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost",
        now=now(),
    )
    headers = {"Cache-Control": "private, no-store"}
    return Response(body, mimetype=calendar_file.MEDIA_TYPE, headers=headers)


@bp.get("/compte/agenda")
@requires(Action.KEEP_ACCOUNT)
def show() -> str:
    """Show whether the feed of the signed-in user has an address, and how to subscribe."""
    return _page()


@bp.post("/compte/agenda")
@requires(Action.KEEP_ACCOUNT)
def give() -> str:
    """Make a new address, and show it once."""
    with transaction() as session:
        token = calendar_feeds.open_feed(session, user=current_user.user, actor=actor())
    return _page(public_address("calendar_feeds.read", feed=token))


@bp.post("/compte/agenda/fermer")
@requires(Action.KEEP_ACCOUNT)
def revoke() -> Redirect:
    """Revoke the address."""
    with transaction() as session:
        calendar_feeds.close_feed(session, user=current_user.user, actor=actor())
    flash("L’adresse de votre agenda n’ouvre plus rien.", "success")
    return redirect(url_for("calendar_feeds.show"), 303)


def _page(address: str = "") -> str:
    feed = calendar_feeds.find_feed(db.session(), user=current_user.user)
    return render_template("notifications/calendar_feeds/show.html", feed=feed, address=address)
