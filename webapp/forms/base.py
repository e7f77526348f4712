"""The base of every form: French messages, blanks removed, protection against forgery."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DecimalField
from wtforms.widgets import TextInput


def stripped(value: str | None) -> str:
    """Return what was typed without the blanks around it."""
    return (value or "").strip()


class BaseForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """A form tied to the visitor's session; it expires with that session only."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # idem
        """Settings that WTForms reads."""

        locales = ("fr",)


class NumberField(DecimalField):
    """A number typed as French people type it: ``1 234,5``, which a browser's own field refuses."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read spaces and a decimal comma."""
        plain = ["".join(str(value).split()).replace(",", ".") for value in valuelist]
        if any(plain):
            super().process_formdata(plain)


def choices(words: Mapping[Any, str]) -> dict[str, Any]:
    """Return the options of a list, value by value, in the order of ``words``."""
    return {str(value): word for value, word in words.items()}
