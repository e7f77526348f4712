"""Administration pages: permissions table and audit log."""

from flask import Blueprint, Response, render_template, request

from webapp.accounts.permissions import PERMISSIONS, STAFF, Principal, Scope, is_open
from webapp.administration import audit_log
from webapp.administration.forms.audit_log import JournalForm
from webapp.platform import audit
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.vocabulary.journal import JOURNAL, OBJECTS
from webapp.vocabulary.labels import LABELS
from webapp.vocabulary.permissions import PERMISSION_WORDS, PRINCIPALS

bp = Blueprint("administration", __name__, url_prefix="/administration")
# Lines checked per request, in less than a second; the page continues by itself.
PART = 10_000


@bp.get("/")
@requires(Action.ADMINISTER)
def home() -> str:
    """Show the index of administration pages."""
    return render_template("administration/home.html")


@bp.get("/droits")
@requires(Action.ADMINISTER)
def permissions() -> str:
    """Show the permissions table."""
    return render_template(
        "administration/permissions.html",
        table=PERMISSIONS,
        words=PERMISSION_WORDS,
        accounts=[(principal, PRINCIPALS[principal]) for principal in STAFF],
        others=[
            (principal, PRINCIPALS[principal]) for principal in Principal if principal not in STAFF
        ],
        bound={h for scope in PERMISSIONS.values() for h in STAFF if scope[h] is Scope.OWN},
        opened={action for action in Action if is_open(action)},
        at=now(),
    )


@bp.get("/journal")
@requires(Action.ADMINISTER)
def read_journal() -> str:
    """Show the filtered audit log, newest first."""
    session, form = db.session(), _form()
    number = identifier(request.args.get("page", "")) or 1
    return render_template(
        "administration/journal.html",
        page=audit_log.read_page(session, filters=form.wanted(), number=number),
        form=form,
        words=JOURNAL,
        objects=OBJECTS,
        labelled=LABELS,
    )


@bp.get("/journal.csv")
@requires(Action.ADMINISTER)
def export_journal() -> Response:
    """Download the filtered audit log as CSV."""
    wanted = _form().wanted()
    content = audit_log.export_lines(db.session(), filters=wanted, words=JOURNAL)
    disposition = {"Content-Disposition": 'attachment; filename="journal.csv"'}
    return Response(content, mimetype="text/csv", headers=disposition)


@bp.get("/journal/verification")
@requires(Action.ADMINISTER)
def check_journal() -> str:
    """Verify a part of the hash chain and list the invalid lines."""
    after = identifier(request.args.get("apres", "")) or 0
    check = audit.check_lines(db.session(), after=after, limit=PART)
    return render_template("administration/check.html", check=check)


def _form() -> JournalForm:
    form = JournalForm(request.args, meta={"csrf": False})
    return form.offer(audit_log.list_people(db.session()))
