"""Signing in, and choosing a password."""

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from webapp.forms.base import BaseForm, at_most, stripped
from webapp.services.passwords import MAX_LENGTH


class SignInForm(BaseForm):
    """An address and a password; pasting is welcome."""

    email = EmailField(
        "Adresse électronique",
        filters=[stripped],
        validators=[DataRequired("Écrivez votre adresse."), Length(max=254)],
    )
    password = PasswordField(
        "Mot de passe",
        validators=[DataRequired("Écrivez votre mot de passe."), Length(max=MAX_LENGTH)],
    )


def new_password() -> PasswordField:
    """Return the field of a password to choose; the service says what it refuses."""
    return PasswordField(
        "Nouveau mot de passe",
        description="12 caractères au moins : une phrase de quatre mots "
        "convient. Vous pouvez le coller.",
        validators=[
            DataRequired("Écrivez un mot de passe."),
            at_most(MAX_LENGTH, "Le mot de passe"),
        ],
    )


class PasswordForm(BaseForm):
    """One's present password, and the next."""

    password = PasswordField(
        "Mot de passe actuel",
        validators=[
            DataRequired("Écrivez votre mot de passe actuel."),
            at_most(MAX_LENGTH, "Le mot de passe"),
        ],
    )
    new = new_password()
