"""A key that could be worked out opens nothing: only a key that a page drew gives a receipt."""

import hashlib
import uuid

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import JSON, queue
from webapp.collection import survey_texts, surveys
from webapp.collection.models import Contribution, SurveyAnswer, SurveyState, WorkshopState
from webapp.imports.contributions import Request, import_contributions
from webapp.imports.reading import read_table
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction

pytestmark = pytest.mark.both_databases("unique keys")

SAID = "Un bus le dimanche pour aller à l’hôpital"
OF_A_ROW = hashlib.sha256(f"ABCDEF\0{SAID}\x001".encode()).hexdigest()[:40]


@pytest.fixture
def imported(app):
    """A workshop that has closed, with one row of a file in it."""
    with app.app_context(), transaction() as session:
        workshop = builders.workshop(session)
        table = read_table(f"texte\n{SAID}\n".encode(), name="a.csv")
        request = Request(table=table, code="ABCDEF")
        import_contributions(session, request=request, now=builders.NOW)
        workshop.state = WorkshopState.CLOSED


def bare(client, **fields):
    """Send a key exactly as it is, which no page of ours does."""
    token = client.get("/jeton").json["token"]
    return client.post("/a/ABCDEF", data={"csrf_token": token, **fields}, headers=JSON)


def bodies(app):
    with app.app_context():
        return list(db.session.scalars(db.select(Contribution.body)))


def test_the_key_of_an_imported_row_gives_its_receipt_to_nobody(app, imported, client):
    with app.app_context():
        stored = db.session.scalars(db.select(Contribution)).one()
        assert stored.idempotency_key == f"import-{OF_A_ROW}"  # what anyone can compute
        receipt = stored.receipt
    answer = bare(client, body=SAID, key=f"import-{OF_A_ROW}")
    assert answer.status_code == 422
    assert "receipt" not in answer.json
    assert receipt not in answer.text.replace("-", "")
    assert read(client.get("/mes-idees")).links.count(f"/suivi/{receipt}") == 0


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "k",
        "survey-answer-1",
        "restored-ABCDEF-00001",
        "k" * 65,
        f"{uuid.UUID(int=1)}\n",
        "é" * 36,
    ],
)
def test_a_key_that_no_page_draws_is_refused(app, client, sent):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
    answer = bare(client, body=SAID, key=sent)
    assert answer.status_code == 422
    assert "Rouvrez cette page" in answer.json["text"]
    assert bodies(app) == []


def test_nobody_takes_the_key_of_an_answer_before_its_text_is_sent_on(app, client):
    with app.app_context(), transaction() as session:
        workshop = builders.workshop(session)
        actor = Actor(id=builders.user(session).id, now=builders.NOW)
        survey = surveys.create_survey(session, title="Avis", workshop=workshop, actor=actor)
        surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=actor)
        asked = next(q.id for q in survey.questions if q.kind == "text")
        surveys.answer(session, survey=survey, values={asked: "Plus de pauses"}, sheet="s1")
        address, row = survey.public_id, session.scalars(db.select(SurveyAnswer.id)).one()
    assert bare(client, body="Sabotage", key=f"survey-answer-{row}").status_code == 422
    with app.app_context(), transaction() as session:
        survey = surveys.get_survey(session, public_id=address)
        assert survey_texts.send(session, survey=survey, actor=actor) == 1
        survey_texts.send(session, survey=survey, actor=actor)
    assert bodies(app) == ["Plus de pauses"]


def test_a_key_known_in_another_room_answers_with_no_receipt(app, client):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.workshop(session, code="FGHJKL")
    drawn = str(uuid.uuid4())
    assert queue(client, body=SAID, key=drawn).status_code == 201
    sent = post(client, "/a/FGHJKL", body=SAID, key=drawn)
    assert sent.status_code == 409
    assert read(sent).value("key") != drawn
    assert bodies(app) == [SAID]
