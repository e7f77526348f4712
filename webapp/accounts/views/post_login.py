"""The sign-in page, and what follows: the form sent before it, or the page asked for."""

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts.forms.accounts import SignInForm
from webapp.platform.views.carried import Carried, is_local


def sign_in_page(
    form: SignInForm, carried: Carried | None, problem: wording.Message | None = None
) -> str:
    """Ask for an address and a password, keeping a form that was sent without a session."""
    return render_template(
        "accounts/account/sign_in.html", form=form, carried=carried, problem=problem
    )


def welcome(carried: Carried | None) -> Response | str:
    """Show the form that the person had sent when their session ended, or redirect to a page."""
    if carried is None:
        return redirect(destination(), 303)
    return render_template("accounts/account/resume.html", carried=carried)


def destination() -> str:
    """Return the requested page if it is on this site, else the home page of the user's role."""
    target = request.args.get("suite", "")
    if is_local(target):
        return target.rstrip("?")
    if current_user.must_enrol:
        return url_for("second_factors.show")
    if current_user.is_commissioner:
        return url_for("steering.home")
    return url_for("desk.home") if current_user.is_facilitator else url_for("copil.home")
