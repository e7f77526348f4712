"""Pages of published versions: list, comparison, feed, withdrawal.

Local roadmaps have the same pages under their slug.
"""

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.public_address import public_address
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.publishing import feeds, publication, quotations, versions
from webapp.publishing.documents import atom_file
from webapp.publishing.forms.versions import ComparisonForm, WithdrawalForm
from webapp.publishing.views import roadmap as pages
from webapp.publishing.views.open_responses import opened
from webapp.publishing.views.roadmap import LOCAL, REGION, place_of
from webapp.roadmap import local_roadmaps
from webapp.territory.models import Roadmap

bp = Blueprint("versions", __name__)
Page = tuple[str, int]
GONE = 410


@bp.get(f"{REGION}/versions")
@bp.get(f"{LOCAL}/versions")
@requires(Action.READ)
def home(roadmap: str | None = None) -> str:
    """List the versions, latest first, with their hashes and the comparison form."""
    found = local_roadmaps.find_public(db.session(), slug=roadmap)
    return render_template(
        "publishing/roadmap/versions.html",
        roadmap=found,
        place=place_of(roadmap),
        previous=versions.previous,
        hidden=_hidden(found),
        form=_comparison_form(found),
    )


@bp.get(f"{REGION}/version/<int:number>")
@bp.get(f"{LOCAL}/version/<int:number>")
@requires(Action.READ)
def show(number: int, roadmap: str | None = None) -> str | Page:
    """Show a version, or its withdrawal."""
    return _page(number, WithdrawalForm(), roadmap)


@bp.get(f"{REGION}/version/<int:number>/fiches/<reference>")
@bp.get(f"{LOCAL}/version/<int:number>/fiches/<reference>")
@requires(Action.READ)
def item(number: int, reference: str, roadmap: str | None = None) -> str:
    """Show an item of a version."""
    return pages.published_item(reference, number, roadmap)


@bp.get(f"{REGION}/comparer")
@bp.get(f"{LOCAL}/comparer")
@requires(Action.READ)
def compare(roadmap: str | None = None) -> str:
    """Show the differences between two versions."""
    found, place = local_roadmaps.find_public(db.session(), slug=roadmap), place_of(roadmap)
    form = _comparison_form(found)
    before, after = ComparisonForm(request.args, meta={"csrf": False}).asked()
    comparison = versions.compare_versions(found, before=before, after=after)
    if comparison:
        form.show(comparison.before, comparison.after)
    return render_template(
        "publishing/roadmap/compare.html",
        roadmap=found,
        place=place,
        comparison=comparison,
        form=form,
    )


@bp.get(f"{REGION}/flux.atom")
@bp.get(f"{LOCAL}/flux.atom")
@requires(Action.READ)
def feed(roadmap: str | None = None) -> Response:
    """Return the Atom feed of publications and withdrawals."""
    found, place = local_roadmaps.find_public(db.session(), slug=roadmap), place_of(roadmap)
    published_feed = feeds.build_feed(
        found,
        page=public_address("roadmap.show", **place),
        feed=public_address("versions.feed", **place),
        at=lambda number: public_address("versions.show", number=number, **place),
        between=lambda before, after: public_address(
            "versions.compare", de=before, a=after, **place
        ),
    )
    response = Response(atom_file.render(published_feed), mimetype=atom_file.MEDIA_TYPE)
    return opened(response, found.changed_at)


@bp.post("/pilotage/versions/<int:number>/retirer")
@bp.post("/pilotage/feuilles/<roadmap>/versions/<int:number>/retirer")
@requires(Action.PUBLISH)
def withdraw(number: int, roadmap: str | None = None) -> Redirect | str | Page:
    """Withdraw a version, with a public reason."""
    form = WithdrawalForm()
    if not form.validate():
        return _page(number, form, roadmap, 422)
    with transaction() as session:
        found = local_roadmaps.find_public(session, slug=roadmap)
        reason = form.reason.data or ""
        versions.withdraw(session, roadmap=found, number=number, reason=reason, actor=actor())
    flash(f"Version {number} retirée.", "success")
    return redirect(url_for("versions.home", roadmap=roadmap), 303)


def _hidden(roadmap: Roadmap) -> dict[int, int]:
    """Return the number of hidden quotations by version, for a commissioner."""
    steers = current_user.is_authenticated and current_user.is_commissioner
    return quotations.count_hidden(db.session(), roadmap=roadmap) if steers else {}


def _page(number: int, form: WithdrawalForm, roadmap: str | None, status: int = 200) -> Page:
    found, place = local_roadmaps.find_public(db.session(), slug=roadmap), place_of(roadmap)
    version = publication.get_version(found, number)
    if version.withdrawal is None:
        return pages.whole(found, version, form, place), status
    page = render_template(
        "publishing/roadmap/withdrawn.html", roadmap=found, version=version, place=place
    )
    return page, GONE


def _comparison_form(roadmap: Roadmap) -> ComparisonForm:
    form = ComparisonForm(meta={"csrf": False})
    form.name_versions(roadmap.effective_versions)
    if roadmap.latest:
        earlier = versions.previous(roadmap, roadmap.latest) or roadmap.latest
        form.show(earlier.number, roadmap.latest.number)
    return form
