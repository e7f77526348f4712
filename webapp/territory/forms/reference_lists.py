"""Forms that edit and import reference lists."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import Reference, ReferenceKind
from webapp.territory.reference_edits import EntryFields
from webapp.vocabulary import REFERENCE_LISTS


class EntryForm(BaseForm):
    """Name of an entry, its code on creation, and the axis of a measure."""

    name = StringField(
        "Nom",
        filters=[stripped],
        validators=[DataRequired("Donnez un nom."), at_most(200, "Le nom")],
    )
    code = StringField("Code", filters=[stripped], validators=[at_most(24, "Le code")])
    strand = ListedField("Axe", ReferenceKind.STRAND, first={"": "Aucun axe"}, default="")

    @classmethod
    def of(cls, entry: Reference) -> "EntryForm":
        """Return the form filled in from ``entry``."""
        return cls(data={"name": entry.name, "strand": entry.strand})

    def fields(self) -> EntryFields:
        """Return the submitted values for the service."""
        return EntryFields(
            name=self.name.data or "", code=self.code.data or "", strand=self.strand.data or ""
        )


class ListFileForm(BaseForm):
    """A file of entries, and the list to use for rows that name none."""

    file = FileField(
        "Fichier CSV, XLSX ou ODS", validators=[FileRequired("Choisissez un fichier.")]
    )
    listing = SelectField(
        "Liste des lignes",
        choices=choices(
            {"": "Celle que dit la colonne «\u00a0liste\u00a0»"}
            | {name: words["title"] for name, words in REFERENCE_LISTS.items()}
        ),
        default="",
    )
