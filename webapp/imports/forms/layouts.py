"""Form of the layout of a file: sheet, header line, separator, encoding."""

from typing import Self

from wtforms import HiddenField, SelectField

from webapp.imports.layouts import NO_HEADER, Layout
from webapp.imports.reading import Table
from webapp.platform.forms.base import BaseForm, choices
from webapp.vocabulary import FILE_ENCODINGS, FILE_SEPARATORS

_SHOWN = 60


class LayoutForm(BaseForm):
    """How a file is read; each choice is kept from one step to the next."""

    layout_sheet = SelectField("Feuille du classeur", validate_choice=False)
    layout_header = SelectField("Ligne des titres de colonnes", validate_choice=False)
    layout_separator = SelectField("Séparateur des colonnes", validate_choice=False)
    layout_encoding = SelectField("Encodage du texte", validate_choice=False)
    # Choices that the page showed: a header line is that of one sheet, read in one way.
    layout_read = HiddenField()

    def layout(self) -> Layout:
        """Return the choices made; the header is guessed again when another choice has changed."""
        separator, encoding = self.layout_separator.data or "", self.layout_encoding.data or ""
        header = self.layout_header.data or ""
        kept = not self.has_changed() and header.isdecimal()
        return Layout(
            sheet=self.layout_sheet.data or "",
            header=int(header[:6]) if kept else None,
            separator=separator if separator in FILE_SEPARATORS else "",
            encoding=encoding if encoding in FILE_ENCODINGS else "",
        )

    def has_changed(self) -> bool:
        """Tell whether the sheet, the separator or the encoding is not that of the page."""
        read = self.layout_read.data
        return bool(read) and read != self._read_as()

    def is_unsure(self, table: Table) -> bool:
        """Tell whether something is still to be chosen or corrected before an import."""
        return bool(table.questions or table.problems or not table.rows)

    def show(self, table: Table) -> Self:
        """Show how ``table`` was read, with the other choices, and return the form."""
        layout, none = table.layout, {str(NO_HEADER): "Aucune : le fichier commence par une donnée"}
        lines = {
            str(line.number): f"Ligne {line.number} : {' ; '.join(line.cells)}"[:_SHOWN]
            for line in table.opening
        }
        self.layout_sheet.choices = choices({name: name for name in table.sheets})
        self.layout_header.choices = choices(lines | none)
        self.layout_separator.choices = choices(FILE_SEPARATORS)
        self.layout_encoding.choices = choices(FILE_ENCODINGS)
        self.layout_sheet.data, self.layout_header.data = layout.sheet, str(layout.header)
        self.layout_separator.data, self.layout_encoding.data = layout.separator, layout.encoding
        self.layout_read.data = self._read_as()
        return self

    def layout_fields(self) -> tuple[SelectField, ...]:
        """Return the fields that leave a choice for this file."""
        text = (self.layout_separator, self.layout_encoding) if self.layout_encoding.data else ()
        sheets = (self.layout_sheet,) if len(self.layout_sheet.choices or ()) > 1 else ()
        return (*sheets, self.layout_header, *text)

    def carried(self) -> dict[str, str]:
        """Return the value of every field of the layout, for a form that only carries them."""
        named = ("sheet", "header", "separator", "encoding", "read")
        fields = (self[f"layout_{name}"] for name in named)
        return {field.name: field.data or "" for field in fields}

    def _read_as(self) -> str:
        fields = (self.layout_sheet, self.layout_separator, self.layout_encoding)
        return "/".join(field.data or "" for field in fields)
