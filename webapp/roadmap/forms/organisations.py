"""Form of an organisation of the directory."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from webapp.platform.forms.base import BaseForm, at_most, choices, stripped, web_address
from webapp.roadmap.models import OrganisationKind
from webapp.roadmap.organisations import OrganisationFields
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind
from webapp.vocabulary.labels import LABELS


class OrganisationForm(BaseForm):
    """Fields of an organisation."""

    name = StringField(
        "Nom",
        filters=[stripped],
        validators=[DataRequired("Donnez le nom de l’organisme."), at_most(200, "Le nom")],
    )
    kind = SelectField(
        "Nature", choices=choices(LABELS["organisation"]), default=OrganisationKind.OTHER.value
    )
    territory = ListedField("Territoire", ReferenceKind.TERRITORY, first={"": "Non précisé"})
    contact = StringField("Contact", filters=[stripped], validators=[at_most(200, "Le contact")])
    website = StringField(
        "Site",
        filters=[stripped],
        validators=web_address(300),
    )

    def fields(self) -> OrganisationFields:
        """Return the data for the service."""
        return OrganisationFields(
            name=self.name.data or "",
            kind=OrganisationKind(self.kind.data),
            territory=self.territory.data or None,
            contact=self.contact.data or "",
            website=self.website.data or "",
        )
