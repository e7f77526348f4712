"""Error handlers: map exceptions to a status and a page that keeps the submitted text."""

import structlog
from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from webapp import exceptions as errors
from webapp import wording
from webapp.platform.extensions import db
from webapp.platform.languages import lazy as _
from webapp.platform.views import addresses, error_logging
from webapp.platform.views.carried import Carried, is_ours
from webapp.publishing.documents.codec import encode
from webapp.publishing.documents.open_api import PREFIX
from webapp.publishing.documents.open_data import Problem
from webapp.review.views.redirects import TRIAGE

log = structlog.get_logger(__name__)

STATUS: dict[type[errors.SemaillesError], int] = {
    errors.NotFoundError: 404,
    errors.ParameterError: 400,
    errors.ForbiddenError: 403,
    errors.UndeclaredRouteError: 503,
    errors.SchemaError: 503,
    errors.EmptySheetError: 422,
    errors.EmptyTextError: 422,
    errors.TextTooLongError: 422,
    errors.IdempotencyError: 422,
    errors.ReasonRequiredError: 422,
    errors.NothingMaskedError: 422,
    errors.ConfirmationError: 422,
    errors.TitleRequiredError: 422,
    errors.SelectionError: 422,
    errors.DateOrderError: 422,
    errors.DelayError: 422,
    errors.CodeFormError: 422,
    errors.UnlistedError: 422,
    errors.IncompleteItemError: 422,
    errors.ImportFileError: 422,
    errors.DocumentError: 404,
    errors.VersionWithdrawnError: 410,
    errors.DocumentModelError: 422,
    errors.UnusableModelError: 422,
    errors.TooFastError: 429,
    errors.WeakPasswordError: 422,
    errors.SignInRefusedError: 422,
    errors.TooManyAttemptsError: 429,
    errors.BusyError: 503,
    errors.MailNotSentError: 503,
    errors.ProviderDownError: 503,
    errors.ProviderRefusedError: 403,
    errors.CodeRefusedError: 422,
    errors.LinkOverError: 410,
    errors.RuleError: 409,
}
_REFUSED = frozenset({409, 422})
NOT_FOUND = 404
TOO_LARGE = 413  # the request body was not parsed
HTTP_MESSAGES = {
    400: wording.Message(
        _("Demande incomprise"), _("Revenez à la page précédente et recommencez.")
    ),
    403: wording.Message(_("Accès refusé"), _("Demandez l’accès à l’administration de Semailles.")),
    404: wording.Message(
        _("Cette page n’existe pas"), _("Vérifiez l’adresse ou le code : il a pu être mal recopié.")
    ),
    405: wording.Message(
        _("Demande impossible"), _("Revenez à la page précédente et recommencez.")
    ),
    TOO_LARGE: wording.Message(
        _("Envoi trop lourd"), _("Raccourcissez le texte ou allégez le fichier.")
    ),
    500: wording.Message(
        _("Une erreur est survenue de notre côté"),
        _(
            "Rien n’a été enregistré à moitié. Réessayez dans un instant ; si cela dure, prévenez "
            "l’administration."
        ),
    ),
}
EXPIRED = wording.Message(
    _("Votre page a expiré"), _("Rien n’est perdu : relisez ce que vous avez écrit, puis envoyez.")
)
EXPIRED_ELSEWHERE = wording.Message(
    _("Votre page a expiré"),
    _("Rien n’est perdu : copiez votre texte, rechargez la page et envoyez de nouveau."),
)
BUSY = wording.Message(
    _("La base de données est occupée"), _("Réessayez dans quelques secondes : rien n’est perdu.")
)
# Statuses after which the same form may succeed.
_PASSING = frozenset({429, 500, 503})
# Page to return to after a refused action, by the names of its view arguments.
_RETURNS = (
    (("group", "cluster"), "board.show_cluster"),
    (("group", "contribution"), "contributions.show"),
    (("item",), "steering.item"),
    (("group",), "board.show"),
)
# Pages that answer 200 on an empty instance.
_FIRST_PAGES = frozenset(
    {
        "copil.home",
        "copil.synthesis",
        "exports.home",
        "local_roadmaps.edit",
        "local_roadmaps.home",
        "meetings.home",
        "open_data.home",
        "publications.home",
        "roadmap.show",
        "steering.home",
        "versions.home",
    }
)
Page = tuple[str, int]
JsonPage = tuple[Response, int]


