"""The base of every form: French messages, blanks removed, protection against forgery."""

import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, Self, TypeVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, HiddenField, PasswordField
from wtforms.validators import URL, Length, Optional, Regexp
from wtforms.widgets import TextInput

from webapp.platform import text_cleaning

T = TypeVar("T")
_KEY = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"
_LARGEST = Decimal(10) ** 15  # a float still holds its units
_LARGEST_ROW = 2**31 - 1


def stripped(value: str | None) -> str:
    """Return what was typed without the blanks around it."""
    return (value or "").strip()


def identifier(value: str) -> int | None:
    """Return the number of a row, or None when no row could have it.

    Examples
    --------
    >>> identifier("12"), identifier("-1"), identifier("9" * 30)
    (12, None, None)
    """
    small = value.isdecimal() and len(value) <= len(str(_LARGEST_ROW))
    return int(value) if small and int(value) <= _LARGEST_ROW else None


def given(value: T | None) -> T:
    """Return what a required field holds once its form is valid.

    Raises
    ------
    LookupError
        If it was read before its form was found valid.
    """
    if value is None:
        raise LookupError
    return value


class BaseForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """A form tied to the visitor's session; it expires with that session only."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # idem
        """Settings that WTForms reads."""

        locales = ("fr",)

        def wrap_formdata(
            self,
            form: FlaskForm,
            formdata: Any,  # noqa: ANN401 - a multidict, or flask-wtf's mark for "the request's"
        ) -> MultiDict[str, Any] | None:
            """Let every word in by one door; only a password is taken as it was typed."""
            # No page of ours sends JSON: flask-wtf would take any of it for a form.
            sent = None if request.is_json else super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            secret = {field.name for field in form if isinstance(field, PasswordField)}
            return MultiDict(
                (name, _let_in(value) if name not in secret else value)
                for name, values in sent.lists()
                for value in values
            )

        def get_translations(self, form: FlaskForm) -> "_Typographic":
            """Return the French messages of WTForms, with French apostrophes."""
            return _Typographic(super().get_translations(form))

    def tagged(self, tag: object) -> Self:
        """Give each field an identifier of its own: a page may show this form several times."""
        for field in self:
            field.id = field.label.field_id = f"{field.id}-{tag}"
        return self


def _let_in(value: object) -> object:
    return text_cleaning.storable(value) if isinstance(value, str) else value


class KeyedForm(BaseForm):
    """A form whose words are stored once, however often it is sent.

    Its key is drawn by the page: nobody else knows it, so it may answer with a receipt. The keys
    that the server makes of a file or of a row could be worked out: no form may send one.
    """

    key = HiddenField(
        default=lambda: str(uuid.uuid4()),
        validators=[Regexp(_KEY, message="Rouvrez cette page, puis envoyez à nouveau.")],
    )

    def guarded(self) -> bool:
        """Whether something is to be said before the words are sent: by default, nothing."""
        return False

    def renewed(self) -> None:
        """Take a new key: the words about to be sent are not those of the first sending."""
        self.key.data = str(uuid.uuid4())


class _Messages(Protocol):
    def gettext(self, string: str) -> str: ...

    def ngettext(self, singular: str, plural: str, n: int) -> str: ...


class _Typographic:
    """Messages of WTForms as we write French."""

    def __init__(self, messages: _Messages) -> None:
        self._messages = messages

    def gettext(self, string: str) -> str:
        return self._messages.gettext(string).replace("'", "’")

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self._messages.ngettext(singular, plural, n).replace("'", "’")


class NumberField(DecimalField):
    """A number typed as French people type it: ``1 234,5``, which a browser's own field refuses."""

    widget = TextInput()

    def _value(self) -> str:
        """Show what was typed, or what is stored, with a decimal comma."""
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{Decimal(str(self.data)).normalize():f}".replace(".", ",")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read spaces and a decimal comma; "nan" and numbers past every count are refused."""
        plain = "".join(str(valuelist[0]).split()).replace(",", ".") if valuelist else ""
        if not plain:
            return
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > _LARGEST:
            self.data = None
            raise ValueError("Écrivez un nombre, par exemple 12,5.")
        self.data = number


def at_most(limit: int, what: str) -> Length:
    """Return the rule of a field's length, with what to do about it."""
    return Length(max=limit, message=f"{what} dépasse {limit} caractères : raccourcissez.")


def web_address(limit: int) -> list[Any]:
    """Return the rules of a field that may hold an address: a page, never a script."""
    message = "Écrivez une adresse complète, qui commence par https://."
    return [
        Optional(),
        Regexp(r"https?://", message=message),
        URL(message=message),
        at_most(limit, "L’adresse"),
    ]


def choices(words: Mapping[Any, str]) -> dict[str, Any]:
    """Return the options of a list, value by value, in the order of ``words``."""
    return {str(value): word for value, word in words.items()}
