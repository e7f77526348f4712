"""Forms of the import of a conference programme."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired

from webapp.collection.conferences import slug_of
from webapp.imports.programme import ConferenceFields
from webapp.platform.forms.base import BaseForm, at_most, stripped


class ProgrammeForm(BaseForm):
    """The conference of the imported workshops."""

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

    def conference(self) -> ConferenceFields:
        """Return the data for the service."""
        name = self.name.data or ""
        return ConferenceFields(slug=slug_of(name), name=name, place=self.place.data or "")


class ProgrammeFileForm(ProgrammeForm):
    """The conference and the file of its workshops and stands."""

    file = FileField(
        "Fichier CSV, XLSX ou ODS", validators=[FileRequired("Choisissez un fichier.")]
    )
