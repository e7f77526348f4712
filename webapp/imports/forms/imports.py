"""A file to import, and which of its columns says what."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from webapp.platform.forms.base import BaseForm, choices

_NONE = ""


class FileForm(BaseForm):
    """A file from a spreadsheet."""

    file = FileField("Fichier CSV ou XLSX", validators=[FileRequired("Choisissez un fichier.")])


class ColumnsForm(BaseForm):
    """Which column holds what; the text is the only one that must be there."""

    text = SelectField("Le texte")
    table = SelectField("La table")
    sheet = SelectField("La feuille")
    people = SelectField("Le nombre de personnes")
    hold = BooleanField("Tout laisser à relire")

    def offer(self, columns: Sequence[str]) -> "ColumnsForm":
        """Let the person choose among the columns of the file, and return the form."""
        named = {column: column for column in columns if column}
        self.text.choices = choices(named)
        for field in (self.table, self.sheet, self.people):
            field.choices = choices({_NONE: "Aucune colonne"} | named)
        return self

    def details(self) -> dict[str, str]:
        """Return the columns chosen for the table, the sheet and the people."""
        fields = {"table": self.table, "feuille": self.sheet, "personnes": self.people}
        return {name: field.data for name, field in fields.items() if field.data}
