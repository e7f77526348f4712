"""Chooses the language of a page: its switch, then an earlier choice, then the browser.

Pages for participants are marked with ``in_readers_language``; those of the team are in French.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from webapp.platform import languages
from webapp.platform.languages import FRENCH, Language

CHOICE = "lang"  # in the address of a link of the switch, or in the form that its button sends
PAGE = "page_lang"  # the language of one answer, such as a part of a page: it is not remembered
PRINTED = "langue"  # the language of what is printed or projected from a page in another
_COOKIE = "langue"
_FORM = "application/x-www-form-urlencoded"
_KEPT = timedelta(days=180)
_TRANSLATED: set[Callable[..., Any]] = set()

View = TypeVar("View", bound=Callable[..., Any])


def in_readers_language(view: View) -> View:
    """Show a page in the language of who reads it; written below its route and its action."""
    _TRANSLATED.add(view)
    return view


def is_in_readers_language(view: Callable[..., Any]) -> bool:
    """Whether ``view`` shows its page in the language of who reads it."""
    return view in _TRANSLATED


def register(app: Flask) -> None:
    """Choose the language before each request of ``app``, and remember a choice."""
    app.before_request(_choose)
    app.after_request(_remember)
    app.teardown_request(_forget)


def is_switching() -> bool:
    """Whether a button of the switch sent the form: it comes back, and nothing is stored."""
    return CHOICE in request.form


def is_translated() -> bool:
    """Whether the page of the request is in the language of its reader."""
    return "language" in g


def printed_language() -> Language:
    """Return the language asked for what is printed or projected, or that of the page."""
    return languages.find(request.args.get(PRINTED, "")) or languages.current()


def switch_url(language: Language) -> str:
    """Return the address of the current page that also chooses ``language``."""
    return _here(language.code)


def _here(choice: str = "") -> str:
    """Return the address of the page, with a choice of language or none."""
    if request.endpoint is None:  # no such page
        return url_for("public.home", lang=choice or None)
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in {CHOICE, PAGE}]
    query = urlencode([*kept, *([(CHOICE, choice)] if choice else ())])
    return quote(request.script_root + request.path) + (f"?{query}" if query else "")


def _choose() -> BaseResponse | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and view not in _TRANSLATED:
        return None
    g.language = ExitStack()
    language = _chosen() or languages.find(request.args.get(PAGE, "")) or _remembered()
    g.language.enter_context(languages.speaking(language or _preferred()))
    # The address without the choice is the one that the browser keeps for when it is offline.
    return redirect(_here(), 303) if view and request.method == "GET" and _chosen() else None


def _chosen() -> Language | None:
    tag = request.args.get(CHOICE, "")
    # Participants' forms hold no file. A refusal while files are read must reach the view: what
    # was read of the request would not be there a second time.
    if not tag and request.mimetype == _FORM:
        try:
            tag = request.form.get(CHOICE, "")
        except HTTPException:
            return None  # a form that is too large: the view says so
    return languages.find(tag)


def _remembered() -> Language | None:
    return languages.find(request.cookies.get(_COOKIE, ""))


def _preferred() -> Language:
    """Return the first language of the browser that is offered; French for the team."""
    if current_user.is_authenticated:
        return FRENCH
    known = (languages.find(tag) for tag, quality in request.accept_languages if quality)
    return next((language for language in known if language), FRENCH)


def _remember(response: Response) -> Response:
    if not is_translated():
        return response
    response.vary.update(("Accept-Language", "Cookie"))
    response.content_language.add(languages.current().code)
    chosen = _chosen()
    if chosen:
        response.set_cookie(
            _COOKIE,
            chosen.code,
            max_age=_KEPT,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def forget_choice(response: BaseResponse) -> None:
    """Forget the language chosen on a device that several people use."""
    response.delete_cookie(
        _COOKIE,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def _forget(_: BaseException | None) -> None:
    if is_translated():
        g.pop("language").close()
