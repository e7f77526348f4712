"""Submissions from a form (answered by a redirect) or from a browser's offline queue (JSON).

Statuses of JSON answers: 201 stored, 200 already known, 400 retry with a new CSRF token, other 4xx
refused, with the reason.
"""

from collections.abc import Callable
from datetime import datetime

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection.models import Contribution
from webapp.exceptions import IdempotencyError, RuleError, TooFastError
from webapp.platform import formats, tokens
from webapp.platform.forms.base import KeyedForm
from webapp.platform.languages import gettext as _
from webapp.platform.views.reader_language import is_switching
from webapp.platform.views.responses import Page

Rerender = Callable[[int, wording.Message | None], Page]
_JSON = "application/json"


def deliver(
    form: KeyedForm, *, receive: Callable[[], dict[str, str]], rerender: Rerender
) -> Response | Page:
    """Validate ``form``, store it with ``receive``, and answer with a redirect or JSON.

    ``receive`` returns the ``url`` to show next and other values for the script. ``rerender``
    renders the page with the submitted text, a status and an optional message.
    """
    if is_switching():
        return rerender(200, None)
    queued = request.accept_mimetypes.best == _JSON
    if not form.validate():
        return _invalid(form) if queued else rerender(422, None)
    if form.needs_warning(background=queued):
        return _refused(wording.GUARD) if queued else rerender(422, wording.GUARD)
    try:
        result = receive()
    except RuleError as error:
        if queued:
            raise  # error pages can be JSON too
        if isinstance(error, IdempotencyError):
            form.renew_key()
        return rerender(429 if isinstance(error, TooFastError) else 409, wording.message(error))
    if not queued:
        return redirect(result["url"], 303)
    return _json(201 if result.pop("created", "") else 200, result)


def created(contribution: Contribution, now: datetime) -> str:
    """Return "yes" if ``contribution`` was stored by this request, else an empty string."""
    return "yes" if contribution.submitted_at == now else ""


def receipt_of(contribution: Contribution, now: datetime) -> dict[str, str]:
    """Return the URL and the code of the receipt of a submitted contribution."""
    return {
        "url": url_for("public.receipt", code=contribution.receipt),
        "receipt": formats.left_to_right(tokens.grouped(contribution.receipt)),
        "created": created(contribution, now),
    }


def cacheable_offline(response: Response) -> Response:
    """Let the browser cache ``response`` for offline use."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def no_store(response: Response) -> Response:
    """Forbid caching of ``response``."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _invalid(form: KeyedForm) -> Response:
    if "csrf_token" in form.errors:
        return _json(400, {"title": _("Votre page a expiré")})
    problems = [str(problem) for field in form for problem in field.errors]
    return _json(422, {"title": _("À corriger"), "text": " ".join(problems)})


def _refused(problem: wording.Message) -> Response:
    return _json(422, {"title": str(problem.title), "text": str(problem.text)})


def _json(status: int, words: dict[str, str]) -> Response:
    answer = jsonify(words)
    answer.status_code = status
    return answer
