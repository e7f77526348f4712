"""The code that opens a workshop, and the buttons that run it."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from webapp.forms.base import BaseForm, choices, stripped
from webapp.models import WorkshopState


class JoinForm(BaseForm):
    """The code of the poster."""

    code = StringField(
        "Code de l’atelier",
        filters=[stripped],
        validators=[
            DataRequired("Recopiez le code à six caractères de l’affiche."),
            Length(max=40, message="Un code a six caractères : recopiez celui de l’affiche."),
        ],
    )


class StateForm(BaseForm):
    """The state that a facilitator asks for."""

    state = SelectField("État", choices=choices({state: state for state in WorkshopState}))