def register(app: Flask) -> None:
    """Register the error handlers on ``app``."""
    app.register_error_handler(errors.SemaillesError, _domain)
    app.register_error_handler(errors.EmptyInstanceError, _empty)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(ProgrammingError, _database)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: errors.SemaillesError) -> int:
    """Return the HTTP status of ``error``, looked up along its class hierarchy."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _domain(error: errors.SemaillesError) -> Page | JsonPage | BaseResponse:
    if isinstance(error, errors.NotFoundError) and (path := _tidy_path()):
        return redirect(path, 308)
    kind = type(error).__name__
    error_logging.record_reason(kind)
    return _page(status_of(error), wording.message(error), kind=kind)


def _expired(_: CSRFError) -> Page | JsonPage:
    error_logging.record_reason("csrf")
    return _page(400, EXPIRED if is_ours() else EXPIRED_ELSEWHERE, resend=True)


def _empty(error: errors.EmptyInstanceError) -> Page | JsonPage | BaseResponse:
    """Show how to begin on an empty instance, for the pages in ``_FIRST_PAGES``."""
    if request.endpoint in _FIRST_PAGES:
        return render_template("errors/empty.html"), 200
    return _domain(error)


def _http(error: HTTPException) -> Page | JsonPage | HTTPException | BaseResponse:
    if isinstance(error, SecurityError | BadHost):  # untrusted host: url_for cannot build a page
        return Response("Adresse inconnue.\n", 400, mimetype="text/plain")
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 - a redirection raised as an exception is returned as is
        return error
    if code == NOT_FOUND and (path := _tidy_path()):
        return redirect(path, 308)
    error_logging.record_reason(type(error).__name__)
    return _page(code, HTTP_MESSAGES.get(code, HTTP_MESSAGES[400 if code < 500 else 500]))  # noqa: PLR2004 - statuses


def _unstorable(_: DataError) -> Page | JsonPage:
    """Answer 400 to values that the database rejects, such as a null character in a URL."""
    _release()
    return _page(400, HTTP_MESSAGES[400])


def _database(error: Exception) -> Page | JsonPage:
    """Answer 503: the schema is missing or outdated, or the database is locked."""
    _release()
    absent = any(
        words in str(error) for words in ("no such table", "no such column", "does not exist")
    )
    log.error("database refused", kind=type(error).__name__, schema_missing=absent)
    error_logging.record_reason("schema" if absent else "database")
    return _page(503, wording.message(errors.SchemaError()) if absent else BUSY)


def _unexpected(error: Exception) -> Page | JsonPage:
    _release()
    log.error("unexpected error", kind=type(error).__name__, exc_info=error)
    error_logging.record_reason(type(error).__name__)
    return _page(500, HTTP_MESSAGES[500])


def _tidy_path() -> str:
    """Return where an address pasted by a person leads, if it is a page; programs are told 404."""
    return "" if request.path.startswith(f"{PREFIX}/") else addresses.tidy_path()


def _release() -> None:
    """Roll back the failed transaction, so that the error page can read the signed-in user."""
    db.session.rollback()


def _page(
    status: int, message: wording.Message, kind: str = "", *, resend: bool = False
) -> Page | JsonPage:
    if request.path.startswith(f"{PREFIX}/"):
        return _problem(status, message), status
    if request.accept_mimetypes.best == "application/json":
        return jsonify(title=str(message.title), text=str(message.text), kind=kind), status
    parsed = request.method == "POST" and status != TOO_LARGE
    page = render_template(
        "errors/error.html",
        status=status,
        title=message.title,
        message=message.text,
        carried=Carried.submitted() if parsed else None,
        may_resend=parsed and (resend or status in _PASSING) and is_ours(),
        action_url=_return_url() if status in _REFUSED else "",
    )
    return page, status


def _problem(status: int, message: wording.Message) -> Response:
    """Return a problem document (RFC 9457), readable from any origin."""
    problem = Problem(type="about:blank", title=message.title, status=status, detail=message.text)
    response = jsonify(encode(problem))
    response.mimetype = "application/problem+json"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _return_url() -> str:
    """Return the URL of the object of a refused action, or an empty string."""
    known = request.view_args or {}
    if "group" in known and request.form.get("back") == TRIAGE:
        return url_for("triage.show", group=known["group"])
    for names, endpoint in _RETURNS:
        if request.method == "POST" and all(name in known for name in names):
            return url_for(endpoint, **{name: known[name] for name in names})
    return ""
