"""Pages that edit the reference lists: axes, measures, territories, publics."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import NotFoundError, RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.territory import reference_edits
from webapp.territory.forms.reference_lists import EntryForm
from webapp.territory.models import ReferenceKind

bp = Blueprint("reference_lists", __name__, url_prefix="/pilotage/listes")
NAMES = {
    "axes": ReferenceKind.STRAND,
    "mesures": ReferenceKind.MEASURE,
    "territoires": ReferenceKind.TERRITORY,
    "publics": ReferenceKind.PUBLIC,
}


@bp.get("")
@requires(Action.SET_LISTS)
def home() -> str:
    """Show the four lists, each with the form that adds to it."""
    return _page()


@bp.post("/<listing>/ajouter")
@requires(Action.SET_LISTS)
def add(listing: str) -> Response | Page:
    """Add an entry at the end of its list."""
    form, kind = EntryForm(prefix=listing), kind_of(listing)
    if not form.validate():
        return _page(listing, form), 422
    try:
        with transaction() as session:
            reference_edits.add(session, kind=kind, fields=form.fields(), actor=actor())
    except RuleError as error:
        return _page(listing, form, wording.message(error)), 422
    return _changed("Ligne ajoutée.", listing)


@bp.get("/lignes/<entry>")
@requires(Action.SET_LISTS)
def edit(entry: str) -> str:
    """Show the form of an entry."""
    return _edit(entry)


@bp.post("/lignes/<entry>")
@requires(Action.SET_LISTS)
def save(entry: str) -> Response | Page:
    """Rename an entry."""
    form = EntryForm()
    if not form.validate():
        return _edit(entry, form), 422
    try:
        with transaction() as session:
            found = reference_edits.get_entry(session, public_id=entry)
            reference_edits.rename(session, entry=found, fields=form.fields(), actor=actor())
            listing = name_of(found.kind)
    except RuleError as error:
        return _edit(entry, form, wording.message(error)), 422
    return _changed("Ligne enregistrée.", listing)


@bp.post("/lignes/<entry>/retirer")
@requires(Action.SET_LISTS)
def retire(entry: str) -> Response:
    """Retire an entry."""
    return _retire(entry, retired=True)


@bp.post("/lignes/<entry>/remettre")
@requires(Action.SET_LISTS)
def restore(entry: str) -> Response:
    """Restore a retired entry."""
    return _retire(entry, retired=False)


@bp.post("/lignes/<entry>/deplacer")
@requires(Action.SET_LISTS)
def move(entry: str) -> Response:
    """Swap an entry with the one before or after it."""
    with transaction() as session:
        found = reference_edits.get_entry(session, public_id=entry)
        up = request.form.get("sens") == "monter"
        reference_edits.move(session, entry=found, up=up, actor=actor())
        listing = name_of(found.kind)
    return redirect(url_for("reference_lists.home", _anchor=listing), 303)


def kind_of(listing: str) -> ReferenceKind:
    """Return the list named in a URL.

    Raises
    ------
    NotFoundError
        If there is none of this name.
    """
    if listing not in NAMES:
        raise NotFoundError(listing)
    return NAMES[listing]


def name_of(kind: ReferenceKind) -> str:
    """Return the URL name of a list."""
    return next(name for name, named in NAMES.items() if named is kind)


def _retire(entry: str, *, retired: bool) -> Response:
    with transaction() as session:
        found = reference_edits.get_entry(session, public_id=entry)
        reference_edits.set_retired(session, entry=found, retired=retired, actor=actor())
        listing = name_of(found.kind)
    return _changed("Ligne retirée." if retired else "Ligne remise.", listing)


def _changed(message: str, listing: str) -> Response:
    flash(message, "success")
    return redirect(url_for("reference_lists.home", _anchor=listing), 303)


def _page(
    listing: str = "", form: BaseForm | None = None, problem: wording.Message | None = None
) -> str:
    session = db.session()
    forms = {name: EntryForm(formdata=None, prefix=name) for name in NAMES}
    return render_template(
        "territory/reference_lists/home.html",
        lists={n: reference_edits.list_entries(session, kind=kind) for n, kind in NAMES.items()},
        form_of=forms | ({listing: form} if form else {}),
        refused=listing,
        problem=problem,
        is_permanent=reference_edits.is_permanent,
    )


def _edit(
    public_id: str, form: EntryForm | None = None, problem: wording.Message | None = None
) -> str:
    found = reference_edits.get_entry(db.session(), public_id=public_id)
    return render_template(
        "territory/reference_lists/edit.html",
        entry=found,
        listing=name_of(found.kind),
        form=form or EntryForm.of(found),
        problem=problem,
        is_permanent=reference_edits.is_permanent(found),
    )
