"""« Comptes »: administration of the staff accounts."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import administration, links, second_factors, users
from webapp.accounts.forms.accounts import AccountForm, InvitationForm, LinkForm
from webapp.accounts.models import AccountLink, LinkPurpose, User
from webapp.exceptions import LinkOverError, MailNotSentError, RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.mail import Letter
from webapp.platform.public_address import public_address
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.territory.models import WorkingGroup

bp = Blueprint("accounts", __name__, url_prefix="/administration/comptes")
Page = tuple[str, int]


@bp.get("/")
@requires(Action.ADMINISTER)
def home() -> str:
    """List the accounts."""
    return _home(InvitationForm().offering(_groups()))


@bp.post("/")
@requires(Action.ADMINISTER)
def invite() -> str | Page:
    """Create an account without a password, and show its link."""
    form = InvitationForm().offering(_groups())
    if not form.validate():
        return _home(form), 422
    try:
        with transaction() as session:
            by = actor()
            user, token = administration.invite(
                session, account=form.account(), by=by.id, now=by.now
            )
            return _link(user, token)
    except RuleError as error:
        return _home(form, wording.message(error)), 409


@bp.get("/<account>")
@requires(Action.ADMINISTER)
def show(account: str) -> str:
    """Show one account."""
    found = administration.get_account(db.session(), public_id=account)
    return _account(found, AccountForm.of(found, _groups()))


@bp.post("/<account>")
@requires(Action.ADMINISTER)
def save(account: str) -> Response | Page:
    """Change the name, the role and the groups of an account."""
    form = AccountForm().offering(_groups())
    found = administration.get_account(db.session(), public_id=account)
    if not form.validate():
        return _account(found, form), 422
    try:
        with transaction() as session:
            user = administration.get_account(session, public_id=account)
            administration.save(session, user=user, fields=form.fields(), actor=actor())
    except RuleError as error:
        return _account(found, form, wording.message(error)), 409
    flash("Compte enregistré.", "success")
    return redirect(url_for("accounts.home"), 303)


@bp.post("/<account>/lien")
@requires(Action.ADMINISTER)
def make_link(account: str) -> str:
    """Create and show a new link; the previous one is revoked."""
    with transaction() as session:
        user = administration.get_account(session, public_id=account)
        by = actor()
        token = links.make_link(session, user=user, by=by.id, now=by.now)
        return _link(user, token)


@bp.post("/<account>/lien/envoyer")
@requires(Action.ADMINISTER)
def send_link(account: str) -> Response:
    """Send by e-mail the link that is shown; the page keeps it if the message does not leave."""
    session, token = db.session(), LinkForm().token.data or ""
    link = links.find(session, token=token, now=now())
    user = administration.get_account(session, public_id=account)
    if link.user != user:
        raise LinkOverError
    try:
        current_app.config["MAILER"].send([_letter(link, token)], now=now())
    except MailNotSentError as error:
        return make_response(_link(user, token, wording.message(error)), 503)
    with transaction() as database:
        links.record_sent(database, user=user, actor=actor())
    flash(f"Le lien est parti à {user.email}.", "success")
    return redirect(url_for("accounts.home"), 303)


@bp.post("/<account>/desactiver")
@requires(Action.ADMINISTER)
def deactivate(account: str) -> Response:
    """Deactivate an account."""
    with transaction() as session:
        user = administration.get_account(session, public_id=account)
        administration.deactivate(session, user=user, actor=actor())
    flash("Compte désactivé : ses sessions sont fermées.", "success")
    return redirect(url_for("accounts.show", account=account), 303)


@bp.post("/<account>/reactiver")
@requires(Action.ADMINISTER)
def reactivate(account: str) -> Response:
    """Reactivate an account."""
    with transaction() as session:
        user = administration.get_account(session, public_id=account)
        administration.reactivate(session, user=user, actor=actor())
    flash("Compte réactivé.", "success")
    return redirect(url_for("accounts.show", account=account), 303)


@bp.post("/<account>/second-facteur/retirer")
@requires(Action.ADMINISTER)
def reset_second_factor(account: str) -> Response:
    """Remove a lost second factor."""
    with transaction() as session:
        user = administration.get_account(session, public_id=account)
        by = actor()
        second_factors.reset(session, user=user, by=by.id, now=by.now)
    flash("Second facteur retiré : la personne en activera un autre.", "success")
    return redirect(url_for("accounts.show", account=account), 303)


def _groups() -> list[WorkingGroup]:
    return users.groups_of(db.session(), user=current_user.user)


def _home(form: InvitationForm, problem: wording.Message | None = None) -> str:
    entries = administration.list_entries(db.session(), now=now())
    return render_template(
        "accounts/accounts/home.html", entries=entries, form=form, problem=problem
    )


def _account(user: User, form: AccountForm, problem: wording.Message | None = None) -> str:
    factor = second_factors.find(db.session(), user_id=user.id)
    return render_template(
        "accounts/accounts/show.html", user=user, factor=factor, form=form, problem=problem
    )


def _link(user: User, token: str, problem: wording.Message | None = None) -> str:
    """Show a link, once: only its hash is stored."""
    return render_template(
        "accounts/accounts/link.html",
        user=user,
        token=token,
        address=_address(token),
        expires_at=now() + links.LIFE,
        problem=problem,
    )


def _address(token: str) -> str:
    return public_address("account_links.show", link=token)


def _letter(link: AccountLink, token: str) -> Letter:
    """Return the message that brings a link to its account."""
    text = render_template(
        "accounts/mail/link.txt",
        user=link.user,
        invited=link.purpose is LinkPurpose.INVITATION,
        address=_address(token),
        expires_at=link.expires_at,
    )
    return Letter(to=link.user.email, subject="Votre compte Semailles", text=text)
