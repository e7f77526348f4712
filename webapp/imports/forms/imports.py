"""Forms of the file to import and its column mapping."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired

from webapp.imports.forms.layouts import LayoutForm
from webapp.platform.forms.base import BaseForm, choices

_NONE = ""


class FileForm(BaseForm):
    """A spreadsheet file."""

    file = FileField(
        "Fichier CSV, XLSX ou ODS", validators=[FileRequired("Choisissez un fichier.")]
    )


class ColumnsForm(LayoutForm):
    """Column mapping; only the text is required."""

    text = SelectField("Le texte", validators=[DataRequired("Choisissez la colonne du texte.")])
    more = SelectField("La suite du texte", validate_choice=False)
    table = SelectField("La table")
    sheet = SelectField("La feuille")
    people = SelectField("Le nombre de personnes")
    hold = BooleanField("Tout laisser à relire")
    skip_blank = BooleanField("Ignorer les réponses vides")

    def offer(self, columns: Sequence[str]) -> "ColumnsForm":
        """Set the choices of columns, and return the form."""
        named = {column: column for column in columns if column}
        self.text.choices = choices({_NONE: "Choisissez une colonne"} | named)
        for field in (self.more, self.table, self.sheet, self.people):
            field.choices = choices({_NONE: "Aucune colonne"} | named)
        return self

    def guess(self, columns: Sequence[str], text: str) -> None:
        """Fill in the usual columns, and the column of the text unless it is unsure."""
        usual = {column.casefold(): column for column in reversed(columns)}
        self.text.data, self.more.data = text, _NONE
        self.table.data, self.sheet.data = usual.get("table", _NONE), usual.get("feuille", _NONE)
        self.people.data = usual.get("personnes", _NONE)

    def texts(self) -> tuple[str, ...]:
        """Return the columns of the text, in order."""
        return tuple(dict.fromkeys(f.data for f in (self.text, self.more) if f.data))

    def details(self) -> dict[str, str]:
        """Return the columns mapped to the table, the sheet and the people."""
        fields = {"table": self.table, "feuille": self.sheet, "personnes": self.people}
        return {name: field.data for name, field in fields.items() if field.data}
