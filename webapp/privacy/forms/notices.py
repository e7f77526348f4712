"""Form of the legal notices."""

from typing import Any

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import HiddenInput

from webapp.platform.forms.base import BaseForm, at_most, choices, stripped
from webapp.privacy.legal_notices import Notice
from webapp.privacy.models import MAX_NOTICE_LENGTH, NOTICE_FIELDS, Conformity
from webapp.vocabulary.labels import capitalised

LABELS = {
    "publisher": "Éditeur",
    "director": "Directeur ou directrice de la publication",
    "host": "Hébergeur",
    "controller": "Responsable du traitement",
    "dpo": "Délégué à la protection des données",
    "rights_contact": "À qui écrire pour exercer ses droits",
    "authority": "Autorité de contrôle",
    "accessibility_contact": "À qui signaler un obstacle d’accessibilité",
}
HINTS = {
    "publisher": "Nom, adresse, téléphone du service qui publie.",
    "director": "Nom et fonction.",
    "host": "Nom, adresse, téléphone.",
    "controller": "Le service qui décide du traitement, et son adresse.",
    "dpo": "Une adresse de courriel ou une adresse postale suffit.",
    "rights_contact": "Adresse de courriel et adresse postale.",
    "authority": "En France, la CNIL : 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.",
    "accessibility_contact": "Adresse de courriel ou formulaire.",
}


def _field(name: str) -> TextAreaField:
    return TextAreaField(
        LABELS[name],
        description=HINTS[name],
        filters=[stripped],
        validators=[Optional(), at_most(MAX_NOTICE_LENGTH, "Le texte")],
    )


class NoticeForm(BaseForm):
    """The fields of the legal pages, and the audited accessibility status."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    publisher = _field("publisher")
    director = _field("director")
    host = _field("host")
    controller = _field("controller")
    dpo = _field("dpo")
    rights_contact = _field("rights_contact")
    authority = _field("authority")
    accessibility_contact = _field("accessibility_contact")
    conformity = SelectField("Accessibilité déclarée", choices=choices(capitalised("conformity")))
    audited = TextAreaField(
        "Audit d’accessibilité",
        description="Qui l’a fait, quand, avec quel résultat. Sans audit, le service est non "
        "conforme.",
        filters=[stripped],
        validators=[at_most(MAX_NOTICE_LENGTH, "Le texte")],
    )

    def validate_audited(self, field: TextAreaField) -> None:
        """Refuse a conformity without an audit."""
        if self.conformity.data != Conformity.NONE and not field.data:
            raise ValidationError("Dites quel audit permet de déclarer cette conformité.")

    def values(self) -> Notice:
        """Return the data for the service."""
        values: dict[str, Any] = {n: self[n].data or "" for n in (*NOTICE_FIELDS, "audited")}
        return Notice(**values, conformity=Conformity(self.conformity.data))

    @classmethod
    def of(cls, notice: Notice) -> "NoticeForm":
        """Return the form filled with the stored values."""
        values = {name: getattr(notice, name) for name in (*NOTICE_FIELDS, "audited")}
        return cls(version=notice.version, conformity=notice.conformity.value, **values)
