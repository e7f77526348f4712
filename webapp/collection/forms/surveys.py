"""Forms that edit a questionnaire, and the form of its answers."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from webapp.collection.forms.contributions import not_too_long
from webapp.collection.models import QuestionKind, Survey, SurveyQuestion, SurveyState, Workshop
from webapp.collection.surveys import SCALE
from webapp.platform.forms.base import BaseForm, KeyedForm, at_most, choices, stripped
from webapp.platform.languages import lazy as _
from webapp.vocabulary.labels import capitalised

_ENDS = {SCALE[0]: _("1 – pas du tout"), SCALE[-1]: _("5 – tout à fait")}


class SurveyForm(BaseForm):
    """Title and workshop of a questionnaire, and the one whose questions are copied."""

    title = StringField(
        "Titre",
        filters=[stripped],
        validators=[
            DataRequired("Donnez un titre."),
            at_most(200, "Le titre"),
        ],
    )
    workshop = SelectField("À propos de")
    model = SelectField("Questions")

    def offer(
        self, workshops: Iterable[Workshop], surveys: Iterable[Survey], *, whole: bool
    ) -> "SurveyForm":
        """Set the choices of workshops and questionnaires; return the form."""
        everything = {"": "Toute la conférence"} if whole else {}
        self.workshop.choices = choices(everything | {w.code: w.title for w in workshops})
        models = {s.public_id: f"Celles de « {s.title} »" for s in surveys}
        self.model.choices = choices({"": "Les quatre questions habituelles"} | models)
        return self


class QuestionForm(BaseForm):
    """A question to add."""

    label = StringField(
        "Question",
        filters=[stripped],
        validators=[
            DataRequired("Écrivez la question."),
            at_most(300, "La question"),
        ],
    )
    kind = SelectField("Réponse", choices=choices(capitalised("question_kind")))
    answers = TextAreaField("Réponses possibles", filters=[stripped], validators=[Optional()])


class SurveyStateForm(BaseForm):
    """The requested state of a questionnaire."""

    state = SelectField("État", choices=choices({state: state for state in SurveyState}))


def sheet_form(survey: Survey) -> KeyedForm:
    """Return the answer form of a questionnaire: one optional field per question."""
    fields = {f"q{question.position}": _field(question) for question in survey.questions}
    kind: type[KeyedForm] = type("SheetForm", (KeyedForm,), fields)
    return kind()


def values_of(form: KeyedForm, survey: Survey) -> dict[int, str]:
    """Return the submitted answers by question position."""
    return {q.position: form[f"q{q.position}"].data or "" for q in survey.questions}


def _field(question: SurveyQuestion) -> Any:  # noqa: ANN401 - WTForms' unbound fields have no type
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(question.label, filters=[stripped], validators=[not_too_long])
    labels = SCALE if question.kind is QuestionKind.SCALE else question.choices
    words = {label: label for label in labels}
    if question.kind is QuestionKind.SCALE:
        words |= _ENDS
    return RadioField(question.label, choices=choices(words), validators=[Optional()])
