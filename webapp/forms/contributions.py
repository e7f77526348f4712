"""What a participant fills in on a phone."""

import uuid

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.forms.base import BaseForm, choices, stripped
from webapp.models import MAX_BODY_LENGTH, TERRITORY_NAMES, Concerned, ContributionKind, Territory
from webapp.services.contributions import Details
from webapp.wording import number

KINDS = {
    "": "Je ne sais pas",
    ContributionKind.PROPOSAL: "Une proposition",
    ContributionKind.FINDING: "Un constat, une difficulté",
    ContributionKind.QUESTION: "Une question",
    ContributionKind.INITIATIVE: "Une action qui existe déjà",
}
_KEY_LENGTH = 64


def _not_too_long(_form: BaseForm, field: TextAreaField) -> None:
    length = len(field.data or "")
    if length > MAX_BODY_LENGTH:
        raise ValidationError(
            f"Votre texte compte {number(length)} caractères, la limite est "
            f"{number(MAX_BODY_LENGTH)} : raccourcissez-le ou envoyez-le en deux fois."
        )


class ContributionForm(BaseForm):
    """One idea, and what may be said about it."""

    body = TextAreaField(
        "Votre réponse",
        filters=[stripped],
        validators=[DataRequired("Écrivez votre idée avant de l’envoyer."), _not_too_long],
    )
    key = HiddenField(default=lambda: str(uuid.uuid4()), validators=[Length(max=_KEY_LENGTH)])
    kind = SelectField("C’est plutôt", choices=choices(KINDS), default="")
    territory = SelectField(
        "Cela concerne surtout",
        choices=choices({"": "Toute la région ou je ne sais pas"} | TERRITORY_NAMES),
        default="",
    )
    concerned = RadioField(
        "Vivez-vous vous-même cette situation ?",
        choices=choices(
            {
                Concerned.YES: "Oui",
                Concerned.NO: "Non",
                Concerned.UNKNOWN: "Je préfère ne pas le dire",
            }
        ),
        default=Concerned.UNKNOWN,
    )

    def details(self) -> Details:
        """Return what was said besides the words."""
        return Details(
            kind=ContributionKind(self.kind.data) if self.kind.data else None,
            territory=Territory(self.territory.data) if self.territory.data else None,
            concerned=Concerned(self.concerned.data),
        )

    def renewed(self) -> None:
        """Take a new key: the words about to be sent are not those of the first sending."""
        self.key.data = str(uuid.uuid4())
