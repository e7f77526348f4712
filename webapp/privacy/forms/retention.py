"""Form of the retention periods."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from webapp.platform.forms.base import BaseForm
from webapp.platform.models import DELAYS
from webapp.platform.retention_settings import Delays


def _delay(label: str, name: str, description: str) -> IntegerField:
    least, most = DELAYS[name]
    message = f"Écrivez un nombre entre {least} et {most}."
    return IntegerField(
        label,
        description=description,
        validators=[InputRequired(message), NumberRange(least, most, message=message)],
    )


class DelaysForm(BaseForm):
    """One retention period for each kind of data, in its own unit."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    words_days = _delay(
        "Mots d’origine, en jours",
        "words_days",
        "Ceux des contributions masquées, écartées ou retirées. Deux fois plus quand personne n’a "
        "revu le masquage.",
    )
    answers_days = _delay(
        "Réponses libres aux avis, en jours",
        "answers_days",
        "Celles des questionnaires fermés, depuis leur création. Les notes et les choix restent.",
    )
    accounts_months = _delay(
        "Comptes de l’équipe sans activité, en mois",
        "accounts_months",
        "Ils sont désactivés, pas détruits : leurs actes gardent leur auteur. Le dernier compte "
        "d’administration reste.",
    )
    marks_hours = _delay(
        "Marques d’appareils, en heures",
        "marks_hours",
        "Après la dernière idée d’un atelier fermé. Un atelier archivé les perd aussitôt.",
    )
    imports_hours = _delay(
        "Fichiers envoyés et pas encore importés, en heures",
        "imports_hours",
        "Importé ou remplacé, un fichier est détruit tout de suite.",
    )
    exports_hours = _delay(
        "Documents produits, en heures", "exports_hours", "On peut les redemander."
    )

    def values(self) -> Delays:
        """Return the validated periods."""
        return Delays(**{name: self[name].data or 0 for name in DELAYS})

    @classmethod
    def of(cls, delays: Delays) -> "DelaysForm":
        """Return the form filled with the current periods."""
        return cls(version=delays.version, **{name: getattr(delays, name) for name in DELAYS})
