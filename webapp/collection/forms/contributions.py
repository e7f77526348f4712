"""What a participant fills in on a phone."""

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from webapp.collection.contributions import Details
from webapp.collection.models import Concerned, ContributionKind
from webapp.collection.text_analysis import find_personal_data
from webapp.platform.forms.base import BaseForm, KeyedForm, choices, stripped
from webapp.platform.limits import MAX_BODY_LENGTH
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind, WorkingGroup
from webapp.wording import number

KINDS = {
    "": "Je ne sais pas",
    ContributionKind.PROPOSAL: "Une proposition",
    ContributionKind.FINDING: "Un constat, une difficulté",
    ContributionKind.QUESTION: "Une question",
    ContributionKind.INITIATIVE: "Une action qui existe déjà",
}


def not_too_long(_form: BaseForm, field: StringField) -> None:
    """Say how long the words are and how long they may be."""
    length = len(field.data or "")
    if length > MAX_BODY_LENGTH:
        raise ValidationError(
            f"Votre texte compte {number(length)} caractères, la limite est "
            f"{number(MAX_BODY_LENGTH)} : raccourcissez-le ou envoyez-le en deux fois."
        )


class ContributionForm(KeyedForm):
    """One idea, and what may be said about it."""

    body = TextAreaField(
        "Votre réponse",
        filters=[stripped],
        validators=[DataRequired("Écrivez votre idée avant de l’envoyer."), not_too_long],
    )
    kind = SelectField("C’est plutôt", choices=choices(KINDS), default="")
    territory = ListedField(
        "Cela concerne surtout",
        ReferenceKind.TERRITORY,
        first={"": "Toute la région ou je ne sais pas"},
        default="",
    )
    # What does not exist is left out by the service; only a stand asks.
    theme = SelectField("Pour quel thème", validate_choice=False, choices=[], default="")
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

    queued = BooleanField()  # kept by the browser while it had no network
    warned = HiddenField()  # the guard has pointed something out, and the person sends it as it is
    replaces = HiddenField()  # the receipt of the idea that this one takes the place of

    def at_stand(self, groups: Iterable[WorkingGroup]) -> None:
        """Ask for which territory and theme an initiative inspires its visitor."""
        self.territory.label.text = "Pour quel territoire"
        named = {group.slug: group.name for group in groups}
        self.theme.choices = choices({"": "Plusieurs ou je ne sais pas"} | named)

    def guarded(self) -> bool:
        """Whether the guard should speak before this is sent, which it does once."""
        if self.warned.data or not find_personal_data(self.body.data or ""):
            return False
        self.warned.data = "y"
        return True

    def details(self, token: str) -> Details:
        """Return what was said besides the words, and the token of the device."""
        return Details(
            token=token,
            queued=self.queued.data,
            replaces=self.replaces.data or "",
            theme=self.theme.data or "",
            kind=ContributionKind(self.kind.data) if self.kind.data else None,
            territory=self.territory.data or None,
            concerned=Concerned(self.concerned.data),
        )
