"""What a form held when it was refused, given back on the answer and through a sign-in.

Passwords, codes and tokens are never given back. Files cannot be: a page cannot fill them in.
"""

import json
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from flask import current_app, request
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms import (
    DateField,
    DateTimeField,
    DecimalField,
    HiddenField,
    IntegerField,
    StringField,
    ValidationError,
)
from wtforms.fields.core import UnboundField

from webapp.platform.forms.base import BaseForm

FIELD = "carried"
SECRET_FIELDS = frozenset({"csrf_token", "password", "new", FIELD})
_CODES = frozenset({"account", "second_factors"})  # where a field « code » is a second factor
_TYPED = (StringField, DateField, DateTimeField, IntegerField, DecimalField)
_LINE = 40
_UNCAPTIONED = "Texte"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A text of a form, with the caption of its field."""

    name: str
    caption: str
    text: str

    @property
    def is_short(self) -> bool:
        """Whether one line shows the whole text."""
        return len(self.text) <= _LINE and len(self.text.splitlines()) == 1


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that was refused: its address, its fields in order, and whether it had files."""

    url: str
    fields: tuple[Pair, ...]
    files: bool = False

    @classmethod
    def submitted(cls) -> Self:
        """Return the form of the current request."""
        url = request.full_path.rstrip("?")
        pairs = tuple(
            (name, value) for name, value in request.form.items(multi=True) if _is_given_back(name)
        )
        return cls(url, pairs, files=any(file.filename for file in request.files.values()))

    @classmethod
    def received(cls) -> Self | None:
        """Return the form that the current request carries, if this site made it."""
        try:
            url, fields, files = json.loads(request.form.get(FIELD, ""))
            pairs = tuple((str(name), str(text)) for name, text in fields)
        except (ValueError, TypeError):
            return None
        given = tuple(pair for pair in pairs if pair[0] not in SECRET_FIELDS)
        known = isinstance(url, str) and _view(url) and is_ours()
        return cls(url, given, files=bool(files)) if known else None

    @property
    def packed(self) -> str:
        """The form, as one hidden field holds it."""
        return json.dumps([self.url, self.fields, self.files], ensure_ascii=False)

    @property
    def texts(self) -> list[Typed]:
        """What a person typed, without blank fields."""
        return [Typed(name, caption, text) for name, caption, text in self._captioned() if caption]

    @property
    def values(self) -> list[Pair]:
        """The other values of the form: choices, versions, identifiers."""
        return [(name, text) for name, caption, text in self._captioned() if not caption]

    def _captioned(self) -> Iterator[tuple[str, str, str]]:
        captions = captions_of(_view(self.url), {name for name, _ in self.fields})
        for name, text in self.fields:
            caption = captions.get(name) or captions.get(name.rpartition("-")[2])
            if caption is None:  # no form knows it: words are shown, values of buttons are not
                caption = _UNCAPTIONED if len(text.split()) > 1 else ""
            yield name, caption if text.strip() else "", text


def is_local(target: str) -> bool:
    """Whether ``target`` is the address of a page of this site, without scheme or host."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return ours and not parts.scheme and not parts.netloc and target.isprintable()


def is_ours() -> bool:
    """Whether a page of this site sent the request, so that its fields may be sent again.

    A form of another site would otherwise be offered for confirmation to who is signed in here.
    """
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return _same_origin()
    return True


def _same_origin() -> bool:
    """Whether the browser says so; without https it only tells the origin."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _is_given_back(name: str) -> bool:
    secret = name in SECRET_FIELDS or (name == "code" and request.blueprint in _CODES)
    return not secret


def _view(url: str) -> str:
    """Return the module of the view that answers a form sent to ``url``; empty if there is none."""
    if not is_local(url):
        return ""
    try:
        routes = current_app.url_map.bind("")
        endpoint, _ = routes.match(urlsplit(url).path, method="POST")
    except HTTPException:
        return ""
    return current_app.view_functions[endpoint].__module__


def captions_of(module: str, sent: AbstractSet[str] = frozenset()) -> dict[str, str]:
    """Return the captions of the fields of the forms that ``module`` reads.

    Fields whose value is chosen, not typed, have an empty caption. Where forms name a field alike,
    the one that is nearest to the fields ``sent`` gives the caption.
    """
    known = vars(sys.modules[module]).values() if module else ()
    forms = [_captions(one) for one in known if isinstance(one, type) and issubclass(one, BaseForm)]
    captions: dict[str, str] = {}
    for form in sorted(forms, key=lambda one: (len(sent & one.keys()), -len(one))):
        captions |= {name: caption or captions.get(name, "") for name, caption in form.items()}
    return captions


def _captions(form: type[BaseForm]) -> dict[str, str]:
    fields = {name: getattr(form, name) for name in dir(form)}
    return {n: _caption(one) for n, one in fields.items() if isinstance(one, UnboundField)}


def _caption(field: "UnboundField[Any]") -> str:
    typed = issubclass(field.field_class, _TYPED) and not issubclass(field.field_class, HiddenField)
    return str(field.args[0]) if typed and field.args else ""
