"""Receiving words from a form or from the queue of a browser: the same act, two kinds of answer.

A browser that asks for JSON sends what it kept while it had no network. It reads the status:
201 stored, 200 known already, 400 take a new token and try again, another 4xx refused, and why.
"""

from collections.abc import Callable
from datetime import datetime

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection.models import Contribution
from webapp.exceptions import IdempotencyError, RuleError, TooFastError
from webapp.platform import tokens
from webapp.platform.forms.base import KeyedForm
from webapp.platform.views.responses import Page

Again = Callable[[int, wording.Message | None], Page]
_JSON = "application/json"


def deliver(
    form: KeyedForm, *, receive: Callable[[], dict[str, str]], again: Again
) -> Response | Page:
    """Validate ``form``, have ``receive`` store it, and answer in the kind that was asked for.

    ``receive`` returns the ``url`` to show next and whatever else a script is told; ``again``
    renders the page once more, typed words kept, with a status and maybe a message.
    """
    queued = request.accept_mimetypes.best == _JSON
    if not form.validate():
        return _invalid(form) if queued else again(422, None)
    if not queued and form.guarded():
        return again(422, wording.GUARD)
    try:
        told = receive()
    except RuleError as error:
        if queued:
            raise  # the error pages speak JSON too
        if isinstance(error, IdempotencyError):
            form.renewed()
        return again(429 if isinstance(error, TooFastError) else 409, wording.message(error))
    if not queued:
        return redirect(told["url"], 303)
    return _told(201 if told.pop("fresh", "") else 200, told)


def fresh(contribution: Contribution, now: datetime) -> str:
    """Return a word when ``contribution`` was stored just now, none when it was known."""
    return "yes" if contribution.submitted_at == now else ""


def receipt_of(contribution: Contribution, now: datetime) -> dict[str, str]:
    """Return what whoever has just spoken is shown next: the page and the code of their receipt."""
    return {
        "url": url_for("public.receipt", code=contribution.receipt),
        "receipt": tokens.grouped(contribution.receipt),
        "fresh": fresh(contribution, now),
    }


def kept(response: Response) -> Response:
    """Let the browser of whoever asks keep ``response`` for when there is no network."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def no_store(response: Response) -> Response:
    """Ask that nothing on the way keeps ``response``."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _invalid(form: KeyedForm) -> Response:
    if "csrf_token" in form.errors:
        return _told(400, {"title": "Votre page a expiré"})
    problems = [str(problem) for field in form for problem in field.errors]
    return _told(422, {"title": "À corriger", "text": " ".join(problems)})


def _told(status: int, words: dict[str, str]) -> Response:
    answer = jsonify(words)
    answer.status_code = status
    return answer
