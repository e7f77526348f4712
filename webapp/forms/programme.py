"""The programme of a conference, from a spreadsheet."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from webapp.forms.base import BaseForm, stripped


class ProgrammeForm(BaseForm):
    """The conference, and the file of its workshops and stands."""

    name = StringField(
        "Nom de la conférence",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un nom."),
            Length(max=200, message="Le nom dépasse 200 caractères : raccourcissez-le."),
        ],
    )
    place = StringField(
        "Lieu",
        filters=[stripped],
        validators=[Length(max=200, message="Le lieu dépasse 200 caractères : raccourcissez-le.")],
    )
    file = FileField("Fichier CSV ou XLSX", validators=[FileRequired("Choisissez un fichier.")])
