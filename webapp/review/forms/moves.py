"""Forms of the actions on selected excerpts and clusters."""

from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import Length

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.platform.forms.base import BaseForm, at_most, identifier, stripped
from webapp.review.forms.clusters import ActForm
from webapp.review.models import MAX_TITLE_LENGTH


class ChoiceForm(BaseForm):
    """Selected excerpts, each with the cluster where it was seen: ``12-3``, or ``12-`` for none."""

    excerpts = SelectMultipleField("Contributions", validate_choice=False)
    reason = StringField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )
    # The cluster page to return to.
    back = HiddenField(validators=[Length(max=16)])
    query = HiddenField(validators=[Length(max=500)])

    def seen(self) -> dict[int, int | None]:
        """Return the cluster seen by excerpt id; malformed values are ignored."""
        found: dict[int, int | None] = {}
        for value in self.excerpts.data or []:
            excerpt, _, group = str(value).partition("-")
            number, place = identifier(excerpt), identifier(group)
            if number is not None and (place is not None or not group):
                found[number] = place
        return found


class MoveForm(ChoiceForm):
    """The destination: an existing cluster, or the title of a new one."""

    target = StringField("Vers", validators=[Length(max=16)])
    title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class MergeForm(ActForm):
    """Clusters to merge, each with the version seen: ``public-id:version``."""

    clusters = SelectMultipleField("Regroupements", validate_choice=False)

    def seen(self) -> dict[str, int | None]:
        """Return the version seen by public identifier of cluster."""
        found: dict[str, int | None] = {}
        for value in self.clusters.data or []:
            public_id, _, version = str(value).partition(":")
            found[public_id] = identifier(version)
        return found


class SplitForm(ChoiceForm, ActForm):
    """The excerpts that leave a cluster, and the title of the new one."""

    title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class AttachForm(ChoiceForm):
    """Suggested excerpts to attach to their cluster."""


class JoinForm(BaseForm):
    """The draft item that gets a cluster as a source."""

    item = StringField("Fiche", validators=[Length(max=16)])


class CutForm(BaseForm):
    """The offsets where a contribution is split."""

    at = SelectMultipleField("Couper avant", validate_choice=False)
    reason = StringField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )
    back = HiddenField(validators=[Length(max=16)])
    query = HiddenField(validators=[Length(max=500)])

    def offsets(self) -> set[int]:
        """Return the offsets; malformed values are ignored."""
        found = (identifier(str(value)) for value in self.at.data or [])
        return {offset for offset in found if offset is not None}
