"""Forms to compare two versions and to withdraw one."""

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, ValidationError

from webapp.collection.models import MAX_REASON_LENGTH
from webapp.collection.text_analysis import find_personal_data
from webapp.platform.forms.base import BaseForm, at_most, identifier, stripped
from webapp.publishing.models import RoadmapVersion


class ComparisonForm(BaseForm):
    """The two versions, read from the query string."""

    before = SelectField("Version de départ", name="de", validate_choice=False)
    after = SelectField("Version d’arrivée", name="a", validate_choice=False)

    def name_versions(self, versions: Iterable[RoadmapVersion]) -> None:
        """Set the choices to the versions that are not withdrawn, latest first."""
        offered = {str(v.number): f"version {v.number}" for v in versions}
        self.before.choices = self.after.choices = dict(reversed(offered.items()))

    def asked(self) -> tuple[int | None, int | None]:
        """Return the requested numbers, if any."""
        return identifier(self.before.data or ""), identifier(self.after.data or "")

    def show(self, before: int, after: int) -> None:
        """Set the shown versions."""
        self.before.data, self.after.data = str(before), str(after)


class PublicationForm(BaseForm):
    """What a person read, and the words by which they confirm that it is published."""

    seen = HiddenField()
    confirmation = StringField(
        "Pour confirmer, écrivez la version que vous publiez",
        filters=[stripped],
        validators=[at_most(MAX_REASON_LENGTH, "La confirmation")],
    )


class WithdrawalForm(BaseForm):
    """The public reason of a withdrawal."""

    reason = StringField(
        "Raison du retrait",
        filters=[stripped],
        validators=[
            DataRequired("Dites pourquoi : la raison est montrée à la place de la version."),
            at_most(MAX_REASON_LENGTH, "La raison"),
        ],
    )
    read_again = BooleanField("Je l’ai relue : elle ne permet de reconnaître personne")

    def validate_reason(self, field: StringField) -> None:
        """Scan the public reason for personal data, unless the person has confirmed."""
        found = find_personal_data(field.data or "")
        if found and not self.read_again.data:
            said = ", ".join((field.data or "")[f.start : f.end] for f in found)
            raise ValidationError(
                f"On dirait un nom, un numéro ou une adresse : « {said} ». Enlevez-le, ou cochez "
                "la case dessous si la raison ne permet de reconnaître personne."
            )
