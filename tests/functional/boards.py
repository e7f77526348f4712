"""A board of two groups, and how its pages are read and filled in."""

import re

import pytest
from sqlalchemy import select

from tests import builders
from tests.functional.browsing import groups_on, read
from webapp.collection.models import Contribution
from webapp.platform.extensions import transaction
from webapp.review.ledger import read_ledger
from webapp.review.models import ExcerptTension

BOARD = f"/revue/{builders.GROUP}"


@pytest.fixture
def board(app, staff):
    """Two groups and one idea that nobody placed; the addresses of the groups by title."""
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        author = builders.find_user(session, "animation@example.org")
        said = [builders.published(session, idea, actor=author) for idea in builders.IDEAS]
        builders.cluster(session, *said[:3], title="Des bus")
        builders.cluster(session, *said[3:6], title="Des interprètes")
    urls = groups_on(staff.get(BOARD))
    return {read(staff.get(url)).text.split(" – Semailles")[0]: url for url in urls}


@pytest.fixture
def colleague(app, board, browser_of):
    return browser_of("collegue")


def oppose(app, first, second):
    """Store an opposition of two ideas, as a run would have found it."""
    with app.app_context(), transaction() as session:
        group_id = builders.group(session).id
        said = [
            session.scalars(select(Contribution).where(Contribution.body == idea)).one()
            for idea in (first, second)
        ]
        session.add(
            ExcerptTension(
                working_group_id=group_id,
                first_id=said[0].excerpts[0].id,
                second_id=said[1].excerpts[0].id,
                first_words=(),
                second_words=("non merci",),
                about=("bus",),
            )
        )


def boxes(client, url, words=""):
    """Return the values of the boxes that stand before ``words``, on the page of a group."""
    entries = re.findall(
        r'<li class="sm-pick" data-entry[^>]*>(.*?)</li>', client.get(url).text, re.DOTALL
    )
    values = [re.search(r'name="excerpts" value="([^"]+)"', entry) for entry in entries]
    return [
        value.group(1)
        for value, entry in zip(values, entries, strict=True)
        if value and words in read_words(entry)
    ]


def read_words(html):
    return re.sub(r"<[^>]+>", "", html)


def follow(client, answer):
    assert answer.status_code == 303, read(answer).text[:300]
    return read(client.get(answer.location)).text


def target(url):
    return url.rsplit("/", 1)[1]


def closes(app):
    with app.app_context(), transaction() as session:
        return read_ledger(session, group_ids=[builders.group(session).id]).closes
