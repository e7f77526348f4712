"""A phone and a table whose pages stay open while the facilitator asks the next question."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people

CODE = "D2RZP7"


@pytest.fixture
def desk(new_page):
    """The facilitator's page of a workshop with two questions, the first one being asked."""
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "droits")
    page.goto(f"/animation/ateliers/{CODE}")
    return page


def ask(desk, position):
    """Ask a question of the workshop; return its words."""
    item = desk.locator("#questions ~ ol > li").nth(position - 1)
    words = item.locator("h3").inner_text()
    if item.get_by_role("button").count():
        item.get_by_role("button").click()
        expect(desk.get_by_text("Question posée")).to_be_visible()
    return words


def label(page):
    return page.locator("label[for=body]").inner_text()


def test_what_is_being_written_keeps_its_question_and_the_next_one_is_offered(desk, phone):
    first = ask(desk, 1)
    phone.goto(f"/a/{CODE}")
    assert label(phone) == first
    phone.get_by_role("textbox").fill("Des bancs sur le chemin de l’école")
    second = ask(desk, 2)
    offered = phone.get_by_role("link", name="Répondre à")
    expect(offered).to_contain_text(second)
    expect(phone.get_by_role("textbox")).to_have_value("Des bancs sur le chemin de l’école")
    offered.click()
    expect(phone.locator("label[for=body]")).to_have_text(second)
    expect(phone.get_by_role("textbox")).to_have_value("")
    # The draft of the first question waits under its own question.
    people.painted(phone)
    phone.get_by_role("link", name="Reprendre ce brouillon").click()
    expect(phone.get_by_role("textbox")).to_have_value("Des bancs sur le chemin de l’école")
    assert label(phone) == first
    people.painted(phone)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    phone.wait_for_load_state("load")
    phone.goto(f"/a/{CODE}")
    expect(phone.locator("[data-draft]:visible")).to_have_count(0)
    ask(desk, 1)


def test_what_was_written_without_a_network_is_sent_under_its_question(desk, phone):
    ask(desk, 1)
    phone.goto(f"/a/{CODE}")
    phone.context.set_offline(True)
    phone.get_by_role("textbox").fill("Un arrêt de car devant la maison de santé")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.locator("[data-queue]").get_by_text("1 idée en attente")).to_be_visible()
    ask(desk, 2)
    sent = []
    phone.on("request", lambda request: sent.append(request.post_data or ""))
    phone.context.set_offline(False)
    expect(phone.locator("[data-queue]").get_by_text("Idée envoyée")).to_be_visible()
    [body] = [data for data in sent if "body=" in data]
    assert re.search(r"(^|&)question=1(&|$)", body)
    ask(desk, 1)


def test_the_same_words_under_two_questions_are_two_ideas(desk, phone):
    receipts = []
    for position in (1, 2):
        ask(desk, position)
        phone.goto(f"/a/{CODE}")
        phone.get_by_role("textbox").fill("Plus de cars le soir")
        phone.get_by_role("button", name="Envoyer mon idée").click()
        expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
        phone.wait_for_load_state("load")
        receipts.append(phone.url)
    assert receipts[0] != receipts[1]
    ask(desk, 1)
