"""Public pages: home page, contribution form, receipt, and resources of offline pages."""

from datetime import datetime

from flask import Blueprint, current_app, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import contributions, stands, workshops
from webapp.collection.forms.contributions import ContributionForm
from webapp.collection.forms.workshops import JoinForm
from webapp.collection.models import Contribution, Workshop, WorkshopKind
from webapp.collection.text_analysis import guard_as_json
from webapp.collection.views import participants
from webapp.collection.views.submissions import deliver, no_store, receipt_of
from webapp.exceptions import AmbiguousCodeError, NotFoundError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db, transaction
from webapp.platform.languages import gettext as _
from webapp.platform.public_address import public_address
from webapp.platform.views.addresses import with_query
from webapp.platform.views.current import now
from webapp.platform.views.reader_language import in_readers_language, is_switching
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page, polled
from webapp.territory import roadmaps, working_groups

bp = Blueprint("public", __name__)


@bp.get("/")
@requires(Action.READ)
@in_readers_language
def home() -> str:
    """Show the home page: workshop code, programme and roadmap."""
    return _home(JoinForm())


@bp.post("/rejoindre")
@requires(Action.SPEAK)
@in_readers_language
def join() -> Response | Page:
    """Redirect to the workshop of a code."""
    form = JoinForm()
    if is_switching():
        return _home(form), 200
    if form.validate():
        try:
            workshop = workshops.find_workshop(db.session(), typed=form.code.data or "", now=now())
        except AmbiguousCodeError as error:
            form.code.errors = [wording.message(error).text]
        except NotFoundError:
            form.code.errors = [
                _("Aucun atelier n’a ce code. Vérifiez-le sur l’affiche : il a six caractères.")
            ]
        else:
            return redirect(url_for("public.contribute", code=workshop.code), 303)
    return _home(form), 422


@bp.get("/a/<code>")
@requires(Action.SPEAK)
@in_readers_language
def contribute(code: str) -> str | Response:
    """Show the contribution form; ``remplace`` prefills it from a receipt."""
    workshop = workshops.find_workshop(db.session(), typed=code, now=now())
    if workshop.code != code:
        return redirect(with_query(url_for("public.contribute", code=workshop.code)), 303)
    # On a shared device, the form is for the next person; a script that fetches it is nobody.
    if request.headers.get("Sec-Fetch-Dest", "document") == "document":
        participants.forget_sent()
    return _page(workshop, _form(workshop, request.args.get("remplace", "")))


@bp.post("/a/<code>")
@requires(Action.SPEAK)
@in_readers_language
def submit(code: str) -> Response | Page:
    """Store a contribution, then redirect (post/redirect/get)."""
    form, instant = ContributionForm(), now()
    return deliver(
        form,
        receive=lambda: _receive(code, form, instant),
        rerender=lambda status, problem: _rerender(code, form, status, problem),
    )


# These forms check their own CSRF token: an expired page is shown again with the text.
csrf.exempt(join)
csrf.exempt(submit)


@bp.get("/a/<code>/etat")
@requires(Action.SPEAK)
@in_readers_language
def room(code: str) -> Response:
    """Return what changed in the room since a page was shown, for polling with an ETag."""
    workshop = workshops.get_workshop(db.session(), code=code)
    asked = workshop.prompt_at(request.args.get("question", type=int))
    return polled(
        render_template(
            "collection/participant_pages/room.html",
            workshop=workshop,
            asked=asked,
            shown=request.args.get("etat", ""),
        )
    )


@bp.get("/jeton")
@requires(Action.READ)
def token() -> Response:
    """Return a new CSRF token, for forms kept offline."""
    return no_store(jsonify(token=generate_csrf()))


@bp.get("/sw.js")
@requires(Action.READ)
def service_worker() -> Response:
    """Return the service worker, served at the root for its scope."""
    return current_app.send_static_file("js/sw.js")


@bp.get("/garde.json")
@requires(Action.READ)
def guard_rules() -> Response:
    """Return the personal-data rules, applied by the browser while typing."""
    answer = Response(guard_as_json(), mimetype="application/json")
    answer.cache_control.no_cache = True
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/recu/<code>")
@requires(Action.FOLLOW)
@in_readers_language
def receipt(code: str) -> str:
    """Show a receipt: its code, and the next steps."""
    return receipt_page(contributions.get_by_receipt(db.session(), receipt=code))


def receipt_page(contribution: Contribution) -> str:
    """Return the page of a receipt."""
    session = db.session()
    similar = contributions.similar_ideas(session, contribution=contribution)
    address = public_address("follow.show", receipt=contribution.receipt)
    return render_template(
        "collection/participant_pages/receipt.html",
        contribution=contribution,
        address=address,
        similar=similar,
        said=contributions.count_said(session, workshop=contribution.workshop),
    )


def _form(workshop: Workshop, receipt: str) -> ContributionForm:
    """Return an empty form, or one prefilled with the contribution to replace."""
    if not receipt:
        asked = workshop.prompt_at(request.args.get("question", type=int))
        return ContributionForm().answering(asked)
    former = contributions.get_by_receipt(db.session(), receipt=receipt)
    words = "" if former.erased_at else former.body
    form = ContributionForm(
        body=words,
        replaces=former.receipt,
        kind=former.kind or "",
        territory=former.territory or "",
        theme=stands.theme_of(db.session(), contribution=former),
        concerned=former.concerned,
    )
    return form.answering(former.prompt)


def _receive(code: str, form: ContributionForm, instant: datetime) -> dict[str, str]:
    # An idea that waited on a shared device: its author may have left.
    away = g.shared and form.queued.data
    details = form.details("" if away else participants.token())
    with transaction() as session:
        stored = stands.submit(
            session,
            code=code,
            body=form.body.data or "",
            key=form.key.data or "",
            now=instant,
            details=details,
        )
        told = receipt_of(stored, instant)
    return _told_on_shared_device(told, stored, away=away) if g.shared else told


def _told_on_shared_device(
    told: dict[str, str], stored: Contribution, *, away: bool
) -> dict[str, str]:
    """Give no receipt to the script: it is shown at an address that does not hold it."""
    code = stored.workshop.code
    del told["receipt"]
    if away:
        return told | {"url": url_for("public.contribute", code=code)}
    participants.remember_sent(stored.public_id)
    return told | {"url": url_for("shared.receipt", code=code)}


def _rerender(
    code: str, form: ContributionForm, status: int, problem: wording.Message | None
) -> Page:
    return _page(workshops.get_workshop(db.session(), code=code), form, problem), status


def _page(
    workshop: Workshop, form: ContributionForm, problem: wording.Message | None = None
) -> str:
    if workshop.kind is WorkshopKind.STAND:
        form.at_stand(working_groups.list_groups(db.session()))
    return render_template(
        "collection/participant_pages/contribute.html",
        workshop=workshop,
        form=form,
        problem=problem,
        simple="simple" in request.args,
        has_ideas=bool(participants.known_token()) and not g.shared,
    )


def _home(form: JoinForm) -> str:
    session = db.session()
    programme = workshops.list_workshops(session)
    roadmap = roadmaps.main_roadmap(session) if programme else None
    return render_template(
        "collection/participant_pages/home.html", form=form, programme=programme, roadmap=roadmap
    )
