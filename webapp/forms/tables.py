"""What a rapporteur or a facilitator keys in: one line per sticky note."""

from dataclasses import replace

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from webapp.forms.base import BaseForm, KeyedForm, choices, stripped
from webapp.forms.contributions import not_too_long
from webapp.models import MAX_LABEL_LENGTH, Channel, Concerned, Contribution
from webapp.services.contributions import Details
from webapp.services.imports.contributions import MAX_PEOPLE
from webapp.services.tables import MAX_TABLES


class NoteForm(KeyedForm):
    """One sticky note; what surrounds it is kept from one note to the next."""

    body = StringField(
        "Ce qui est écrit",
        filters=[stripped],
        validators=[DataRequired("Recopiez la note avant d’enregistrer."), not_too_long],
    )
    table_label = StringField(
        "Table",
        filters=[stripped],
        validators=[Length(max=MAX_LABEL_LENGTH, message="La table dépasse 20 caractères.")],
    )
    sheet = StringField(
        "Feuille",
        filters=[stripped],
        validators=[Length(max=MAX_LABEL_LENGTH, message="La feuille dépasse 20 caractères.")],
    )
    people = IntegerField(
        "Personnes",
        default=1,
        validators=[
            Optional(),
            NumberRange(1, MAX_PEOPLE, message=f"Écrivez un nombre entre 1 et {MAX_PEOPLE}."),
        ],
    )
    concerned = SelectField(
        "Vécu par qui le dit",
        choices=choices(
            {Concerned.UNKNOWN: "Non précisé", Concerned.YES: "Oui", Concerned.NO: "Non"}
        ),
        default=Concerned.UNKNOWN,
    )

    def details(self, channel: Channel, table_label: str | None = None) -> Details:
        """Return what accompanies the words; a rapporteur's link already says the table."""
        details = Details(
            channel=channel,
            table_label=self.table_label.data or "",
            sheet=self.sheet.data or "",
            people=self.people.data or 1,
            concerned=Concerned(self.concerned.data),
        )
        return details if table_label is None else replace(details, table_label=table_label)

    @classmethod
    def after(cls, last: Contribution | None, body: str = "") -> "NoteForm":
        """Return an empty line with what surrounded the last note, and maybe words to correct."""
        if last is None:
            return cls(body=body)
        return cls(
            body=body,
            table_label=last.table_label,
            sheet=last.sheet,
            people=last.people,
            concerned=last.concerned,
        )


class TablesForm(BaseForm):
    """How many tables the room has."""

    count = IntegerField(
        "Nombre de tables",
        default=8,
        validators=[
            InputRequired("Écrivez le nombre de tables."),
            NumberRange(1, MAX_TABLES, message=f"Écrivez un nombre entre 1 et {MAX_TABLES}."),
        ],
    )
