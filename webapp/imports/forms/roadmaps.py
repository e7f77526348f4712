"""Forms of the import of a roadmap (JSON) or of items (spreadsheet)."""

from collections.abc import Mapping, Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from webapp.imports.forms.layouts import LayoutForm
from webapp.platform.forms.base import BaseForm, choices
from webapp.territory.models import WorkingGroup

_NONE = {"": "Aucune colonne"}


class VersionFileForm(BaseForm):
    """The JSON of a published version."""

    file = FileField("Export JSON", validators=[FileRequired("Choisissez un fichier.")])


class ItemsFileForm(BaseForm):
    """A spreadsheet of items."""

    file = FileField(
        "Fichier XLSX, ODS ou CSV", validators=[FileRequired("Choisissez un fichier.")]
    )


class ItemColumnsForm(LayoutForm):
    """Column mapping; only the title is required."""

    default_group = SelectField("Groupe de travail des lignes qui n’en nomment pas")
    title = SelectField("Intitulé")
    reference = SelectField("Référence")
    group = SelectField("Groupe de travail")
    strand = SelectField("Axe du Pacte")
    measure = SelectField("Mesure du Pacte")
    finding = SelectField("Constat")
    objective = SelectField("Objectif")
    description = SelectField("Description de l’action")
    lead = SelectField("Pilote")
    partners = SelectField("Partenaires")
    publics = SelectField("Publics")
    territories = SelectField("Territoires")
    due_date = SelectField("Échéance")
    resources = SelectField("Moyens")
    priority = SelectField("Priorité")

    def offer(self, columns: Sequence[str], groups: Sequence[WorkingGroup]) -> "ItemColumnsForm":
        """Set the choices of columns and groups, and return the form."""
        named = {column: column for column in columns if column}
        self.default_group.choices = choices({group.slug: group.name for group in groups})
        for field in self.column_fields():
            field.choices = choices(named if field is self.title else _NONE | named)
        return self

    def column_fields(self) -> tuple[SelectField, ...]:
        """Return the fields of the column mapping, in the order of an item."""
        selects = (field for field in self if isinstance(field, SelectField))
        layout = "layout_"
        return tuple(
            f for f in selects if f is not self.default_group and not f.name.startswith(layout)
        )

    def guess(self, guessed: Mapping[str, str]) -> None:
        """Fill in the columns guessed for each field."""
        for field in self.column_fields():
            field.data = guessed.get(field.name, "")

    def columns(self) -> dict[str, str]:
        """Return the column mapped to each field."""
        return {field.name: field.data or "" for field in self.column_fields()}
