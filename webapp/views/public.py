"""Pages of everyone: the home page, a workshop's form, the receipt."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import IdempotencyError, NotFoundError, RuleError
from webapp.extensions import csrf, db, transaction
from webapp.forms.contributions import ContributionForm
from webapp.forms.workshops import JoinForm
from webapp.models import Workshop
from webapp.services import contributions, roadmaps, workshops
from webapp.views.access import now

bp = Blueprint("public", __name__)
Page = tuple[str, int]


@bp.get("/")
def home() -> str:
    """Show the code field, the programme and the roadmap."""
    return _home(JoinForm())


@bp.post("/rejoindre")
def join() -> Response | Page:
    """Lead to the workshop whose code was typed."""
    form = JoinForm()
    if form.validate():
        try:
            workshop = workshops.get_workshop(db.session(), code=form.code.data or "")
        except NotFoundError:
            form.code.errors = [
                "Aucun atelier n’a ce code. Vérifiez-le sur l’affiche : il a six caractères."
            ]
        else:
            return redirect(url_for("public.contribute", code=workshop.code), 303)
    return _home(form), 422


@bp.get("/a/<code>")
def contribute(code: str) -> str | Response:
    """Show the current question and one field."""
    workshop = workshops.get_workshop(db.session(), code=code)
    if workshop.code != code:
        return redirect(url_for("public.contribute", code=workshop.code), 301)
    return render_template("public/contribute.html", workshop=workshop, form=ContributionForm())


@bp.post("/a/<code>")
def submit(code: str) -> Response | Page:
    """Record one idea, then redirect so that a refresh resends nothing."""
    form = ContributionForm()
    workshop = workshops.get_workshop(db.session(), code=code)
    if not form.validate():
        return _again(workshop, form, 422)
    try:
        receipt = _receive(code, form)
    except RuleError as error:
        if isinstance(error, IdempotencyError):
            form.renewed()
        problem = wording.message(error)
        return _again(workshops.get_workshop(db.session(), code=code), form, 409, problem)
    return redirect(url_for("public.receipt", code=receipt), 303)


# These forms check their own token: an expired page comes back with what was typed.
csrf.exempt(join)
csrf.exempt(submit)


@bp.get("/recu/<code>")
def receipt(code: str) -> str:
    """Show the receipt: the code to keep, and what happens next."""
    contribution = contributions.get_by_receipt(db.session(), receipt=code)
    address = current_app.config["PUBLIC_URL"] + url_for(
        "follow.show", receipt=contribution.receipt
    )
    return render_template("public/receipt.html", contribution=contribution, address=address)


def _receive(code: str, form: ContributionForm) -> str:
    with transaction() as session:
        return contributions.submit_contribution(
            session,
            code=code,
            body=form.body.data or "",
            key=form.key.data or "",
            now=now(),
            details=form.details(),
        ).receipt


def _again(
    workshop: Workshop,
    form: ContributionForm,
    status: int,
    problem: wording.Message | None = None,
) -> Page:
    page = render_template("public/contribute.html", workshop=workshop, form=form, problem=problem)
    return page, status


def _home(form: JoinForm) -> str:
    session = db.session()
    programme = workshops.list_workshops(session)
    roadmap = roadmaps.main_roadmap(session) if programme else None
    return render_template("public/home.html", form=form, programme=programme, roadmap=roadmap)
