"""Every published version at its address, what changed between two, and withdrawing one."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from webapp.documents import atom_file
from webapp.extensions import db, transaction
from webapp.forms.versions import ComparisonForm, WithdrawalForm
from webapp.models import Roadmap
from webapp.services import feeds, rights, roadmaps, versions
from webapp.views import roadmap as pages
from webapp.views.access import actor
from webapp.views.opening import opened

bp = Blueprint("versions", __name__)
Page = tuple[str, int]
GONE = 410


@bp.get("/feuille-de-route/versions")
def home() -> str:
    """List the versions, the last one first, with how to check each and to compare two."""
    roadmap = roadmaps.main_roadmap(db.session())
    return render_template(
        "roadmap/versions.html",
        roadmap=roadmap,
        previous=versions.previous,
        hidden=_hidden(roadmap),
        form=_comparison_form(roadmap),
    )


@bp.get("/feuille-de-route/version/<int:number>")
def show(number: int) -> str | Page:
    """Show a version as it was published, or that it was withdrawn."""
    return _page(number, WithdrawalForm())


@bp.get("/feuille-de-route/version/<int:number>/fiches/<reference>")
def item(number: int, reference: str) -> str:
    """Show an item as a version published it."""
    return pages.published_item(reference, number)


@bp.get("/feuille-de-route/comparer")
def compare() -> str:
    """Show what changed between two versions."""
    roadmap = roadmaps.main_roadmap(db.session())
    form = _comparison_form(roadmap)
    before, after = ComparisonForm(request.args, meta={"csrf": False}).asked()
    comparison = versions.compare_versions(roadmap, before=before, after=after)
    if comparison:
        form.show(comparison.before, comparison.after)
    return render_template(
        "roadmap/compare.html", roadmap=roadmap, comparison=comparison, form=form
    )


@bp.get("/feuille-de-route/flux.atom")
def feed() -> Response:
    """Tell publications and withdrawals to those who subscribe."""
    roadmap = roadmaps.main_roadmap(db.session())
    told = feeds.tell(
        roadmap,
        page=_absolute(url_for("roadmap.show")),
        feed=_absolute(url_for("versions.feed")),
        at=lambda number: _absolute(url_for("versions.show", number=number)),
        between=lambda before, after: _absolute(url_for("versions.compare", de=before, a=after)),
    )
    response = Response(atom_file.render(told), mimetype=atom_file.MEDIA_TYPE)
    return opened(response, roadmap.changed_at)


@bp.post("/pilotage/versions/<int:number>/retirer")
def withdraw(number: int) -> Redirect | str | Page:
    """Withdraw a version, with a reason that everyone reads."""
    form = WithdrawalForm()
    if not form.validate():
        return _page(number, form, 422)
    with transaction() as session:
        roadmap = roadmaps.main_roadmap(session)
        reason = form.reason.data or ""
        versions.withdraw(session, roadmap=roadmap, number=number, reason=reason, actor=actor())
    flash(f"Version {number} retirée.", "success")
    return redirect(url_for("versions.home"), 303)


def _absolute(address: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}{address}"


def _hidden(roadmap: Roadmap) -> dict[int, int]:
    """Return how many contributions each version should no longer quote, to who may withdraw it."""
    steers = current_user.is_authenticated and current_user.is_commissioner
    return rights.count_hidden(db.session(), roadmap=roadmap) if steers else {}


def _page(number: int, form: WithdrawalForm, status: int = 200) -> Page:
    roadmap = roadmaps.main_roadmap(db.session())
    version = roadmaps.get_version(roadmap, number)
    if version.withdrawal is None:
        return pages.whole(roadmap, version, form), status
    page = render_template("roadmap/withdrawn.html", roadmap=roadmap, version=version)
    return page, GONE


def _comparison_form(roadmap: Roadmap) -> ComparisonForm:
    form = ComparisonForm(meta={"csrf": False})
    form.name_versions(roadmap.standing)
    if roadmap.latest:
        earlier = versions.previous(roadmap, roadmap.latest) or roadmap.latest
        form.show(earlier.number, roadmap.latest.number)
    return form
