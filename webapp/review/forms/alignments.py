"""The words that name an axis, a measure or a public."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.platform.forms.base import BaseForm, at_most, stripped

_SEEDS = Length(max=2_000, message="La liste dépasse 2 000 caractères : gardez les mots sûrs.")


class SeedsForm(BaseForm):
    """One word or expression on each line."""

    seeds = TextAreaField("Mots", filters=[stripped], validators=[_SEEDS])

    def lines(self) -> list[str]:
        """Return the words as they were typed, one a line."""
        return (self.seeds.data or "").splitlines()


class MeasureForm(SeedsForm):
    """A measure to add."""

    name = StringField(
        "Mesure",
        filters=[stripped],
        validators=[
            DataRequired("Donnez le nom de la mesure."),
            at_most(200, "Le nom"),
        ],
    )
