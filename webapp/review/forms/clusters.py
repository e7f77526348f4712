"""Forms of the actions on a cluster."""

from typing import Self

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.review.analysis import Granularity
from webapp.review.clusters import MAX_SUMMARY_LENGTH
from webapp.review.models import MAX_TITLE_LENGTH, Cluster
from webapp.vocabulary.labels import LABELS


class ReasonField(StringField):
    """A reason, from the first field of the page where one is written."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the first value that is not blank."""
        self.data = next((value for value in valuelist if value.strip()), "")


class ActForm(BaseForm):
    """An action on a cluster: the version seen and an optional reason."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    reason = ReasonField(
        "Raison", filters=[stripped], validators=[at_most(MAX_REASON_LENGTH, "La raison")]
    )


class UndoForm(BaseForm):
    """An undo, and the page to return to."""

    back = HiddenField(validators=[Length(max=16)])
    query = HiddenField(validators=[Length(max=500)])


class RenameForm(ActForm):
    """A new title."""

    title = StringField(
        "Titre du regroupement",
        filters=[stripped],
        validators=[Length(max=MAX_TITLE_LENGTH, message="Le titre dépasse 200 caractères.")],
    )
    # The button of a proposed title, beside the field where another may be written.
    proposed = StringField(filters=[stripped], validators=[Length(max=MAX_TITLE_LENGTH)])

    def validate_title(self, field: StringField) -> None:
        """Require a title; browsers do not, since the other acts of the page go without."""
        if not (field.data or self.proposed.data):
            raise ValidationError("Donnez un titre au regroupement.")

    def chosen(self) -> str:
        """Return the title whose button was pressed, or the one that was written."""
        return self.proposed.data or self.title.data or ""

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """Return the form of a cluster; a title that the machine proposes is left to choose."""
        title = cluster.title if cluster.title_by_human else ""
        return cls(title=title, version=cluster.version)


class AcceptForm(ActForm):
    """An acceptance, with the title typed beside it."""

    title = StringField(
        "Titre du regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )


class SummaryForm(ActForm):
    """A summary."""

    summary = TextAreaField(
        "Résumé", filters=[stripped], validators=[at_most(MAX_SUMMARY_LENGTH, "Le résumé")]
    )


class KeptForm(ActForm):
    """What the page of a cluster holds beside an act: its title, its summary as shown and typed."""

    title = StringField(
        "Titre du regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )
    summary = TextAreaField(
        "Résumé", filters=[stripped], validators=[at_most(MAX_SUMMARY_LENGTH, "Le résumé")]
    )
    shown = HiddenField(filters=[stripped])

    def new_summary(self) -> str | None:
        """Return the summary if a person changed it: the worker may have since, by itself."""
        typed, shown = self.summary.data or "", self.shown.data or ""
        same = typed.splitlines() == shown.splitlines()
        return None if same or self.summary.raw_data in (None, []) else typed


class RunForm(BaseForm):
    """Requested granularity of clusters, relative to the last analysis."""

    granularity = RadioField(
        "Regroupements", choices=choices(LABELS["granularity"]), default=Granularity.AUTO
    )
