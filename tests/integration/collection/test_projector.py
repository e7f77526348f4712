"""The wall of a room: one question, pages that fit on the screen, words that mean something."""

from datetime import timedelta

import pytest

from tests import builders
from webapp.collection import projector, prompts
from webapp.platform.audit import Actor

LATER = builders.NOW + timedelta(hours=1)


@pytest.fixture
def revealed(workshop):
    workshop.wall_revealed = True
    return workshop


def publish(session, *bodies, **details):
    actor = Actor(id=None, now=builders.NOW)
    return [builders.published(session, body, actor=actor, **details) for body in bodies]


def shown(pages):
    return [[note.words for note in page.notes] for page in pages]


def test_nothing_is_shown_before_it_is_revealed(session, workshop):
    publish(session, "Un bus le dimanche")
    assert projector.read_pages(session, workshop=workshop) == ()
    counts = projector.count_ideas(session, workshop=workshop)
    assert (counts.received, counts.published) == (1, 1)


def test_short_ideas_share_a_page_and_a_long_one_is_alone_in_smaller_type(session, revealed):
    long = "Les bus ne passent plus le soir. " * 15
    publish(session, "Un bus", long, "Un banc", "Une laverie")
    pages = projector.read_pages(session, workshop=revealed)
    assert shown(pages) == [["Une laverie", "Un banc", "Un bus"], [long.strip()]]
    assert pages[0].size > pages[1].size


def test_an_idea_longer_than_a_page_goes_on_the_next_ones_in_order(session, revealed):
    words = [f"mot{number}" for number in range(1_000)]
    publish(session, "Un bus", " ".join(words))
    pages = projector.read_pages(session, workshop=revealed)
    parts = [page.notes[0].words for page in pages if page.notes[0].words != "Un bus"]
    assert len(parts) > 2
    assert [word.strip("…") for part in parts for word in part.split()] == words
    assert all(len(page.notes) == 1 for page in pages)


def test_the_ideas_are_those_of_the_question_that_is_asked(session, revealed):
    actor = Actor(id=None, now=builders.NOW)
    publish(session, "Un bus")
    prompts.add_prompt(session, workshop=revealed, question="Et la santé ?", actor=actor)
    prompts.ask(session, workshop=revealed, position=2, actor=actor)
    publish(session, "Un médecin")
    assert shown(projector.read_pages(session, workshop=revealed)) == [["Un médecin"]]
    assert projector.count_ideas(session, workshop=revealed).received == 1
    prompts.ask(session, workshop=revealed, position=1, actor=actor)
    assert shown(projector.read_pages(session, workshop=revealed)) == [["Un bus"]]


def test_the_words_are_neither_numbers_nor_those_of_any_consultation(session, revealed):
    publish(
        session,
        "Deux bus et un train le dimanche, à côté de la gare, dit mon voisin",
        "Deux trains et un bus le dimanche, à côté de la gare, dit mon voisin",
    )
    words, *_ = projector.read_pages(session, workshop=revealed)
    shared = ["bus", "dimanche", "gare", "train", "voisin"]
    assert [word.word for word in words.words] == shared
    assert all(word.count == 2 for word in words.words)


def test_pages_turn_with_the_clock_after_what_has_just_been_published(session, revealed):
    publish(session, *(f"{'Le bus du soir ' * 8}{number}" for number in range(6)))
    pages = projector.read_pages(session, workshop=revealed)
    assert len(pages) > 2
    ideas = next(at for at, page in enumerate(pages) if page.notes)
    assert projector.page_number(pages, asked=None, now=builders.NOW) == ideas
    turn = timedelta(seconds=projector.PAGE_SECONDS)
    turns = [
        projector.page_number(pages, asked=None, now=LATER + turn * at) for at in range(len(pages))
    ]
    assert sorted(turns) == list(range(len(pages)))
    assert projector.page_number(pages, asked=2, now=builders.NOW) == 1
    assert projector.page_number(pages, asked=len(pages) + 1, now=LATER) == 0
    assert projector.page_number((), asked=None, now=LATER) == 0


def test_one_idea_is_shown_alone(session, revealed):
    first, _ = publish(session, "Un bus", "Un banc")
    chosen = projector.read_pages(session, workshop=revealed, only=first.public_id)
    assert shown(chosen) == [["Un bus"]]
    unknown = projector.read_pages(session, workshop=revealed, only="x")
    assert shown(unknown) == [["Un banc", "Un bus"]]
