"""Opposed excerpts belonged to one group; they now belong to a working group."""

import pytest
from sqlalchemy import text

from tests import builders
from webapp.platform import schema
from webapp.platform.extensions import db, transaction
from webapp.review.models import ExcerptTension

NOW = (
    "SELECT working_group_id, first_id, second_id, first_words, second_words, about"
    " FROM excerpt_tension ORDER BY id"
)
BEFORE = (
    "SELECT cluster_id, first_id, second_id, first_words, second_words, about FROM cluster_tension"
)


@pytest.fixture
def excerpts(app):
    """Two groups of two excerpts; a pair is opposed in the first one, another across the two."""
    with app.app_context(), transaction() as session:
        actor = builders.user(session)
        builders.workshop(session)
        said = [builders.published(session, idea, actor=actor) for idea in builders.IDEAS[:4]]
        ids = [one.excerpts[0].id for one in said]
        builders.cluster(session, *said[:2], title="Des bus")
        builders.cluster(session, *said[2:], title="Des interprètes")
        session.add_all(tension(session, *pair) for pair in (ids[:2], ids[1:3]))
    with app.app_context():
        yield ids


def tension(session, first, second):
    return ExcerptTension(
        working_group_id=builders.group(session).id,
        first_id=first,
        second_id=second,
        first_words=("des bus",),
        second_words=("non", "merci"),
        about=("bus",),
    )


def rows(query):
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def one(query):
    with db.engine.connect() as connection:
        return connection.scalar(text(query))


def test_going_back_keeps_the_pairs_of_one_group_and_returning_finds_them(excerpts):
    words = ('["des bus"]', '["non", "merci"]', '["bus"]')
    first, second, third, _ = excerpts
    group = one("SELECT working_group_id FROM cluster WHERE title = 'Des bus'")
    assert [row[:3] for row in rows(NOW)] == [
        (group, first, second),
        (group, second, third),
    ]
    schema.downgrade(db.engine, "0025")
    cluster = one("SELECT id FROM cluster WHERE title = 'Des bus'")
    assert rows(BEFORE) == [(cluster, first, second, *words)]
    schema.upgrade(db.engine)
    schema.check_schema(db.engine)
    assert rows(NOW) == [(group, first, second, *words)]


def test_what_a_dissolved_group_said_goes_and_a_pair_is_kept_once(excerpts):
    schema.downgrade(db.engine, "0025")
    first, second = excerpts[:2]
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO cluster_tension"
                " (cluster_id, first_id, second_id, first_words, second_words, about)"
                " SELECT id, :first, :second, '[]', '[]', '[]' FROM cluster"
                " WHERE title = 'Des interprètes'"
            ),
            {"first": first, "second": second},
        )
    schema.upgrade(db.engine)
    (kept,) = rows(NOW)
    assert kept[3] == '["des bus"]'
    schema.downgrade(db.engine, "0025")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE cluster SET status = 'dissolved'"))
    schema.upgrade(db.engine)
    assert rows(NOW) == []
