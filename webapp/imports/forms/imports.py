"""Forms of the file to import and its column mapping."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from webapp.platform.forms.base import BaseForm, choices

_NONE = ""


class FileForm(BaseForm):
    """A spreadsheet file."""

    file = FileField("Fichier CSV ou XLSX", validators=[FileRequired("Choisissez un fichier.")])


class ColumnsForm(BaseForm):
    """Column mapping; only the text is required."""

    text = SelectField("Le texte")
    table = SelectField("La table")
    sheet = SelectField("La feuille")
    people = SelectField("Le nombre de personnes")
    hold = BooleanField("Tout laisser à relire")

    def offer(self, columns: Sequence[str]) -> "ColumnsForm":
        """Set the choices of columns, and return the form."""
        named = {column: column for column in columns if column}
        self.text.choices = choices(named)
        for field in (self.table, self.sheet, self.people):
            field.choices = choices({_NONE: "Aucune colonne"} | named)
        return self

    def details(self) -> dict[str, str]:
        """Return the columns mapped to the table, the sheet and the people."""
        fields = {"table": self.table, "feuille": self.sheet, "personnes": self.people}
        return {name: field.data for name, field in fields.items() if field.data}
