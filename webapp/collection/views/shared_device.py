"""Shared devices (the tablet of a stand, the phone of a helper): one person after the other.

Nothing of the person before can be read on them: the pages of a receipt are closed, except that of
the idea just sent, whose address holds no code; no page is cached; « J'ai fini » clears the cookie.
"""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask_login import logout_user
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response
from wtforms import ValidationError

from webapp.collection import contributions, workshops
from webapp.collection.views import participants
from webapp.collection.views.participant_pages import receipt_page
from webapp.collection.views.submissions import cacheable_offline, no_store
from webapp.exceptions import NotFoundError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db
from webapp.platform.views.reader_language import forget_choice, in_readers_language, is_translated
from webapp.platform.views.requires import requires

bp = Blueprint("shared", __name__, url_prefix="/a")

# Pages that show what somebody said, to the holder of a receipt or of a device.
_PERSONAL = frozenset({"access_requests", "follow", "mine.ideas", "public.receipt"})


@bp.before_app_request
def close_personal_pages() -> Response | None:
    """Show no page of a receipt on a shared device: its address would stay in the history.

    A form that « back » sends again after « J'ai fini » is not given back either.
    """
    g.shared = participants.shared_at() if is_translated() else ""
    personal = {request.blueprint, request.endpoint} & _PERSONAL or "remplace" in request.args
    if not g.shared:
        return None
    if personal:
        return make_response(render_template("collection/shared_device/closed.html"), 403)
    if request.method == "POST" and _is_of_someone_before():
        return redirect(url_for("public.contribute", code=g.shared), 303)
    return None


def _is_of_someone_before() -> bool:
    """Whether a page of a person who has left sent the form: « J'ai fini » changes the token.

    A script asks for a new token by itself, and shows no page.
    """
    if request.endpoint == "shared.done" or request.accept_mimetypes.best == "application/json":
        return False
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return True
    return False


@bp.after_app_request
def forbid_caching(response: Response) -> Response:
    """Let no page of a shared device be cached, except the empty form kept for the offline mode."""
    if not g.get("shared"):
        return response
    return cacheable_offline(response) if "vierge" in request.args else no_store(response)


@bp.get("/<code>/appareil")
@requires(Action.SPEAK)
@in_readers_language
def show(code: str) -> str:
    """Say what a shared device is, and offer to make this one shared, or to stop."""
    workshop = workshops.get_workshop(db.session(), code=code)
    return render_template("collection/shared_device/show.html", workshop=workshop)


@bp.post("/<code>/appareil")
@requires(Action.SPEAK)
@in_readers_language
def choose(code: str) -> Response:
    """Make this device a shared one, or the device of one person again."""
    workshop = workshops.get_workshop(db.session(), code=code)
    if g.shared:
        participants.stop_sharing()
    else:
        logout_user()  # of the team: whoever comes next is not
        participants.share(workshop.code)
    return _cleared(redirect(url_for("public.contribute", code=workshop.code), 303))


@bp.get("/<code>/recu")
@requires(Action.FOLLOW)
@in_readers_language
def receipt(code: str) -> Response | str:
    """Show the receipt of the idea just sent from a shared device, until « J'ai fini »."""
    try:
        sent = contributions.get_sent(db.session(), public_id=participants.last_sent())
    except NotFoundError:
        return redirect(url_for("public.contribute", code=code), 303)
    return receipt_page(sent)


@bp.post("/<code>/fini")
@requires(Action.SPEAK)
@in_readers_language
def done(code: str) -> Response:
    """Forget who used this device, and show an empty form."""
    participants.forget()
    answer = redirect(url_for("public.contribute", code=code), 303)
    if not g.shared:
        return answer
    forget_choice(answer)
    return _cleared(answer)


# A page kept for the offline mode has an old token. Another site can do nothing with it: the
# browser sends it no cookie, so that the device is not known to be shared.
csrf.exempt(done)


def _cleared(response: Response) -> Response:
    """Have the browser drop its cached pages; not its storage, which holds ideas that wait."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
