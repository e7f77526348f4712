"""The acts of the review."""

from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from webapp.forms.base import BaseForm, stripped
from webapp.models import MAX_TITLE_LENGTH


class ActForm(BaseForm):
    """An act on a group as the person saw it."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


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


class AttachForm(ActForm):
    """A late excerpt that joins the group."""

    excerpt = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class RunForm(BaseForm):
    """How many groups; left empty, the texts decide."""

    groups = IntegerField(
        "Nombre de regroupements",
        validators=[
            Optional(),
            NumberRange(min=1, max=100, message="Choisissez un nombre entre 1 et 100."),
        ],
    )
