"""Forms of sign-in, password change, second factor and account administration."""

from collections.abc import Sequence
from typing import Self

from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Length, Regexp

from webapp.accounts.administration import AccountFields
from webapp.accounts.models import Role, User
from webapp.accounts.passwords import MAX_LENGTH
from webapp.accounts.users import Account
from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.territory.models import WorkingGroup
from webapp.vocabulary.labels import LABELS


class SignInForm(BaseForm):
    """Email address and password; pasting is allowed."""

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
    """Return a new-password field; the service checks its strength."""
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
    """Current and new passwords."""

    password = PasswordField(
        "Mot de passe actuel",
        validators=[
            DataRequired("Écrivez votre mot de passe actuel."),
            at_most(MAX_LENGTH, "Le mot de passe"),
        ],
    )
    new = new_password()


class CodeForm(BaseForm):
    """A TOTP code or a recovery code."""

    code = StringField(
        "Code", filters=[stripped], validators=[DataRequired("Écrivez un code."), Length(max=40)]
    )


class ChosenPasswordForm(BaseForm):
    """A new password, set through a link."""

    new = new_password()


class AccountForm(BaseForm):
    """Editable fields of an account."""

    display_name = StringField(
        "Nom montré",
        filters=[stripped],
        validators=[DataRequired("Donnez le nom de la personne."), at_most(120, "Le nom")],
    )
    role = SelectField(
        "Rôle", choices=choices(LABELS["role_choice"]), default=Role.FACILITATOR.value
    )
    groups = SelectMultipleField("Groupes de travail")

    @classmethod
    def of(cls, user: User, groups: Sequence[WorkingGroup]) -> Self:
        """Return the form filled in from ``user``."""
        mine = {membership.working_group_id for membership in user.memberships}
        chosen = [group.slug for group in groups if group.id in mine]
        return cls(display_name=user.display_name, role=user.role.value, groups=chosen).offering(
            groups
        )

    def offering(self, groups: Sequence[WorkingGroup]) -> Self:
        """Set the choices of working groups; return the form."""
        self.groups.choices = choices({group.slug: group.name for group in groups})
        return self

    def fields(self) -> AccountFields:
        """Return the submitted values for the service."""
        return AccountFields(
            display_name=self.display_name.data or "",
            role=Role(self.role.data),
            groups=tuple(self.groups.data or ()),
        )


class LinkForm(BaseForm):
    """The token of a link that is shown, to be sent to its account."""

    token = HiddenField(validators=[DataRequired()])


class InvitationForm(AccountForm):
    """Email address, name and role of a person to invite."""

    email = EmailField(
        "Adresse électronique",
        filters=[stripped],
        validators=[
            DataRequired("Écrivez l’adresse de la personne."),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message="Écrivez une adresse complète."),
            at_most(254, "L’adresse"),
        ],
    )

    def account(self) -> Account:
        """Return the submitted values for the service."""
        fields = self.fields()
        return Account(
            email=self.email.data or "",
            display_name=fields.display_name,
            role=fields.role,
            groups=fields.groups,
        )
