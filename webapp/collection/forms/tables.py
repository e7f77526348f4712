"""Forms of sticky notes and paper lines, keyed in by rapporteurs and facilitators."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from webapp.collection.contributions import Details
from webapp.collection.forms.contributions import AnswerForm, not_too_long
from webapp.collection.models import (
    MAX_LABEL_LENGTH,
    MAX_PEOPLE,
    Channel,
    Concerned,
    Contribution,
    Prompt,
    Workshop,
)
from webapp.collection.tables import MAX_TABLES
from webapp.platform.forms.base import BaseForm, choices, identifier, stripped, translated_labels
from webapp.platform.languages import lazy as _

SHEETS_ON_A_PAGE = 2
MAX_SHEETS = 200
MAX_SHEET = 9_999
MAX_SLIPS = 120  # printed at a time
SLIPS_ON_A_PAGE = (4, 6)


class NoteForm(AnswerForm):
    """A sticky note; its metadata is prefilled from the note before."""

    body = StringField(
        _("Ce qui est écrit"),
        filters=[stripped],
        validators=[DataRequired(_("Recopiez la note avant d’enregistrer.")), not_too_long],
    )
    table_label = StringField(
        _("Table"),
        filters=[stripped],
        validators=[
            Length(
                max=MAX_LABEL_LENGTH,
                message=_("La table dépasse %(max)d caractères : raccourcissez."),
            )
        ],
    )
    sheet = StringField(
        _("Feuille"),
        filters=[stripped],
        validators=[
            Length(
                max=MAX_LABEL_LENGTH,
                message=_("La feuille dépasse %(max)d caractères : raccourcissez."),
            )
        ],
    )
    people = IntegerField(
        _("Personnes"),
        default=1,
        validators=[
            Optional(),
            NumberRange(1, MAX_PEOPLE, message=_("Écrivez un nombre entre %(min)s et %(max)s.")),
        ],
    )
    # Mark of the printed slip that the text is copied from; asked where slips were printed.
    slip = StringField(_("Numéro du bulletin"), filters=[stripped])
    concerned = SelectField(
        _("Vécu par qui le dit"),
        choices=choices(translated_labels("concerned_note")),
        default=Concerned.UNKNOWN,
    )

    def details(self, channel: Channel, table_label: str | None = None) -> Details:
        """Return the submitted metadata; a rapporteur's link sets the table."""
        details = Details(
            channel=channel,
            table_label=self.table_label.data or "",
            sheet=self.sheet.data or "",
            people=self.people.data or 1,
            concerned=Concerned(self.concerned.data),
            question=self.position,
            slip=self.slip.data or "",
        )
        return details if table_label is None else replace(details, table_label=table_label)

    @classmethod
    def after(
        cls,
        notes: Sequence[Contribution],
        taken_back: Contribution | None,
        asked: Prompt | None,
        slip: str = "",
    ) -> Self:
        """Return an empty form with the metadata of the last note, to answer ``asked``.

        With ``taken_back``, its text and its question are prefilled instead, for correction.
        ``slip`` is the mark of the slip that this note was copied from: what its author said of
        themselves does not carry over to the next one.
        """
        last = taken_back or next(iter(notes), None)
        if last is None:
            return cls().answering(asked)
        form = cls(
            body=taken_back.body if taken_back and taken_back.erased_at is None else "",
            table_label=last.table_label,
            sheet=last.sheet,
            people=last.people,
            concerned=last.concerned if taken_back or not slip else Concerned.UNKNOWN,
            slip=slip if taken_back else "",
        )
        return form.answering(taken_back.prompt if taken_back else asked)


def question_choices(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the questions of a workshop as select options, numbered as on paper."""
    return [
        (str(prompt.position), f"{prompt.position}. {prompt.question}")
        for prompt in workshop.prompts
    ]


class LineForm(NoteForm):
    """A line of a paper sheet, which may answer an earlier question: the sheet tells which.

    Paper is copied word for word, and masked when it is moderated: nothing is held by the guard.
    """

    warned = None
    question = SelectField("Question imprimée sur la feuille", validate_choice=False, choices=[])

    def offer(self, workshop: Workshop) -> Self:
        """Offer the questions of ``workshop``."""
        self.question.choices = question_choices(workshop)
        return self


class CorrectionForm(LineForm):
    """Correction of a keyed line."""

    following = HiddenField()  # anchor of the next sheet

    @classmethod
    def of(cls, line: Contribution, following: str) -> "CorrectionForm":
        """Return the form filled in from ``line``."""
        form = cls(
            body="" if line.erased_at else line.body,
            table_label=line.table_label,
            sheet=line.sheet,
            people=line.people,
            concerned=line.concerned,
            following=following,
        )
        return form.offer(line.workshop).answering(line.prompt)


class ReadingForm(BaseForm):
    """Confirmed lines of a sheet; the service checks their identifiers."""

    lines = SelectMultipleField("Lignes", validate_choice=False)
    following = HiddenField()


class TablesForm(BaseForm):
    """Number of tables in the room."""

    count = IntegerField(
        "Nombre de tables",
        default=8,
        validators=[
            InputRequired("Écrivez le nombre de tables."),
            NumberRange(1, MAX_TABLES, message=f"Écrivez un nombre entre 1 et {MAX_TABLES}."),
        ],
    )


class SheetsForm(BaseForm):
    """Range of paper forms to print, and the question printed on them."""

    question = SelectField("Question", validate_choice=False, choices=[])
    first = IntegerField("Premier numéro", default=1)
    count = IntegerField("Nombre de feuilles", default=2)

    def numbers(self) -> range:
        """Return their numbers, clamped to the limits; two by default."""
        first = min(max(self.first.data or 1, 1), MAX_SHEET)
        count = min(max(self.count.data or SHEETS_ON_A_PAGE, 1), MAX_SHEETS)
        return range(first, first + count)

    def asked(self, workshop: Workshop) -> Prompt | None:
        """Offer the questions of ``workshop``; return the chosen one, or the current one."""
        prompt = workshop.prompt_at(identifier(self.question.data or ""))
        self.question.choices = question_choices(workshop)
        self.question.data = str(prompt.position) if prompt else ""
        return prompt


def page_size(asked: int | None) -> int:
    """Return how many slips go on a page: as asked, or the most that fit."""
    return asked if asked in SLIPS_ON_A_PAGE else max(SLIPS_ON_A_PAGE)


class SlipsForm(BaseForm):
    """Slips with a stub to print: the question, how many, and how many on a page."""

    question = SelectField("Question", validate_choice=False, choices=[])
    count = IntegerField(
        "Nombre de bulletins",
        default=24,
        validators=[
            InputRequired("Écrivez le nombre de bulletins."),
            NumberRange(1, MAX_SLIPS, message=f"Écrivez un nombre entre 1 et {MAX_SLIPS}."),
        ],
    )
    per_page = SelectField(
        "Bulletins par page",
        choices=choices({str(number): str(number) for number in SLIPS_ON_A_PAGE}),
        default=str(max(SLIPS_ON_A_PAGE)),
    )

    def offer(self, workshop: Workshop) -> Self:
        """Offer the questions of ``workshop``, the current one first chosen."""
        self.question.choices = question_choices(workshop)
        if not self.question.data and workshop.current_prompt:
            self.question.data = str(workshop.current_prompt.position)
        return self

    @property
    def whole_pages(self) -> int:
        """The number of slips, rounded up to whole pages."""
        page = int(self.per_page.data)
        return -(-(self.count.data or 1) // page) * page
