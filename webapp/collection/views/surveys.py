"""Pages of the questionnaires: edition and results for facilitators, answers for anyone."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from webapp import wording
from webapp.accounts import permissions, users
from webapp.collection import survey_texts, surveys, workshops
from webapp.collection.forms.surveys import (
    QuestionForm,
    SurveyForm,
    SurveyStateForm,
    sheet_form,
    values_of,
)
from webapp.collection.models import QuestionKind, Survey, SurveyState
from webapp.collection.views.submissions import deliver
from webapp.exceptions import NotFoundError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("surveys", __name__)
_DESK = "/animation/avis"


@bp.get(_DESK)
@requires(Action.RUN_SURVEY)
def home() -> str:
    """List the questionnaires of the user's workshops, with the creation form."""
    return _home(_offered(SurveyForm()))


@bp.post(_DESK)
@requires(Action.RUN_SURVEY)
def create() -> BaseResponse | Page:
    """Create a questionnaire."""
    form = _offered(SurveyForm())
    if not form.validate():
        return _home(form), 422
    code, model_id = form.workshop.data, form.model.data
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code) if code else None
        model = surveys.get_survey(session, public_id=model_id) if model_id else None
        survey = surveys.create_survey(
            session, title=form.title.data or "", workshop=workshop, model=model, actor=actor()
        ).public_id
    flash("Questionnaire créé : relisez ses questions, puis ouvrez-le.", "success")
    return _back(survey)


@bp.get(f"{_DESK}/<survey>")
@requires(Action.RUN_SURVEY)
def show(survey: str) -> str:
    """Show a questionnaire, its questions and its results."""
    return _page(_own(survey), QuestionForm())


@bp.post(f"{_DESK}/<survey>/questions")
@requires(Action.RUN_SURVEY)
def add_question(survey: str) -> BaseResponse | Page:
    """Add a question to a draft."""
    found, form = _own(survey), QuestionForm()
    if not form.validate():
        return _page(found, form), 422
    with transaction() as session:
        surveys.add_question(
            session,
            survey=surveys.get_survey(session, public_id=survey),
            kind=QuestionKind(form.kind.data),
            label=form.label.data or "",
            choices=(form.answers.data or "").splitlines(),
            actor=actor(),
        )
    return _back(survey)


@bp.post(f"{_DESK}/<survey>/questions/<int:position>/retirer")
@requires(Action.RUN_SURVEY)
def remove_question(survey: str, position: int) -> BaseResponse:
    """Remove a question from a draft."""
    _own(survey)
    with transaction() as session:
        found = surveys.get_survey(session, public_id=survey)
        surveys.remove_question(session, survey=found, position=position, actor=actor())
    return _back(survey)


@bp.post(f"{_DESK}/<survey>/etat")
@requires(Action.RUN_SURVEY)
def set_state(survey: str) -> BaseResponse:
    """Open or close a questionnaire."""
    _own(survey)
    form = SurveyStateForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        found = surveys.get_survey(session, public_id=survey)
        surveys.set_state(session, survey=found, state=SurveyState(form.state.data), actor=actor())
    flash("C’est noté.", "success")
    return _back(survey)


@bp.post(f"{_DESK}/<survey>/textes")
@requires(Action.RUN_SURVEY)
def send_texts(survey: str) -> BaseResponse:
    """Convert the free-text answers into contributions."""
    _own(survey)
    with transaction() as session:
        found = surveys.get_survey(session, public_id=survey)
        count = survey_texts.send(session, survey=found, actor=actor())
    flash(f"Textes à relire : {wording.number(count)} de plus.", "success")
    return _back(survey)


@bp.get(f"{_DESK}/<survey>/resultats.csv")
@requires(Action.RUN_SURVEY)
def export(survey: str) -> Response:
    """Return the results as CSV."""
    found = _own(survey)
    disposition = {"Content-Disposition": f'attachment; filename="avis-{found.public_id}.csv"'}
    content = surveys.export_results(db.session(), survey=found)
    return Response(content, mimetype="text/csv", headers=disposition)


@bp.get("/avis/<survey>")
@requires(Action.SPEAK)
@in_readers_language
def ask(survey: str) -> str:
    """Show the answer form."""
    found = _shown(survey)
    return render_template(
        "collection/surveys/ask.html", survey=found, form=sheet_form(found), problem=None
    )


@bp.post("/avis/<survey>")
@requires(Action.SPEAK)
@in_readers_language
def answer(survey: str) -> BaseResponse | Page:
    """Store the answers."""
    found = _shown(survey)
    form = sheet_form(found)
    return deliver(
        form,
        receive=lambda: _receive(survey, values_of(form, found), form.key.data or ""),
        rerender=lambda status, problem: (
            render_template(
                "collection/surveys/ask.html",
                survey=surveys.get_survey(db.session(), public_id=survey),
                form=form,
                problem=problem,
            ),
            status,
        ),
    )


csrf.exempt(answer)  # the form checks its own token, so that an expired page keeps the text


@bp.get("/avis/<survey>/merci")
@requires(Action.SPEAK)
@in_readers_language
def thank(survey: str) -> str:
    """Confirm that the answers were stored."""
    return render_template("collection/surveys/thanks.html", survey=_shown(survey))


def _shown(public_id: str) -> Survey:
    """Return a questionnaire that is not a draft, or raise ``NotFoundError``."""
    survey = surveys.get_survey(db.session(), public_id=public_id)
    if survey.state is SurveyState.DRAFT:
        raise NotFoundError(public_id)
    return survey


def _receive(survey: str, values: dict[int, str], sheet: str) -> dict[str, str]:
    with transaction() as session:
        found = surveys.get_survey(session, public_id=survey)
        surveys.answer(session, survey=found, values=values, sheet=sheet)
    return {"url": url_for("surveys.thank", survey=survey), "created": "yes"}


def _own(public_id: str) -> Survey:
    """Return a questionnaire that the user may run, or raise ``NotFoundError``."""
    survey = surveys.get_survey(db.session(), public_id=public_id)
    if not surveys.may_run_survey(current_user.user, survey):
        raise NotFoundError(public_id)
    return survey


def _mine() -> list[Survey]:
    user = current_user.user
    found = surveys.list_surveys(db.session())
    return [survey for survey in found if surveys.may_run_survey(user, survey)]


def _offered(form: SurveyForm) -> SurveyForm:
    session, user = db.session(), current_user.user
    ids = [group.id for group in users.groups_of(session, user=user)]
    found = workshops.list_workshops(session, group_ids=ids)
    return form.offer(found, _mine(), whole=permissions.may_in(user, Action.RUN_SURVEY, None))


def _home(form: SurveyForm) -> str:
    return render_template("collection/surveys/home.html", form=form, surveys=_mine())


def _page(survey: Survey, form: QuestionForm) -> str:
    results = surveys.read_results(db.session(), survey=survey)
    return render_template(
        "collection/surveys/show.html", survey=survey, form=form, results=results
    )


def _back(survey: str) -> BaseResponse:
    return redirect(url_for("surveys.show", survey=survey), 303)
