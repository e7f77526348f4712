"""Reference lists from files: line by line, all of it or nothing, twice the same."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from webapp.exceptions import InvalidRowsError, MissingColumnError
from webapp.imports.reading import read_table
from webapp.imports.reference_rows import Effect, import_lists, plan_lists
from webapp.platform.models import AuditEntry
from webapp.territory import reference_edits, references
from webapp.territory.models import SHIPPED, Reference, ReferenceKind

STRAND, TERRITORY = ReferenceKind.STRAND, ReferenceKind.TERRITORY
PUBLIC, MEASURE = ReferenceKind.PUBLIC, ReferenceKind.MEASURE
MIXED = (
    "Liste;Code;Nom;Ordre;Retirée;Axe\n"
    "axe;5;Numérique;1;;\n"
    "Axes;3;Ouvrir les droits;;;\n"
    "territoire;2a;Corse-du-Sud;;;\n"
    "territoire;72;Sarthe;;oui;\n"
    "public;;étudiants;;;\n"
    "public;;TOUS;1;non;\n"
    "mesure;;Les cafés;;;Axe 4\n"
)


def table(text):
    return read_table(text.encode(), name="listes.csv")


def bring(session, actor, text, default=None):
    return import_lists(session, table=table(text), default=default, actor=actor)


def effects(plan):
    return [line.effect for line in plan.lines]


def wrong(session, text, default=None):
    with pytest.raises(InvalidRowsError) as caught:
        plan_lists(session, table=table(text), default=default)
    return [(problem.line, problem.problem) for problem in caught.value.problems]


def test_a_file_adds_renames_retires_and_orders(session, actor):
    plan = bring(session, actor, MIXED)
    assert effects(plan) == [
        Effect.ADDED,
        Effect.RENAMED,
        Effect.ADDED,
        Effect.RETIRED,
        Effect.ADDED,
        Effect.MOVED,
        Effect.ADDED,
    ]
    found = references.read(session)
    assert list(found.names(STRAND)) == ["5", "1", "2", "3", "4"]
    assert found.strand("3") == "Axe 3 – Ouvrir les droits"
    assert found.names(TERRITORY)["2A"] == "Corse-du-Sud"
    assert found.retired(TERRITORY) == {"72"}
    assert next(iter(found.names(PUBLIC))) == "tous"
    assert list(found.names(PUBLIC).values())[-1] == "étudiants"
    assert found.entries[MEASURE]["Les cafés"].strand == "4"
    actions = list(session.scalars(select(AuditEntry.action)))
    assert actions.count("reference.add") == 4
    assert {"reference.rename", "reference.retire", "reference.import"} <= set(actions)


def test_the_same_file_twice_changes_nothing(session, actor):
    bring(session, actor, MIXED)
    before = references.read(session)
    assert set(effects(bring(session, actor, MIXED))) == {Effect.KNOWN}
    assert references.read(session) == before
    count = select(func.count()).select_from(Reference).where(Reference.kind == PUBLIC)
    assert session.scalar(count) == len(SHIPPED[PUBLIC]) + 1


def test_a_preview_stores_nothing(session):
    before = references.read(session)
    assert len(plan_lists(session, table=table(MIXED), default=None).lines) == 7
    assert references.read(session) == before


def test_names_may_change_places(session, actor):
    bring(session, actor, "code;nom\n53;Sarthe\n72;Mayenne\n", TERRITORY)
    names = references.read(session).names(TERRITORY)
    assert (names["53"], names["72"]) == ("Sarthe", "Mayenne")


def test_one_list_needs_no_column_for_it_and_a_workbook_is_read(session, actor):
    book = openpyxl.Workbook()
    for row in (("Intitulé", "Rang"), ("étudiants", 2), ("tous", 1)):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    read = read_table(content.getvalue(), name="publics.xlsx")
    import_lists(session, table=read, default=PUBLIC, actor=actor)
    assert list(references.read(session).names(PUBLIC))[:2] == ["tous", "étudiants"]


def test_an_entry_known_by_a_renamed_code_is_the_same(session, actor):
    entry = next(e for e in reference_edits.list_entries(session, kind=PUBLIC) if e.code == "tous")
    fields = reference_edits.EntryFields(name="tout le monde")
    reference_edits.rename(session, entry=entry, fields=fields, actor=actor)
    for name in ("tous", "Tout le monde"):
        assert effects(bring(session, actor, f"nom\n{name}\n", PUBLIC)) == [Effect.KNOWN]
    assert entry.name == "tout le monde"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("liste;nom\nlutins;Grincheux\n", "list"),
        ("liste;nom\n;Grincheux\n", "list"),
        ("liste;nom;code\naxe;;5\n", "missing_name"),
        ("liste;nom;code\naxe;\u202e\u200b;5\n", "missing_name"),
        (f"liste;nom\npublic;{'é' * 201}\n", "long_name"),
        (f"liste;nom;code\nterritoire;{'é' * 121};29\n", "long_name"),
        ("liste;nom;code\naxe;Numérique;\n", "missing_code"),
        ("liste;nom;code\naxe;Numérique;=1+1\n", "entry_code"),
        ("liste;nom;ordre\npublic;tous;premier\n", "order"),
        ("liste;nom;ordre\npublic;tous;-1\n", "order"),
        ("liste;nom;retirée\npublic;tous;peut-être\n", "retired"),
        ("liste;nom;code;retirée\nterritoire;Pays de la Loire;52;oui\n", "region_stays"),
        ("liste;nom;axe\nmesure;Une;9\n", "strand"),
        ("liste;nom;code\nterritoire;Mayenne;29\n", "taken_name"),
        ("liste;nom;code\naxe;4;5\n", "taken_name"),
    ],
)
def test_a_line_that_cannot_be_is_said_and_nothing_is_stored(session, actor, text, problem):
    before = references.read(session)
    assert (2, problem) in wrong(session, text)
    row = text.splitlines()[1].replace("lutins", "public")
    first = "public;" + "étudiants;" * (row.count(";") > 0)
    with pytest.raises(InvalidRowsError):  # a line that is right does not pass alone
        bring(session, actor, f"{text}{first}\n")
    assert references.read(session) == before


def test_an_entry_comes_once_in_a_file(session):
    found = wrong(session, "nom\nétudiants\nÉtudiants\nTous\n", PUBLIC)
    assert found == [(3, "repeated_entry")]


def test_ten_thousand_lines_are_refused_at_once(session):
    lines = "\n".join(f"public {number}" for number in range(10_000))
    found = wrong(session, f"nom\n{lines}\n", PUBLIC)
    assert {problem for _, problem in found} == {"too_many_entries"}
    assert len(found) == 10_000 - (500 - len(SHIPPED[PUBLIC]))


def test_a_file_without_names_or_lists_says_which_column_is_missing(session):
    for text, default in (("liste;code\naxe;5\n", None), ("nom\nUn\n", None)):
        with pytest.raises(MissingColumnError):
            plan_lists(session, table=table(text), default=default)


def test_a_formula_stays_words(session, actor):
    bring(session, actor, "nom\n=HYPERLINK(1)\u202e\n", PUBLIC)
    assert "=HYPERLINK(1)" in references.read(session).names(PUBLIC).values()
