"""The lists become data: what was there keeps its code, and going back loses nothing."""

import json

import pytest
from sqlalchemy import create_engine, text

from webapp.platform import schema, sqlite
from webapp.territory.models import SHIPPED, ReferenceKind

TRIGGERS = {
    "contribution_no_delete",
    "contribution_no_rewrite",
    "roadmap_item_adopted_has_source",
}


@pytest.fixture
def engine(bare_database_url):
    """A database of the schema before the lists, in which an organisation lives somewhere."""
    engine = create_engine(bare_database_url)
    if engine.dialect.name == "sqlite":
        sqlite.prepare_engine(engine)
    schema.upgrade(engine, "0020")
    _run(
        engine,
        "INSERT INTO organisation (public_id, name, folded, kind, territory, contact, website)"
        " VALUES ('o1', 'CAF', 'caf', 'operator', '49', '', '')",
        "INSERT INTO alignment_target (id, public_id, kind, name, seeds) VALUES"
        " (7, 'm1', 'measure', 'Les cafés', '[\"café\"]'),"
        " (8, 's2', 'strand', '2', '[\"métier\"]'),"
        " (9, 'p1', 'public', 'tous', '[\"chacun\"]')",
    )
    yield engine
    engine.dispose()


def test_what_was_edited_stays_and_what_is_missing_is_made(engine):
    schema.upgrade(engine)
    rows = {(row.kind, row.code): row for row in _rows(engine)}
    for kind in ReferenceKind:
        names = {row.code: row.name for (of, _), row in rows.items() if of == kind}
        more = {"Les cafés": "Les cafés"} if kind is ReferenceKind.MEASURE else {}
        assert names == {str(code): name for code, name in SHIPPED[kind].items()} | more
        if kind is not ReferenceKind.MEASURE:  # in the order that pages had them
            ordered = sorted(
                (row.position, row.code) for (of, _), row in rows.items() if of == kind
            )
            assert [code for _, code in ordered] == list(SHIPPED[kind])
    assert rows["strand", "2"].id == 8
    assert json.loads(rows["strand", "2"].seeds) == ["métier"]
    assert "enfant" in json.loads(rows["strand", "1"].seeds)
    assert not any(row.retired for row in rows.values())
    _run(
        engine,
        "INSERT INTO reference (public_id, kind, code, name, position, retired, strand, seeds)"
        " VALUES ('new', 'measure', 'x', 'x', 1, false, '', '[]')",
    )
    assert _one(engine, "SELECT id FROM reference WHERE public_id = 'new'") > 9


def test_any_code_has_its_place_and_the_rules_stay(engine):
    schema.upgrade(engine)
    _run(engine, "UPDATE organisation SET territory = '2A' WHERE public_id = 'o1'")
    assert _triggers(engine) >= TRIGGERS


def test_going_back_refuses_a_code_that_would_be_lost(engine):
    schema.upgrade(engine)
    _run(engine, "UPDATE organisation SET territory = '2A' WHERE public_id = 'o1'")
    with pytest.raises(RuntimeError, match=r"organisation\.territory: 1"):
        schema.downgrade(engine, "0020")
    assert _one(engine, "SELECT territory FROM organisation") == "2A"
    schema.upgrade(engine)
    schema.check_schema(engine)


def test_going_back_keeps_the_words_and_forgets_the_territories(engine):
    schema.upgrade(engine)
    _run(
        engine,
        "UPDATE reference SET name = 'Travailler', retired = true WHERE public_id = 's2'",
        "INSERT INTO reference (public_id, kind, code, name, position, retired, strand, seeds)"
        " VALUES ('t1', 'territory', '2A', 'Corse-du-Sud', 9, false, '', '[]')",
    )
    schema.downgrade(engine, "0020")
    assert _one(engine, "SELECT name FROM alignment_target WHERE public_id = 's2'") == "2"
    assert _one(engine, "SELECT count(*) FROM alignment_target WHERE kind = 'territory'") == 0
    assert _triggers(engine) >= TRIGGERS
    with pytest.raises(Exception, match="ck_organisation_territory"):
        _run(engine, "UPDATE organisation SET territory = '2A'")
    schema.upgrade(engine)
    names = {row.code: row.name for row in _rows(engine) if row.kind == "strand"}
    assert names == {str(code): name for code, name in SHIPPED[ReferenceKind.STRAND].items()}


def _run(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _rows(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM reference")).all()


def _one(engine, query):
    with engine.connect() as connection:
        return connection.scalar(text(query))


def _triggers(engine):
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        return set(connection.scalars(text(query)))
