"""Excerpts picked on the board, and what is to be done with them."""

from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import Length

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.platform.forms.base import BaseForm, at_most, identifier, stripped
from webapp.review.forms.clusters import ActForm
from webapp.review.models import MAX_TITLE_LENGTH


class ChoiceForm(BaseForm):
    """Excerpts, each with the group where it was seen: ``12-3``, or ``12-`` for one in no group."""

    excerpts = SelectMultipleField("Contributions", validate_choice=False)
    reason = StringField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )
    # The group whose page the person was on, to go back there.
    back = HiddenField(validators=[Length(max=16)])
    query = HiddenField(validators=[Length(max=500)])

    def seen(self) -> dict[int, int | None]:
        """Return the excerpts by identifier, each with its group; what is no number is left out."""
        found: dict[int, int | None] = {}
        for value in self.excerpts.data or []:
            excerpt, _, group = str(value).partition("-")
            number, place = identifier(excerpt), identifier(group)
            if number is not None and (place is not None or not group):
                found[number] = place
        return found


class MoveForm(ChoiceForm):
    """Where they go: a group that exists, or a new one with its title."""

    target = StringField("Vers", validators=[Length(max=16)])
    title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class MergeForm(ActForm):
    """Groups that say the same thing, each as it was seen: ``public-id:version``."""

    clusters = SelectMultipleField("Regroupements", validate_choice=False)

    def seen(self) -> dict[str, int | None]:
        """Return the groups by public identifier, each with the version that was on the page."""
        found: dict[str, int | None] = {}
        for value in self.clusters.data or []:
            public_id, _, version = str(value).partition(":")
            found[public_id] = identifier(version)
        return found


class SplitForm(ChoiceForm, ActForm):
    """Who leaves a group, and under what title."""

    title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class AttachForm(ChoiceForm):
    """Late excerpts that join the group they were suggested for."""


class JoinForm(BaseForm):
    """The draft item that a group joins."""

    item = StringField("Fiche", validators=[Length(max=16)])


class CutForm(BaseForm):
    """Where an excerpt is cut: offsets in the contribution."""

    at = SelectMultipleField("Couper avant", validate_choice=False)
    reason = StringField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )

    def offsets(self) -> set[int]:
        """Return the offsets; what is no number is left out."""
        found = (identifier(str(value)) for value in self.at.data or [])
        return {offset for offset in found if offset is not None}
