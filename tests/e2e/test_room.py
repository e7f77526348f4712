"""A room: the remote in a hand, the wall in front of everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people

ROOM = "V5LHC4"


def test_next_question_five_minutes_and_reveal_are_three_presses_without_scrolling(new_page):
    phone = new_page(viewport={"width": 390, "height": 844})
    wall = new_page(viewport={"width": 1280, "height": 720})
    people.sign_in(phone, "rural")
    phone.goto(f"/animation/ateliers/{ROOM}#salle")
    if phone.get_by_role("button", name="Garder les idées").count():
        phone.get_by_role("button", name="Garder les idées").click()
    wall.goto(f"/mur/{ROOM}")
    question = wall.locator("h1").inner_text()
    for name in ("Question suivante", "5 minutes", "Montrer les idées"):
        button = phone.get_by_role("button", name=name)
        expect(button).to_be_in_viewport(ratio=1)
        button.click()
    expect(wall.locator("h1")).not_to_have_text(question)
    expect(wall.locator("[data-timer]")).to_have_text(re.compile(r"^[54]\smin"))
    expect(wall.get_by_text("Les premières idées arrivent")).to_be_visible()
    expect(phone.get_by_role("button", name="Garder les idées")).to_be_in_viewport(ratio=1)
    phone.get_by_role("button", name="Arrêter le minuteur").click()
    phone.get_by_role("button", name="Question précédente").click()
    expect(wall.locator("h1")).to_have_text(question)


@pytest.mark.parametrize(("width", "height", "code"), [(1920, 1080, 400), (1280, 720, 266)])
def test_each_page_of_the_wall_fits_on_the_screen(new_page, width, height, code):
    wall = new_page(viewport={"width": width, "height": height})
    for room in ("H7KQ4M", "D2RZP7"):
        wall.goto(f"/mur/{room}?page=1")
        pages = int(wall.get_by_text(re.compile(r"^1 sur \d+$")).inner_text().split()[-1])
        assert pages > 3
        for page in range(1, pages + 1):
            wall.goto(f"/mur/{room}?page={page}")
            expect(wall.get_by_role("link", name="Suivante")).to_be_in_viewport(ratio=1)
            expect(wall.locator(".sm-wall__join")).to_be_in_viewport(ratio=1)
            ideas = wall.locator("[data-poll]").first.bounding_box()
            join = wall.locator(".sm-wall__join").bounding_box()
            assert ideas["y"] + ideas["height"] <= join["y"] + 1
    drawn = wall.locator(".sm-qr path").last.bounding_box()  # the modules, without their margin
    assert drawn["width"] >= code
