"""The base of every form: French messages, blanks removed, protection against forgery."""

from flask_wtf import FlaskForm


def stripped(value: str | None) -> str:
    """Return what was typed without the blanks around it."""
    return (value or "").strip()


class BaseForm(FlaskForm):  # type: ignore[misc] # flask-wtf ships no types
    """A form tied to the visitor's session; it expires with that session only."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # idem
        """Settings that WTForms reads."""

        locales = ("fr",)
