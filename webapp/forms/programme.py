"""The programme of a conference, from a spreadsheet."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired

from webapp.forms.base import BaseForm, at_most, stripped


class ProgrammeForm(BaseForm):
    """The conference, and the file of its workshops and stands."""

    name = StringField(
        "Nom de la conférence",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un nom."),
            at_most(200, "Le nom"),
        ],
    )
    place = StringField(
        "Lieu",
        filters=[stripped],
        validators=[at_most(200, "Le lieu")],
    )
    file = FileField("Fichier CSV ou XLSX", validators=[FileRequired("Choisissez un fichier.")])
