"""Publication of a version: what it changes, then a confirmation in the person's own words."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import ConfirmationError, PublicationChangedError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.publishing import fingerprints, publication, reactions, versions
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.forms.versions import PublicationForm
from webapp.roadmap import items, local_roadmaps
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps, working_groups
from webapp.territory.models import Roadmap

bp = Blueprint("publications", __name__, url_prefix="/pilotage")
_LOCAL = "/feuilles/<roadmap>/publier"


@bp.get("/versions")
@requires(Action.STEER)
def home() -> str:
    """Show the published versions, and what prepares the next one."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    listed = items.list_current(session, roadmap_id=roadmap.id)
    return render_template(
        "publishing/roadmap/desk.html",
        roadmap=roadmap,
        ready=sum(item.status is not ItemStatus.DRAFT for item in listed),
        formats=FORMATS,
        groups=working_groups.list_groups(session),
        windows=reactions.list_windows(session),
    )


@bp.get("/publier")
@requires(Action.PUBLISH)
def confirm() -> str:
    """Show what the next version changes, and ask for a confirmation."""
    return _page(None, PublicationForm(formdata=None))


@bp.post("/publier")
@requires(Action.PUBLISH)
def publish() -> Response | Page:
    """Publish the next version of the roadmap."""
    return _publish(None)


@bp.get(_LOCAL)
@requires(Action.TAKE_UP)
def confirm_local(roadmap: str) -> str:
    """Show what the next version of a local roadmap changes, and ask for a confirmation."""
    return _page(roadmap, PublicationForm(formdata=None))


@bp.post(_LOCAL)
@requires(Action.TAKE_UP)
def publish_local(roadmap: str) -> Response | Page:
    """Publish the next version of a local roadmap."""
    return _publish(roadmap)


def _publish(slug: str | None) -> Response | Page:
    form = PublicationForm()
    if not form.validate():
        return _page(slug, form), 422
    words = form.confirmation.data or ""
    try:
        with transaction() as session:
            found = _roadmap(session, slug)
            published = publication.confirm(
                session, roadmap=found, words=words, seen=_seen(form), actor=actor()
            )
            number = published.number
    except (ConfirmationError, PublicationChangedError) as error:
        return _page(slug, form, wording.message(error)), 422
    flash(f"Version {number} publiée.", "success")
    return redirect(url_for("roadmap.show", roadmap=slug), 303)


def _page(slug: str | None, form: PublicationForm, problem: wording.Message | None = None) -> str:
    found = _roadmap(db.session(), slug)
    document = publication.upcoming(db.session(), roadmap=found, now=now())
    digests = fingerprints.read(document)
    changed = fingerprints.differences(_seen(form) or digests, digests)
    form.seen.data = fingerprints.packed(digests)
    return render_template(
        "publishing/roadmap/confirm.html",
        roadmap=found,
        slug=slug,
        place={"roadmap": slug} if slug else {},
        document=document,
        comparison=versions.changes_since(found, document),
        form=form,
        problem=problem,
        changed=changed,
        whole=fingerprints.WHOLE,
    )


def _seen(form: PublicationForm) -> dict[str, str]:
    return fingerprints.unpacked(form.seen.data or "")


def _roadmap(session: Session, slug: str | None) -> Roadmap:
    return local_roadmaps.get_local(session, slug=slug) if slug else roadmaps.main_roadmap(session)
