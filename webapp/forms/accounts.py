"""Signing in."""

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from webapp.forms.base import BaseForm, stripped


class SignInForm(BaseForm):
    """An address and a password; pasting is welcome."""

    email = EmailField(
        "Adresse électronique",
        filters=[stripped],
        validators=[DataRequired("Écrivez votre adresse."), Length(max=254)],
    )
    password = PasswordField(
        "Mot de passe",
        validators=[DataRequired("Écrivez votre mot de passe."), Length(max=1000)],
    )
