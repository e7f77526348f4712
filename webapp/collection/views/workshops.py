"""Facilitator's pages of a workshop: settings, questions, timer, projector, tables."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.accounts import users
from webapp.collection import conferences, paper, prompts, tables, workshops
from webapp.collection.forms.tables import TablesForm
from webapp.collection.forms.workshops import (
    PromptForm,
    StateForm,
    SupportForm,
    TimerForm,
    WallForm,
    WorkshopForm,
)
from webapp.collection.models import Conference, Workshop, WorkshopState
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled
from webapp.territory.models import WorkingGroup

bp = Blueprint("workshops", __name__, url_prefix="/animation/ateliers")
Page = tuple[str, int]


@bp.get("/nouveau")
@requires(Action.RUN_WORKSHOP)
def new() -> str:
    """Show the creation form."""
    return _edit(WorkshopForm(), None)


@bp.post("/nouveau")
@requires(Action.RUN_WORKSHOP)
def create() -> Response | Page:
    """Create a workshop."""
    form = WorkshopForm().offer(*_offered(db.session()))
    if not form.validate():
        return _edit(form, None), 422
    with transaction() as session:
        fields = form.values(*_offered(session))
        code = workshops.create_workshop(session, fields=fields, actor=actor()).code
    flash("Atelier créé : posez une question, puis ouvrez-le.", "success")
    return _back(code)


@bp.get("/<code>")
@requires(Action.RUN_WORKSHOP)
def show(code: str) -> str:
    """Show the live controls of a workshop."""
    return _page(facilitated_workshop(code))


@bp.get("/<code>/etat")
@requires(Action.RUN_WORKSHOP)
def state(code: str) -> Response:
    """Return the live controls of a workshop, for polling with an ETag."""
    shown = _remote(facilitated_workshop(code))
    return polled(render_template("collection/workshops/remote.html", **shown))


@bp.get("/<code>/modifier")
@requires(Action.RUN_WORKSHOP)
def edit(code: str) -> str:
    """Show the settings form of a workshop."""
    workshop = facilitated_workshop(code)
    return _edit(WorkshopForm.of(workshop), workshop)


@bp.post("/<code>/modifier")
@requires(Action.RUN_WORKSHOP)
def save(code: str) -> Response | Page:
    """Save the settings of a workshop."""
    workshop = facilitated_workshop(code)
    form = WorkshopForm().offer(*_offered(db.session()))
    if not form.validate():
        return _edit(form, workshop), 422
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        fields = form.values(*_offered(session))
        workshops.save_workshop(session, workshop=workshop, fields=fields, actor=actor())
    flash("Atelier enregistré.", "success")
    return _back(code)


@bp.post("/<code>/etat")
@requires(Action.RUN_WORKSHOP)
def set_state(code: str) -> Response:
    """Open, pause, close or archive a workshop."""
    facilitated_workshop(code)
    form = StateForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        state = WorkshopState(form.state.data)
        title = workshops.set_state(session, code=code, state=state, actor=actor()).title
    flash(f"« {title} » : c’est noté.", "success")
    return _back(code, "salle")


@bp.post("/<code>/consignes")
@requires(Action.RUN_WORKSHOP)
def add_prompt(code: str) -> Response | Page:
    """Add a question."""
    workshop, form = facilitated_workshop(code), PromptForm()
    if not form.validate():
        return _page(workshop, prompt=form), 422
    with transaction() as session:
        prompts.add_prompt(
            session,
            workshop=workshops.get_workshop(session, code=code),
            question=form.question.data or "",
            hint=form.hint.data or "",
            actor=actor(),
        )
    flash("Question ajoutée.", "success")
    return _back(code, "questions")


@bp.post("/<code>/consignes/<int:position>")
@requires(Action.RUN_WORKSHOP)
def ask(code: str, position: int) -> Response:
    """Change the current question."""
    facilitated_workshop(code)
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        question = prompts.ask(
            session, workshop=workshop, position=position, actor=actor()
        ).question
    flash(f"Question posée : « {question} ».", "success")
    return _back(code, "salle")


@bp.post("/<code>/minuteur")
@requires(Action.RUN_WORKSHOP)
def set_timer(code: str) -> Response | Page:
    """Start or stop the timer."""
    workshop, form = facilitated_workshop(code), TimerForm()
    if not form.validate():
        return _page(workshop, timer=form), 422
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        workshops.set_timer(
            session, workshop=workshop, minutes=form.minutes.data or 0, actor=actor()
        )
    flash("Minuteur lancé." if form.minutes.data else "Minuteur arrêté.", "success")
    return _back(code, "salle")


@bp.post("/<code>/minuteur/plus")
@requires(Action.RUN_WORKSHOP)
def extend_timer(code: str) -> Response:
    """Add a minute to the timer."""
    facilitated_workshop(code)
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        workshops.extend_timer(session, workshop=workshop, actor=actor())
    flash("Une minute de plus.", "success")
    return _back(code, "salle")


@bp.post("/<code>/mur")
@requires(Action.RUN_WORKSHOP)
def set_wall(code: str) -> Response:
    """Reveal or hide the ideas on the projector."""
    facilitated_workshop(code)
    form = WallForm()
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        workshops.set_wall(session, workshop=workshop, revealed=form.revealed.data, actor=actor())
    flash("Le mur montre les idées." if form.revealed.data else "Le mur les garde.", "success")
    return _back(code, "salle")


@bp.post("/<code>/gommettes")
@requires(Action.RUN_WORKSHOP)
def set_support(code: str) -> Response | Page:
    """Set the support points per device; 0 closes them."""
    workshop, form = facilitated_workshop(code), SupportForm()
    if not form.validate():
        return _page(workshop, support=form), 422
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        points = form.points.data or 0
        workshops.set_support(session, workshop=workshop, points=points, actor=actor())
    flash("Gommettes ouvertes." if form.points.data else "Gommettes fermées.", "success")
    return _back(code, "salle")


@bp.post("/<code>/tables")
@requires(Action.RUN_WORKSHOP)
def add_tables(code: str) -> Response | Page:
    """Create the missing table links."""
    workshop, form = facilitated_workshop(code), TablesForm()
    if not form.validate():
        return _page(workshop, tables=form), 422
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        count = form.count.data or 0
        made = len(tables.add_links(session, workshop=workshop, count=count, actor=actor()))
    flash(f"Adresses de table créées : {made}.", "success")
    return _back(code, "tables")


@bp.post("/<code>/tables/<label>")
@requires(Action.RUN_WORKSHOP)
def renew_table(code: str, label: str) -> Response:
    """Renew the link of a table."""
    facilitated_workshop(code)
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        tables.renew(session, workshop=workshop, label=label, actor=actor())
    flash(f"Table {label} : l’ancienne adresse n’ouvre plus rien.", "success")
    return _back(code, "tables")


def _offered(session: Session) -> tuple[Sequence[WorkingGroup], Sequence[Conference]]:
    """Return the working groups and conferences that the user may choose."""
    groups = users.groups_of(session, user=current_user.user)
    return groups, conferences.list_conferences(session)


def _edit(form: WorkshopForm, workshop: Workshop | None) -> str:
    form.offer(*_offered(db.session()))
    return render_template("collection/workshops/edit.html", form=form, workshop=workshop)


def _page(workshop: Workshop, **forms: BaseForm) -> str:
    session = db.session()
    form_types = {
        "prompt": PromptForm,
        "timer": TimerForm,
        "support": SupportForm,
        "tables": TablesForm,
    }
    return render_template(
        "collection/workshops/show.html",
        **_remote(workshop),
        links=tables.list_links(session, workshop=workshop),
        unread=paper.count_unread(session, workshop=workshop),
        forms_of={
            name: forms.get(name) or kind(formdata=None) for name, kind in form_types.items()
        },
    )


def _remote(workshop: Workshop) -> dict[str, object]:
    counts = workshops.count_contributions(db.session(), workshop=workshop)
    received, waiting = counts.get(workshop.id, (0, 0))
    return {"workshop": workshop, "received": received, "waiting": waiting}


def _back(code: str, anchor: str | None = None) -> Response:
    return redirect(url_for("workshops.show", code=code, _anchor=anchor), 303)
