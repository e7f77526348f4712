"""Pages of the directory of organisations."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.roadmap import organisations
from webapp.roadmap.forms.organisations import OrganisationForm
from webapp.vocabulary.labels import LABELS

bp = Blueprint("organisations", __name__, url_prefix="/pilotage/organismes")
Page = tuple[str, int]


@bp.get("/")
@requires(Action.SET_LISTS)
def home() -> str:
    """Show the directory."""
    return _page(OrganisationForm())


@bp.post("/")
@requires(Action.SET_LISTS)
def add() -> Response | Page:
    """Add an organisation."""
    form = OrganisationForm()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction() as session:
            organisations.add_organisation(session, fields=form.fields(), actor=actor())
    except RuleError as error:
        return _page(form, wording.message(error)), 409
    flash("Organisme ajouté.", "success")
    return redirect(url_for("organisations.home"), 303)


@bp.get("/<organisation>")
@requires(Action.SET_LISTS)
def edit(organisation: str) -> str:
    """Show the form of an organisation."""
    found = organisations.get_organisation(db.session(), public_id=organisation)
    return _edit(organisation, OrganisationForm(obj=found))


@bp.post("/<organisation>")
@requires(Action.SET_LISTS)
def save(organisation: str) -> Response | Page:
    """Save an organisation; a new name is propagated to items."""
    form = OrganisationForm()
    if not form.validate():
        return _edit(organisation, form), 422
    try:
        with transaction() as session:
            found = organisations.get_organisation(session, public_id=organisation)
            organisations.save_organisation(
                session, organisation=found, fields=form.fields(), actor=actor()
            )
    except RuleError as error:
        return _edit(organisation, form, wording.message(error)), 409
    flash("Organisme enregistré.", "success")
    return redirect(url_for("organisations.home"), 303)


@bp.post("/<organisation>/retirer")
@requires(Action.SET_LISTS)
def remove(organisation: str) -> Response:
    """Remove an organisation."""
    with transaction() as session:
        found = organisations.get_organisation(session, public_id=organisation)
        organisations.remove_organisation(session, organisation=found, actor=actor())
    flash("Organisme retiré.", "success")
    return redirect(url_for("organisations.home"), 303)


def _page(form: OrganisationForm, problem: wording.Message | None = None) -> str:
    return render_template(
        "roadmap/organisations/home.html",
        entries=organisations.list_entries(db.session()),
        form=form,
        kinds=LABELS["organisation"],
        problem=problem,
    )


def _edit(public_id: str, form: OrganisationForm, problem: wording.Message | None = None) -> str:
    found = organisations.get_organisation(db.session(), public_id=public_id)
    return render_template(
        "roadmap/organisations/edit.html", organisation=found, form=form, problem=problem
    )
