"""Pages of local roadmaps: creation, items, publication."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from webapp import wording
from webapp.exceptions import RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import attachment
from webapp.publishing import exports, publication
from webapp.publishing.documents.formats import named
from webapp.roadmap import items, local_roadmaps, transitions
from webapp.roadmap.forms.local_roadmaps import (
    HeadingForm,
    LocalRoadmapForm,
    OwnItemForm,
    TakenForm,
)
from webapp.territory import roadmaps, working_groups
from webapp.territory.models import Roadmap

bp = Blueprint("local_roadmaps", __name__)
Page = tuple[str, int]
_DESK = "/pilotage/feuilles"
_PUBLIC = "/feuilles-de-route"


@bp.get(_PUBLIC)
@requires(Action.READ)
def read_all() -> str:
    """List the published roadmaps: the regional one, then the local ones."""
    session = db.session()
    main = roadmaps.main_roadmap(session)
    local = local_roadmaps.list_published(session)
    return render_template("roadmap/local_roadmaps/list.html", main=main, local=local)


@bp.get(_DESK)
@requires(Action.TAKE_UP)
def home() -> str:
    """Show the local roadmaps and the creation form."""
    return _home(LocalRoadmapForm())


@bp.post(_DESK)
@requires(Action.TAKE_UP)
def create() -> Redirect | Page:
    """Create the roadmap of a territory."""
    form = LocalRoadmapForm()
    if not form.validate():
        return _home(form), 422
    try:
        with transaction() as session:
            slug = local_roadmaps.create(session, fields=form.fields(), actor=actor()).slug
    except RuleError as error:
        return _home(form, wording.message(error)), 409
    flash("Feuille de route créée : reprenez-y des fiches de la région.", "success")
    return _back(slug)


@bp.get("/pilotage/intitule")
@bp.get(f"{_DESK}/<roadmap>/intitule")
@requires(Action.TAKE_UP)
def edit(roadmap: str | None = None) -> str:
    """Show the heading form of a regional or local roadmap."""
    found = local_roadmaps.find(db.session(), slug=roadmap)
    return _heading(found, roadmap, HeadingForm.of(found))


@bp.post("/pilotage/intitule")
@bp.post(f"{_DESK}/<roadmap>/intitule")
@requires(Action.TAKE_UP)
def save(roadmap: str | None = None) -> Redirect | Page:
    """Save the title and the years."""
    form = HeadingForm()
    found = local_roadmaps.find(db.session(), slug=roadmap)
    if not form.validate():
        return _heading(found, roadmap, form), 422
    try:
        with transaction() as session:
            found = local_roadmaps.find(session, slug=roadmap)
            heading = form.heading()
            local_roadmaps.set_heading(session, roadmap=found, heading=heading, actor=actor())
    except RuleError as error:
        return _heading(found, roadmap, form, wording.message(error)), 422
    flash("C’est noté : la prochaine version les portera.", "success")
    return redirect(_desk_of(roadmap), 303)


@bp.get(f"{_DESK}/<roadmap>")
@requires(Action.TAKE_UP)
def show(roadmap: str) -> str:
    """Show the items of a local roadmap: its own, taken up, available."""
    return _page(roadmap, OwnItemForm())


@bp.post(f"{_DESK}/<roadmap>/fiches")
@requires(Action.TAKE_UP)
def add_own(roadmap: str) -> Redirect | Page:
    """Create an item of the local roadmap."""
    form = OwnItemForm().offer(working_groups.list_groups(db.session()))
    if not form.validate():
        return _page(roadmap, form), 422
    with transaction() as session:
        found = local_roadmaps.get_local(session, slug=roadmap)
        group = working_groups.get_group(session, slug=form.group.data)
        title = form.title.data or ""
        made = local_roadmaps.add_own(
            session, roadmap=found, group=group, title=title, actor=actor()
        )
        public_id = made.public_id
    flash("Fiche ajoutée : remplissez-la, puis soumettez-la.", "success")
    return redirect(url_for("steering.item", item=public_id), 303)


@bp.post(f"{_DESK}/<roadmap>/reprendre")
@requires(Action.TAKE_UP)
def take_up(roadmap: str) -> Redirect:
    """Take up the selected items."""
    form = TakenForm()
    form.validate()
    with transaction() as session:
        found = local_roadmaps.get_local(session, slug=roadmap)
        chosen = [items.get_item(session, public_id=one) for one in form.chosen.data or []]
        count = local_roadmaps.take_up(session, roadmap=found, chosen=chosen, actor=actor())
    flash(f"Fiches reprises : {wording.number(count)}.", "success")
    return _back(roadmap)


@bp.post(f"{_DESK}/<roadmap>/fiches/<item>/rendre")
@requires(Action.TAKE_UP)
def give_back(roadmap: str, item: str) -> Redirect:
    """Remove a regional item from the local roadmap."""
    with transaction() as session:
        found = local_roadmaps.get_local(session, slug=roadmap)
        left = items.get_item(session, public_id=item)
        local_roadmaps.give_back(session, roadmap=found, item=left, actor=actor())
    flash("Fiche rendue : elle reste dans la feuille de route régionale.", "success")
    return _back(roadmap)


@bp.get(f"{_DESK}/<roadmap>/projet/<name>")
@requires(Action.TAKE_UP)
def preview(roadmap: str, name: str) -> Response:
    """Download the draft of a local roadmap, marked « projet »."""
    session, chosen = db.session(), named(name)
    found = local_roadmaps.get_local(session, slug=roadmap)
    document = publication.preview(session, roadmap=found, now=now())
    data = exports.render(session, document, name=name)
    return attachment(data, chosen.media_type, f"{roadmap}-projet.{chosen.extension}")


def _desk_of(slug: str | None) -> str:
    if slug is None:
        return url_for("publications.home")
    return url_for("local_roadmaps.show", roadmap=slug)


def _heading(
    found: Roadmap, slug: str | None, form: HeadingForm, problem: wording.Message | None = None
) -> str:
    return render_template(
        "roadmap/local_roadmaps/heading.html",
        roadmap=found,
        back=_desk_of(slug),
        form=form,
        problem=problem,
    )


def _back(slug: str) -> Redirect:
    return redirect(url_for("local_roadmaps.show", roadmap=slug), 303)


def _page(slug: str, form: OwnItemForm) -> str:
    session = db.session()
    found = local_roadmaps.get_local(session, slug=slug)
    return render_template(
        "roadmap/local_roadmaps/show.html",
        roadmap=found,
        own=local_roadmaps.list_own(session, roadmap=found),
        taken=local_roadmaps.list_taken(session, roadmap=found),
        offered=local_roadmaps.list_offered(session, roadmap=found),
        form=form.offer(working_groups.list_groups(session)),
        missing=transitions.missing_fields,
    )


def _home(form: LocalRoadmapForm, problem: wording.Message | None = None) -> str:
    session = db.session()
    return render_template(
        "roadmap/local_roadmaps/home.html",
        local=local_roadmaps.list_local(session),
        own=local_roadmaps.list_own(session),
        form=form,
        problem=problem,
    )
