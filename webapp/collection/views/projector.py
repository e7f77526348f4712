"""Projector pages of a workshop."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from webapp.collection import projector, workshops
from webapp.collection.models import Workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled

bp = Blueprint("walls", __name__, url_prefix="/mur")


@bp.get("/<code>")
@requires(Action.READ)
def show(code: str) -> str:
    """Show the projector page; ``page`` stops at a page, ``idee`` at one idea."""
    workshop = workshops.get_workshop(db.session(), code=code)
    shown = _counted(workshop) | _page_of(workshop)
    return render_template("collection/projector/show.html", **shown)


@bp.get("/<code>/etat")
@requires(Action.READ)
def state(code: str) -> Response:
    """Return the question and the page of ideas, for polling with an ETag."""
    workshop = workshops.get_workshop(db.session(), code=code)
    return polled(render_template("collection/projector/content.html", **_page_of(workshop)))


@bp.get("/<code>/avancement")
@requires(Action.READ)
def progress(code: str) -> Response:
    """Return the counts and the timer, for polling with an ETag."""
    workshop = workshops.get_workshop(db.session(), code=code)
    return polled(render_template("collection/projector/counts.html", **_counted(workshop)))


def _counted(workshop: Workshop) -> dict[str, object]:
    counts = projector.count_ideas(db.session(), workshop=workshop)
    return {"workshop": workshop, "counts": counts}


def _page_of(workshop: Workshop) -> dict[str, object]:
    """Return the template variables of the page that this address shows at present."""
    chosen, asked = request.args.get("idee", ""), identifier(request.args.get("page", ""))
    pages = projector.read_pages(db.session(), workshop=workshop, only=chosen)
    question = workshop.current_prompt.question if workshop.current_prompt else workshop.title
    return {
        "workshop": workshop,
        "pages": pages,
        "number": projector.page_number(pages, asked=asked, now=now()),
        "stopped": asked is not None,
        "chosen": chosen,
        "question": question,
        "question_size": projector.question_size(question),
        "kept": {"code": workshop.code, "langue": request.args.get("langue")},
    }
