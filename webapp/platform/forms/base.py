"""Base form: French messages, normalised text, CSRF protection, shared fields and validators."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar

import wtforms.form
from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, HiddenField, PasswordField, SelectField
from wtforms.validators import URL, Length, Optional, Regexp
from wtforms.widgets import TextInput

from webapp.platform import decimals, text_cleaning
from webapp.platform.languages import current
from webapp.platform.languages import lazy as _
from webapp.vocabulary.labels import LABELS

T = TypeVar("T")
_Kind = TypeVar("_Kind", bound=StrEnum)
_KEY = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"
_LARGEST = Decimal(10) ** 15  # integers up to it are exact as floats
_LARGEST_ROW = 2**31 - 1


def stripped(value: str | None) -> str:
    """Return the submitted value without leading and trailing blanks."""
    return (value or "").strip()


def identifier(value: str) -> int | None:
    """Return a primary key, or None if ``value`` is not a valid 32-bit one.

    Examples
    --------
    >>> identifier("12"), identifier("-1"), identifier("9" * 30)
    (12, None, None)
    """
    small = value.isdecimal() and len(value) <= len(str(_LARGEST_ROW))
    return int(value) if small and int(value) <= _LARGEST_ROW else None


def given(value: T | None) -> T:
    """Return the value of a required field of a validated form.

    Raises
    ------
    LookupError
        If the field has no value: the form was not validated.
    """
    if value is None:
        raise LookupError
    return value


class BaseForm(FlaskForm):
    """A form with a CSRF token that is valid as long as the session."""

    class Meta(FlaskForm.Meta):
        """WTForms settings."""

        @property
        def locales(self) -> tuple[str, ...]:  # type: ignore[override] # a constant in WTForms
            """Languages of WTForms' own messages, the first that it has."""
            locale = current().locale
            return str(locale), locale.language, "fr"

        def wrap_formdata(
            self,
            form: wtforms.form.BaseForm,
            formdata: Any,  # noqa: ANN401 - a multidict, or flask-wtf's marker for the request's
        ) -> Any:  # noqa: ANN401 - a multidict, or None if nothing was submitted
            """Normalise every submitted string, passwords excepted."""
            # No page sends JSON; flask-wtf would read it as form data.
            sent = None if request.is_json else super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            secret = {field.name for field in form if isinstance(field, PasswordField)}
            return MultiDict(
                (name, _normalised(value) if name not in secret else value)
                for name, values in sent.lists()
                for value in values
            )

        def get_translations(self, form: wtforms.form.BaseForm) -> "_Typographic":
            """Return the messages of WTForms, with typographic apostrophes."""
            return _Typographic(super().get_translations(form))

    def tagged(self, tag: object) -> Self:
        """Suffix the HTML ids of the fields, for pages that show this form several times."""
        for field in self:
            field.id = field.label.field_id = f"{field.id}-{tag}"
        return self


def _normalised(value: object) -> object:
    return text_cleaning.storable(value) if isinstance(value, str) else value


class KeyedForm(BaseForm):
    """A form with an idempotency key: resending it stores one contribution.

    The key is a random UUID drawn by the page, so the answer may show a receipt. Keys that the
    server derives from a file or a row are predictable, and their format is refused here.
    """

    key = HiddenField(
        default=lambda: str(uuid.uuid4()),
        validators=[Regexp(_KEY, message=_("Rouvrez cette page, puis envoyez à nouveau."))],
    )

    def needs_warning(self, *, background: bool) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a warning must be shown before the text is accepted; never by default.

        ``background`` says that a script sends the text while its author goes on.
        """
        return False

    def renew_key(self) -> None:
        """Draw a new key, for a text that differs from the first submission."""
        self.key.data = str(uuid.uuid4())


class _Messages(Protocol):
    def gettext(self, string: str) -> str: ...

    def ngettext(self, singular: str, plural: str, n: int) -> str: ...


class _Typographic:
    """WTForms messages with typographic apostrophes."""

    def __init__(self, messages: _Messages) -> None:
        self._messages = messages

    def gettext(self, string: str) -> str:
        return self._messages.gettext(string).replace("'", "’")

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self._messages.ngettext(singular, plural, n).replace("'", "’")


class NumberField(DecimalField):
    """A decimal in French notation (``1 234,5``), which ``<input type="number">`` refuses."""

    widget = TextInput()

    def _value(self) -> str:
        """Return the submitted or stored value with a decimal comma."""
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{Decimal(str(self.data)).normalize():f}".replace(".", ",")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse spaces, a decimal comma and « € »; refuse what is no number or is above 10^15."""
        written = str(valuelist[0]).strip() if valuelist else ""
        if not written:
            return
        number = decimals.read(written)
        if number is None or abs(number) > _LARGEST:
            self.data = None
            raise ValueError("Écrivez un nombre, par exemple 12,5.")
        self.data = number


def at_most(limit: int, what: str) -> Length:
    """Return a length validator with its message."""
    return Length(max=limit, message=f"{what} dépasse {limit} caractères : raccourcissez.")


def web_address(limit: int) -> list[Any]:
    """Return the validators of an optional http or https URL."""
    message = "Écrivez une adresse complète, qui commence par https://."
    return [
        Optional(),
        Regexp(r"https?://", message=message),
        URL(message=message),
        at_most(limit, "L’adresse"),
    ]


ANY = {"": "peu importe"}


def filter_field(
    label: str, words: Mapping[Any, str] | None = None, *, name: str | None = None
) -> SelectField:
    """Return a filter of a search, whose value :func:`chosen` reads.

    ``words`` are its options, when they are known before the request; ``name`` is its name in the
    address, when it is not that of the field.
    """
    offered = choices(ANY | dict(words or {}))
    return SelectField(label, choices=offered, default="", validate_choice=False, name=name)


def chosen(field: SelectField) -> str:
    """Return the option of a filter, or an empty string when it offers no such value."""
    value = field.data or ""
    return value if value in {str(choice[0]) for choice in field.iter_choices()} else ""


def member(kind: type[_Kind], value: str | None) -> _Kind | None:
    """Return the member of ``kind`` that a field or an address names, if any."""
    return kind(value) if value in {str(one) for one in kind} else None


def translated_labels(family: str) -> dict[str, str]:
    """Return the labels of ``family`` for the options of a participants' form."""
    return {value: _(text) for value, text in LABELS[family].items()}


def choices(words: Mapping[Any, str]) -> dict[str, Any]:
    """Return ``words`` as select options, in the same order."""
    return {str(value): word for value, word in words.items()}
