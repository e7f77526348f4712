"""Forms of template uploads and of export requests."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from webapp.platform.forms.base import BaseForm, choices, identifier
from webapp.publishing.models import RoadmapVersion

_DRAFT = "projet"


class ModelForm(BaseForm):
    """An uploaded template."""

    file = FileField("Modèle modifié", validators=[FileRequired("Choisissez un fichier.")])


class ExportForm(BaseForm):
    """The version to export."""

    version = SelectField("De quoi produire les documents")

    def offer(self, versions: Sequence[RoadmapVersion]) -> "ExportForm":
        """Set the choices: published versions and the draft."""
        published = {str(v.number): f"Version {v.number}" for v in reversed(versions)}
        self.version.choices = choices(published | {_DRAFT: "Le projet, tel qu’il est"})
        return self

    def number(self) -> int | None:
        """Return the number of the version, or None for the draft."""
        return identifier(self.version.data)
