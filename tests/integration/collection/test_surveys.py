"""Questionnaires: written while nobody has answered, answered once a sheet, counted."""

import pytest
from sqlalchemy import select

from tests import builders
from webapp.accounts.models import User
from webapp.collection import survey_texts, surveys
from webapp.collection.models import (
    Contribution,
    DecisionKind,
    QuestionKind,
    SurveyAnswer,
    SurveyState,
)
from webapp.exceptions import (
    EmptySheetError,
    EmptyTextError,
    NoQuestionError,
    NotFoundError,
    NotOpenError,
    SurveyOpenedError,
)
from webapp.platform.audit import Actor


@pytest.fixture
def actor(session):
    return Actor(id=builders.user(session).id, now=builders.NOW)


@pytest.fixture
def survey(session, actor):
    workshop = builders.workshop(session)
    return surveys.create_survey(session, title=" Votre  avis ", workshop=workshop, actor=actor)


def open_it(session, survey, actor):
    surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=actor)


def test_a_new_questionnaire_asks_the_usual_questions(survey):
    assert survey.title == "Votre avis"
    assert [q.kind for q in survey.questions] == [kind for kind, _, _ in surveys.MODEL]


def test_its_questions_are_taken_from_another(session, survey, actor):
    surveys.add_question(
        session,
        survey=survey,
        kind=QuestionKind.CHOICE,
        label="Le lieu",
        choices=["loin", "", "près", "loin"],
        actor=actor,
    )
    surveys.remove_question(session, survey=survey, position=1, actor=actor)
    copy = surveys.create_survey(session, title="Copie", workshop=None, model=survey, actor=actor)
    assert [q.label for q in copy.questions] == [q.label for q in survey.questions]
    assert [q.position for q in copy.questions] == [1, 2, 3, 4]
    assert copy.questions[-1].choices == ("loin", "près")


def test_questions_no_longer_change_once_it_is_open(session, survey, actor):
    open_it(session, survey, actor)
    with pytest.raises(SurveyOpenedError):
        surveys.add_question(
            session, survey=survey, kind=QuestionKind.TEXT, label="Et ?", actor=actor
        )
    with pytest.raises(SurveyOpenedError):
        surveys.remove_question(session, survey=survey, position=1, actor=actor)


@pytest.mark.parametrize(("kind", "choices"), [(QuestionKind.CHOICE, ["seul"]), ("text", [])])
def test_a_question_without_words_or_choices_is_refused(session, survey, actor, kind, choices):
    label = "Le lieu" if choices else " "
    with pytest.raises(EmptyTextError):
        surveys.add_question(
            session, survey=survey, kind=kind, label=label, choices=choices, actor=actor
        )


def test_an_empty_questionnaire_does_not_open(session, survey, actor):
    for position in (1, 2, 3, 4):
        surveys.remove_question(session, survey=survey, position=position, actor=actor)
    with pytest.raises(NoQuestionError):
        open_it(session, survey, actor)


def test_a_sheet_counts_once_and_blanks_count_for_nothing(session, survey, actor):
    with pytest.raises(NotOpenError):
        surveys.answer(session, survey=survey, values={1: "4"}, sheet="a")
    open_it(session, survey, actor)
    said = {1: "4", 3: "bonne", 4: " Plus de pauses "}
    surveys.answer(session, survey=survey, values=said, sheet="a")
    surveys.answer(session, survey=survey, values={1: "1", 2: "5"}, sheet="a")
    surveys.answer(session, survey=survey, values={1: "2", 4: ""}, sheet="b")
    first, second, third, fourth = surveys.read_results(session, survey=survey)
    assert (first.sheets, first.mean) == (2, 3.0)
    assert [bar.count for bar in first.bars] == [0, 1, 0, 1, 0]
    assert (second.sheets, second.mean) == (0, None)
    assert [(bar.label, bar.count) for bar in third.bars][1] == ("bonne", 1)
    assert fourth.words == ("Plus de pauses",)


def test_a_sheet_without_an_answer_is_refused(session, survey, actor):
    open_it(session, survey, actor)
    with pytest.raises(EmptySheetError):
        surveys.answer(session, survey=survey, values={1: "", 4: "  "}, sheet="a")
    assert surveys.read_results(session, survey=survey)[0].sheets == 0


def test_the_export_holds_every_answer_and_no_formula(session, survey, actor):
    open_it(session, survey, actor)
    surveys.answer(session, survey=survey, values={1: "4", 4: "=1+1"}, sheet="a")
    lines = surveys.export_results(session, survey=survey).decode("utf-8-sig").splitlines()
    assert '"J’ai pu dire ce que je voulais";"moins de 5 réponses";""' in lines
    assert lines[-1].endswith('"\'=1+1";"1"')
    for sheet in "bcde":
        surveys.answer(session, survey=survey, values={1: "4"}, sheet=sheet)
    lines = surveys.export_results(session, survey=survey).decode("utf-8-sig").splitlines()
    assert '"J’ai pu dire ce que je voulais";"4";"5"' in lines


def test_free_texts_join_the_workshop_once(session, survey, actor):
    open_it(session, survey, actor)
    surveys.answer(session, survey=survey, values={4: "Plus de pauses"}, sheet="a")
    assert survey_texts.send(session, survey=survey, actor=actor) == 1
    later = builders.NOW.replace(hour=20)
    assert survey_texts.send(session, survey=survey, actor=Actor(id=actor.id, now=later)) == 0
    whole = surveys.create_survey(session, title="La journée", workshop=None, actor=actor)
    with pytest.raises(NotFoundError):
        survey_texts.send(session, survey=whole, actor=Actor(id=actor.id, now=later))


def test_a_text_that_was_given_is_read_as_moderation_leaves_it(session, survey, actor):
    open_it(session, survey, actor)
    said = ("Mme Durand ne répond pas", "Plus de pauses", "Hors sujet")
    for sheet, words in zip("abc", said, strict=True):
        surveys.answer(session, survey=survey, values={4: words}, sheet=sheet)
    survey_texts.send(session, survey=survey, actor=actor)
    assert surveys.read_results(session, survey=survey)[3].words == said  # nobody read them yet
    assert set(session.scalars(select(SurveyAnswer.value))) == {""}
    who = session.get(User, actor.id)
    for found in session.scalars(select(Contribution).order_by(Contribution.id)).all():
        kind = {said[0]: DecisionKind.MASKED, said[1]: DecisionKind.PUBLISHED}.get(
            found.body, DecisionKind.SET_ASIDE
        )
        masked = "[nom] ne répond pas" if kind is DecisionKind.MASKED else None
        builders.decide(session, found, kind, actor=who, reason="Lu", masked_body=masked)
    fourth = surveys.read_results(session, survey=survey)[3]
    assert (fourth.sheets, fourth.words) == (3, ("[nom] ne répond pas", "Plus de pauses"))
    exported = surveys.export_results(session, survey=survey).decode("utf-8-sig")
    assert "Durand" not in exported
    assert "Hors sujet" not in exported
