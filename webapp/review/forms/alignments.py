"""Forms of the seed words of axes, measures and publics."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.platform.forms.base import BaseForm, at_most, stripped

_SEEDS = Length(max=2_000, message="La liste dépasse 2 000 caractères : gardez les mots sûrs.")


class SeedsForm(BaseForm):
    """Seed words, one word or expression per line."""

    seeds = TextAreaField("Mots", filters=[stripped], validators=[_SEEDS])

    def lines(self) -> list[str]:
        """Return the seed words, one per line."""
        return (self.seeds.data or "").splitlines()


class MeasureForm(SeedsForm):
    """A new measure."""

    name = StringField(
        "Mesure",
        filters=[stripped],
        validators=[
            DataRequired("Donnez le nom de la mesure."),
            at_most(200, "Le nom"),
        ],
    )
