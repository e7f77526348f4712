"""Forms of the actions on a cluster."""

from typing import Self

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.review.analysis import Granularity
from webapp.review.clusters import MAX_SUMMARY_LENGTH
from webapp.review.models import MAX_TITLE_LENGTH, Cluster

GRANULARITIES = {
    Granularity.AUTO: "comme les textes le disent",
    Granularity.FINER: "plus fins que la dernière fois",
    Granularity.BROADER: "plus larges que la dernière fois",
}


class ActForm(BaseForm):
    """An action on a cluster: the version seen and an optional reason."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    reason = StringField(
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
        validators=[
            DataRequired("Donnez un titre au regroupement."),
            Length(max=MAX_TITLE_LENGTH, message="Le titre dépasse 200 caractères."),
        ],
    )

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """Return the form of a cluster; a title that the machine proposes is left to choose."""
        title = cluster.title if cluster.title_by_human else ""
        return cls(title=title, version=cluster.version)


class AcceptForm(ActForm):
    """An acceptance, with the title typed beside it and the page to return to."""

    title = StringField(
        "Titre du regroupement",
        filters=[stripped],
        validators=[at_most(MAX_TITLE_LENGTH, "Le titre")],
    )
    back = HiddenField(validators=[Length(max=16)])


class SummaryForm(ActForm):
    """A summary."""

    summary = TextAreaField(
        "Résumé", filters=[stripped], validators=[at_most(MAX_SUMMARY_LENGTH, "Le résumé")]
    )


class RunForm(BaseForm):
    """Requested granularity of clusters, relative to the last analysis."""

    granularity = RadioField(
        "Regroupements", choices=choices(GRANULARITIES), default=Granularity.AUTO
    )
