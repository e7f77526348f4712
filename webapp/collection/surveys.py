"""Satisfaction questionnaires: edition, answers, results."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.collection import survey_texts
from webapp.collection.models import (
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
    Workshop,
)
from webapp.exceptions import (
    EmptySheetError,
    EmptyTextError,
    NoQuestionError,
    NotFoundError,
    NotOpenError,
    SurveyOpenedError,
    TransitionError,
)
from webapp.platform import audit, csv_excel, text_cleaning
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.small_counts import Withheld, shown
from webapp.platform.tables import Head, Table, Value

SCALE = ("1", "2", "3", "4", "5")
MODEL = (
    (QuestionKind.SCALE, "J’ai pu dire ce que je voulais", ()),
    (QuestionKind.SCALE, "J’ai compris ce que deviendront nos idées", ()),
    (QuestionKind.CHOICE, "La durée était", ("trop courte", "bonne", "trop longue")),
    (QuestionKind.TEXT, "Que faudrait-il changer la prochaine fois ?", ()),
)
_COLUMNS = (
    Head("question", "Question", "string", 60),
    Head("answer", "Réponse", "string", 60),
    Head("count", "Nombre", "integer", 10),
)
_TOO_FEW = "moins de 5 réponses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Number of sheets with one answer."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Results of one question: bars for a scale or a choice, texts for a free-text question."""

    question: SurveyQuestion
    sheets: int
    bars: tuple[Bar, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether there are too few answers to publish counts (statistical disclosure)."""
        return isinstance(shown(self.sheets), Withheld)

    @property
    def mean(self) -> float | None:
        """The mean of a scale, or None."""
        if self.question.kind is not QuestionKind.SCALE or not self.sheets:
            return None
        return sum(int(bar.label) * bar.count for bar in self.bars) / self.sheets


def create_survey(
    session: Session,
    *,
    title: str,
    workshop: Workshop | None,
    model: Survey | None = None,
    actor: Actor,
) -> Survey:
    """Create a questionnaire with the questions of ``model``, or with the default ones.

    Raises
    ------
    EmptyTextError
        If it has no title.
    """
    named = " ".join(text_cleaning.clean(title).split())
    if not named:
        raise EmptyTextError
    survey = Survey(title=named, workshop=workshop, created_at=actor.now)
    source = [(q.kind, q.label, q.choices) for q in model.questions] if model else MODEL
    for position, (kind, label, choices) in enumerate(source, start=1):
        survey.questions.append(
            SurveyQuestion(position=position, kind=kind, label=label, choices=choices)
        )
    session.add(survey)
    session.flush()
    audit.record_act(session, actor, "survey.create", f"survey:{survey.public_id}")
    return survey


def get_survey(session: Session, *, public_id: str) -> Survey:
    """Return a questionnaire with its questions.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    survey = session.scalar(
        select(Survey).options(selectinload(Survey.questions)).where(Survey.public_id == public_id)
    )
    if survey is None:
        raise NotFoundError(public_id)
    return survey


def list_surveys(session: Session) -> Sequence[Survey]:
    """Return all questionnaires, newest first; views filter them by permission."""
    query = select(Survey).options(selectinload(Survey.questions)).order_by(Survey.id.desc())
    return session.scalars(query).all()


def add_question(
    session: Session,
    *,
    survey: Survey,
    kind: QuestionKind,
    label: str,
    choices: Sequence[str] = (),
    actor: Actor,
) -> SurveyQuestion:
    """Add a question to a draft questionnaire.

    Raises
    ------
    SurveyOpenedError
        If it has been opened: its sheets must stay comparable.
    EmptyTextError
        If the question is empty, or a choice has fewer than two answers.
    """
    _check_draft(survey)
    asked = " ".join(text_cleaning.clean(label).split())
    offered = tuple(dict.fromkeys(c for choice in choices if (c := text_cleaning.clean(choice))))
    if not asked or (kind is QuestionKind.CHOICE and len(offered) < 2):  # noqa: PLR2004 - one answer is no choice
        raise EmptyTextError
    question = SurveyQuestion(
        position=max((q.position for q in survey.questions), default=0) + 1,
        kind=kind,
        label=asked,
        choices=offered if kind is QuestionKind.CHOICE else (),
    )
    survey.questions.append(question)
    session.flush()
    audit.record_act(session, actor, "survey.question", f"survey:{survey.public_id}")
    return question


def remove_question(session: Session, *, survey: Survey, position: int, actor: Actor) -> None:
    """Remove a question from a draft questionnaire.

    Raises
    ------
    SurveyOpenedError
        If it has been opened.
    NotFoundError
        If it has no such question.
    """
    _check_draft(survey)
    question = next((q for q in survey.questions if q.position == position), None)
    if question is None:
        raise NotFoundError(str(position))
    session.delete(question)
    session.flush()
    session.expire(survey, ["questions"])
    audit.record_act(session, actor, "survey.unquestion", f"survey:{survey.public_id}")


def set_state(session: Session, *, survey: Survey, state: SurveyState, actor: Actor) -> None:
    """Open or close a questionnaire.

    Raises
    ------
    TransitionError
        If ``state`` cannot follow.
    NoQuestionError
        If there is nothing to ask.
    """
    if state not in survey.next_states:
        raise TransitionError("survey", survey.state, state)
    if not survey.questions:
        raise NoQuestionError
    survey.state = state
    survey.closed_at = actor.now if state is SurveyState.CLOSED else None
    session.flush()
    audit.record_act(session, actor, f"survey.{state}", f"survey:{survey.public_id}")


def answer(session: Session, *, survey: Survey, values: Mapping[int, str], sheet: str) -> None:
    """Store the answers of one sheet, by question position; blank ones are ignored.

    ``sheet`` is an idempotency key.

    Raises
    ------
    NotOpenError
        If the questionnaire is not open.
    EmptySheetError
        If no question is answered.
    TextTooLongError
        If a free text exceeds the length of a contribution.
    """
    if survey.state is not SurveyState.OPEN:
        raise NotOpenError
    ids = [question.id for question in survey.questions]
    known = session.scalars(
        select(SurveyAnswer.question_id).where(
            SurveyAnswer.sheet == sheet, SurveyAnswer.question_id.in_(ids)
        )
    ).first()
    if known is not None:
        return
    cleaned = {q.id: text_cleaning.clean(values.get(q.position, "")) for q in survey.questions}
    answers = [
        SurveyAnswer(question_id=identifier, sheet=sheet, value=text_cleaning.checked_body(value))
        for identifier, value in cleaned.items()
        if value
    ]
    if not answers:
        raise EmptySheetError
    try:
        with session.begin_nested():
            session.add_all(answers)
            session.flush()
    except IntegrityError:
        return  # on PostgreSQL a concurrent request stored the same sheet


def read_results(session: Session, *, survey: Survey) -> tuple[Result, ...]:
    """Return the results of each question."""
    ids = [question.id for question in survey.questions]
    values = survey_texts.read(session, question_ids=ids)
    return tuple(_result(question, values.get(question.id, [])) for question in survey.questions)


def export_results(session: Session, *, survey: Survey) -> bytes:
    """Return the results as CSV for French Excel."""
    rows: list[tuple[Value, ...]] = []
    for result in read_results(session, survey=survey):
        label = result.question.label
        bars = [(label, bar.label, bar.count) for bar in result.bars]
        rows += [(label, _TOO_FEW, None)] if result.is_small and bars else bars
        rows += [(label, text, 1) for text in result.words]
    return csv_excel.write(Table(survey.title, _COLUMNS, tuple(rows)))


def _result(question: SurveyQuestion, values: list[str | None]) -> Result:
    if question.kind is QuestionKind.TEXT:
        texts = tuple(value for value in values if value is not None)
        return Result(question=question, sheets=len(values), words=texts)
    counts = Counter(values)
    labels = SCALE if question.kind is QuestionKind.SCALE else question.choices
    bars = tuple(Bar(label=label, count=counts[label]) for label in labels)
    return Result(question=question, sheets=len(values), bars=bars)


def _check_draft(survey: Survey) -> None:
    if survey.state is not SurveyState.DRAFT:
        raise SurveyOpenedError


def may_run_survey(user: User, survey: Survey) -> bool:
    """Whether ``user`` may edit and read a questionnaire, by its working group or region-wide."""
    workshop = survey.workshop
    return permissions.may_in(user, Action.RUN_SURVEY, workshop.working_group if workshop else None)
