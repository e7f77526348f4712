"""Form of the reaction window."""

from datetime import datetime

from wtforms import DateTimeLocalField
from wtforms.validators import InputRequired, Optional, ValidationError

from webapp.collection.forms.workshops import LOCAL, in_paris
from webapp.collection.models import Workshop
from webapp.platform.forms.base import BaseForm
from webapp.territory.regions import PARIS


class WindowForm(BaseForm):
    """Opening and end, in Europe/Paris; an empty opening means now."""

    opens_at = DateTimeLocalField("Ouverture", format=LOCAL, validators=[Optional()])
    ends_at = DateTimeLocalField("Fin", format=LOCAL, validators=[InputRequired("Donnez la fin.")])

    def validate_ends_at(self, field: DateTimeLocalField) -> None:
        """Refuse an end that is not after the start."""
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise ValidationError("La fin doit suivre l’ouverture.")

    def dates(self) -> tuple[datetime | None, datetime]:
        """Return the opening, if any, and the end."""
        start = self.opens_at.data
        return in_paris(start) if start else None, in_paris(self.ends_at.data)

    @classmethod
    def of(cls, window: Workshop | None) -> "WindowForm":
        """Return the form filled with the dates of a window, if any."""
        if window is None or window.starts_at is None or window.ends_at is None:
            return cls()
        return cls(
            opens_at=window.starts_at.astimezone(PARIS), ends_at=window.ends_at.astimezone(PARIS)
        )
