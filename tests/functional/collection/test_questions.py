"""The question answered is the question shown, whatever is asked meanwhile."""

import re

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import DESK, act, move, queue, speak, table_address
from webapp.collection import prompts, workshops
from webapp.collection.models import Contribution, WorkshopState
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction

FIRST, SECOND = "Que faut-il changer ?", "Par quoi commencer ?"
SHEET = f"{DESK}/saisie"


def ask_next(app):
    """Ask the second question of the workshop, which had one."""
    with app.app_context(), transaction() as session:
        workshop = workshops.get_workshop(session, code="ABCDEF")
        actor = Actor(id=None, now=builders.NOW)
        if len(workshop.prompts) == 1:
            prompts.add_prompt(session, workshop=workshop, question=SECOND, actor=actor)
        prompts.ask(session, workshop=workshop, position=2, actor=actor)


def filed(app):
    """Return the question under which each text is stored."""
    with app.app_context():
        texts = db.session.query(Contribution).order_by(Contribution.id)
        return {said.body: said.prompt.question for said in texts}


def chosen(page):
    """Return the question selected on the page that keys paper in."""
    selected = [attrs for tag, attrs in page.tags if tag == "option" and "selected" in attrs]
    return selected[0]["value"]


def shown(page):
    """Whether each question is a text of the page."""
    text = page.text.replace("\xa0", " ")
    return [question for question in (FIRST, SECOND) if question in text]


def test_a_phone_answers_the_question_that_it_showed(app, staff, phone):
    page = read(phone.get("/a/ABCDEF"))
    ask_next(app)
    late = {"question": page.value("question")}
    assert speak(phone, "Un bus", **late).status_code == 303
    assert speak(phone, "Une laverie", question=read(phone.get("/a/ABCDEF")).value("question"))
    assert filed(app) == {"Un bus": FIRST, "Une laverie": SECOND}


def test_a_text_sent_later_by_the_browser_keeps_its_question(app, staff, phone):
    asked = read(phone.get("/a/ABCDEF")).value("question")
    ask_next(app)
    assert queue(phone, body="Un bus", key="k", question=asked, queued="y").status_code == 201
    assert queue(phone, body="Un banc", key="l").status_code == 201  # a page without the field
    assert queue(phone, body="Un abri", key="m", question="9" * 30).status_code == 201
    assert filed(app) == {"Un bus": FIRST, "Un banc": SECOND, "Un abri": SECOND}


def test_a_form_given_back_still_shows_its_question(app, staff, phone):
    asked = read(phone.get("/a/ABCDEF")).value("question")
    ask_next(app)
    back = read(speak(phone, "Mme Durand attend", warned="", question=asked))
    assert (back.value("question"), shown(back)[0]) == (asked, FIRST)
    assert "Une autre question est posée" in back.text
    label = re.search(r'for="body">([^<]+)<', speak(phone, "", question=asked).text)[1]
    assert label.replace("\xa0", " ") == FIRST


def test_an_idea_that_is_replaced_keeps_its_question(app, staff, phone):
    receipt = speak(phone, "Un bus").location.rsplit("/", 1)[1]
    ask_next(app)
    page = read(phone.get(f"/a/ABCDEF?remplace={receipt}"))
    fields = {name: page.value(name) for name in ("question", "replaces")}
    assert speak(phone, "Deux bus", **fields).status_code == 303
    assert filed(app)["Deux bus"] == FIRST


def test_a_table_answers_the_question_that_it_showed(app, staff, phone):
    table = table_address(staff)
    line = read(phone.get(table))
    kept = read(phone.get(f"{table}?vierge=1"))  # what the service worker keeps
    ask_next(app)
    post(phone, table, body="Un bus", key="k", question=line.value("question"))
    post(phone, table, body="Un banc", key="l", question=kept.value("question"))
    post(phone, table, body="Un abri", key="m", question=read(phone.get(table)).value("question"))
    assert filed(app) == {"Un bus": FIRST, "Un banc": FIRST, "Un abri": SECOND}
    undo = re.findall(rf'action="({table}/notes/[\w-]+/reprendre)"', phone.get(table).text)[-1]
    again = read(phone.get(post(phone, undo, table).location))
    assert (again.value("body"), again.value("question")) == ("Un bus", "1")


def test_a_sheet_of_paper_is_keyed_under_the_question_printed_on_it(app, staff):
    assert "Question imprimée" not in read(staff.get(SHEET)).text  # one question: nothing to choose
    ask_next(app)
    assert chosen(read(staff.get(SHEET))) == "2"
    post(staff, SHEET, body="Un bus", key="k", question="1", sheet="1")
    page = read(staff.get(SHEET))
    assert "Question imprimée" in page.text
    assert chosen(page) == "1"  # sheets are keyed in piles
    printed = read(staff.get(f"{DESK}/feuilles?question=1"))
    assert f"1. {FIRST}" in printed.text.replace("\xa0", " ")
    [line] = re.findall(r"/seconde-lecture/([\w-]+)", staff.get(f"{DESK}/seconde-lecture").text)[:1]
    url = f"{DESK}/seconde-lecture/{line}"
    assert chosen(read(staff.get(url))) == "1"
    post(staff, url, url, body="Un bus", key="c", question="2", sheet="1")
    with app.app_context():
        last = db.session.query(Contribution).order_by(Contribution.id.desc()).first()
        assert (last.body, last.prompt.question) == ("Un bus", SECOND)


def test_an_open_page_is_told_of_the_next_question_and_of_a_pause(app, staff, phone):
    page = phone.get("/a/ABCDEF").text
    news = re.search(r'data-poll="([^"]+)"', page)[1].replace("&amp;", "&")
    quiet = phone.get(news)
    assert read(quiet).text.strip() == ""
    same = phone.get(news, headers={"If-None-Match": quiet.headers["ETag"]})
    assert same.status_code == 304
    ask_next(app)
    told = phone.get(news, headers={"If-None-Match": quiet.headers["ETag"]})
    assert shown(read(told)) == [SECOND]
    act(staff, "minuteur", minutes="5")
    assert "data-timer" in phone.get(news).text
    move(app, WorkshopState.PAUSED)
    assert "en pause" in read(phone.get(news)).text
    closed = read(phone.get("/a/ABCDEF")).text
    assert closed.count("en pause") == 1
    waiting = re.search(r'data-poll="([^"]+)"', phone.get("/a/ABCDEF").text)[1]
    move(app, WorkshopState.OPEN)
    assert "est ouvert" in read(phone.get(waiting.replace("&amp;", "&"))).text
