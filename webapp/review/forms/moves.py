"""Forms of the actions on selected excerpts and clusters."""

from collections.abc import Iterable

from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import Length

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.platform.forms.base import BaseForm, at_most, identifier, stripped
from webapp.review.forms.clusters import ActForm, ReasonField
from webapp.review.models import MAX_TITLE_LENGTH

MAX_TARGET_LENGTH = MAX_TITLE_LENGTH + 20  # a title, and an identifier if it is shared


class ChoiceForm(BaseForm):
    """Selected excerpts, each with the cluster where it was seen: ``12-3``, or ``12-`` for none."""

    excerpts = SelectMultipleField("Contributions", validate_choice=False)
    reason = ReasonField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )
    # The excerpts that are only suggested to a cluster, and whether the act is about them.
    late = SelectMultipleField("Rattachements", validate_choice=False)
    only = HiddenField(validators=[Length(max=8)])
    # The page to return to, and its query string.
    back = HiddenField(validators=[Length(max=16)])
    query = HiddenField(validators=[Length(max=500)])

    def seen(self) -> dict[int, int | None]:
        """Return the cluster seen by excerpt id; malformed values are ignored."""
        found: dict[int, int | None] = {}
        for value in (self.late if self.only.data == "late" else self.excerpts).data or []:
            excerpt, _, group = str(value).partition("-")
            number, place = identifier(excerpt), identifier(group)
            if number is not None and (place is not None or not group):
                found[number] = place
        return found


class MoveForm(ChoiceForm):
    """The destination: an existing cluster, typed in words, or the title of a new one."""

    target = StringField(
        "Vers", filters=[stripped], validators=[at_most(MAX_TARGET_LENGTH, "Le regroupement")]
    )
    new_title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class MergeForm(ActForm):
    """Clusters to merge, each with the version seen: ``public-id:version``."""

    clusters = SelectMultipleField("Regroupements", validate_choice=False)
    # One more, typed in words; ``versions`` says at which version each one was seen.
    merged = StringField(
        "Fusionner avec",
        filters=[stripped],
        validators=[at_most(MAX_TARGET_LENGTH, "Le regroupement")],
    )
    versions = HiddenField()

    def seen(self) -> dict[str, int | None]:
        """Return the version seen by public identifier of ticked cluster."""
        return _versions(self.clusters.data or [])

    def version_of(self, public_id: str) -> int | None:
        """Return the version at which the page showed a cluster."""
        return _versions((self.versions.data or "").split()).get(public_id)


class SplitForm(ChoiceForm, ActForm):
    """The excerpts that leave a cluster, and the title of the new one."""

    new_title = StringField(
        "Titre du nouveau regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class EnterForm(MoveForm):
    """What the page of a cluster holds when Enter is pressed: a move, a merge or a title."""

    merged = StringField(filters=[stripped])
    proposed_split = HiddenField()  # the new title that the page proposed: nobody typed it

    def moves(self) -> bool:
        """Whether a person typed where the ticked contributions go."""
        typed = self.new_title.data or ""
        return bool(self.target.data or (typed and typed != self.proposed_split.data))


class AttachForm(ChoiceForm):
    """Suggested excerpts to attach to their cluster."""


class PageForm(MoveForm):
    """Another page of a list whose ticked boxes stay ticked."""

    page = HiddenField()


class HeldForm(MoveForm):
    """What a page of the review holds for its next act: ticks, target, new title, reason."""


class JoinForm(BaseForm):
    """The draft item that gets a cluster as a source."""

    item = StringField("Fiche", validators=[Length(max=16)])


def _versions(values: Iterable[str]) -> dict[str, int | None]:
    pairs = (str(value).partition(":") for value in values)
    return {public_id: identifier(version) for public_id, _, version in pairs}


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
