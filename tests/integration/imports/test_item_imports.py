"""The items of an existing roadmap, from a spreadsheet."""

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.unit.publishing.documents import builders as documents
from webapp.exceptions import InvalidRowsError, MissingColumnError
from webapp.imports import items as item_files
from webapp.imports.item_rows import guess_columns
from webapp.imports.items import Request, import_items, plan_items
from webapp.imports.models import ItemImport
from webapp.imports.reading import read_table
from webapp.publishing.documents import csv_excel, csv_file, ods, xlsx
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.territory import reference_edits
from webapp.territory.models import ReferenceKind
from webapp.territory.reference_edits import EntryFields

HEAD = "N°;Action;Axe;Porteur;Échéance;Territoires;Publics;Partenaires;Groupe;Constat"
ROW = "A1;Des bus le dimanche;3;Région;30/06/2025;Sarthe, 49;Tous;CAF | MSA;AAD;Aucun bus"


@pytest.fixture
def group(session):
    return builders.group(session, builders.OTHER_GROUP)


def table(*rows, head=HEAD):
    return read_table("\n".join((head, *rows)).encode(), name="feuille.csv")


def request(group, *rows, head=HEAD, **columns):
    read = table(*rows, head=head)
    return Request(table=read, columns=guess_columns(read.columns) | columns, group=group)


def stored(session):
    return session.scalars(select(RoadmapItem).order_by(RoadmapItem.id)).all()


def test_a_row_becomes_a_draft_with_everything_it_says(session, group, actor):
    report = import_items(session, request=request(group, ROW), actor=actor)
    assert (report.read, report.stored, report.known) == (1, 1, 0)
    (item,) = stored(session)
    assert (item.reference, item.status) == ("52-AAD-001", ItemStatus.DRAFT)
    assert (item.title, item.strand, item.lead) == ("Des bus le dimanche", "3", "Région")
    assert item.due_date.isoformat() == "2025-06-30"
    assert (item.territories, item.publics) == (("72", "49"), ("tous",))
    assert (item.partners, item.finding) == (("CAF", "MSA"), "Aucun bus")
    assert session.scalars(select(ItemImport.reference)).one() == "A1"


def test_the_same_file_twice_gives_nothing_new_even_when_people_have_written(session, group, actor):
    rows = (ROW, ";Une laverie;;;;;;;;", ";Une laverie;;;;;;;;")
    assert import_items(session, request=request(group, *rows), actor=actor).stored == 3
    stored(session)[1].title = "Une laverie solidaire"
    session.flush()
    again = request(group, *rows, ";Un banc;;;;;;;;")
    report = import_items(session, request=again, actor=actor)
    assert (report.stored, report.known) == (1, 3)
    assert [item.reference for item in stored(session)] == [
        *("52-AAD-001", "52-PMR-001", "52-PMR-002", "52-PMR-003")
    ]


@pytest.mark.parametrize(
    ("render", "name"),
    [
        (xlsx.render, "f.xlsx"),
        (ods.render, "f.ods"),
        (csv_excel.render, "f.csv"),
        (csv_file.render, "f.csv"),
    ],
)
def test_our_own_tables_come_back_and_know_their_own_items(session, group, actor, render, name):
    source = documents.document(
        documents.item(1, publics=("tous",), strand="", territories=("Vendée",)),
        documents.item(
            2, reference="52-PMR-001", publics=(), strand="", finding="=1+1", resources="- un"
        ),
    )
    read = read_table(render(source), name=name)
    first = Request(table=read, columns=guess_columns(read.columns), group=group)
    assert import_items(session, request=first, actor=actor).stored == 2
    item = stored(session)[0]
    assert item.due_date == source.items[0].due_date
    assert item.partners == source.items[0].partners
    second = stored(session)[1]
    assert (second.finding, second.resources) == ("=1+1", "- un")
    assert import_items(session, request=first, actor=actor).known == 2


def test_an_item_that_bears_the_reference_already_is_known(session, group, actor):
    import_items(session, request=request(group, ";Un banc;;;;;;;;"), actor=actor)
    known = request(group, "52-PMR-001;Le même banc;;;;;;;;")
    assert plan_items(session, request=known).known == 1


WRONG = {
    "A;;;;;;;;;": "missing_title",
    f"A;{'x' * 201};;;;;;;;": "long_title",
    f"A;Un banc;;{'x' * 201};;;;;;": "long_lead",
    f"A;Un banc;;;;;;;;{'x' * 5001}": "long_text",
    f"{'A' * 61};Un banc;;;;;;;;": "long_reference",
    "A;Un banc;5;;;;;;;": "strand",
    "A;Un banc;;;bientôt;;;;;": "due_date",
    "A;Un banc;;;31/02/2025;;;;;": "due_date",
    "A;Un banc;;;;Sarthe, Bretagne;;;;": "territory",
    "A;Un banc;;;;;les gens;;;": "public",
    "A;Un banc;;;;;;;ailleurs;": "working_group",
    "a 1;Un banc;;;;;;;;": "repeated_reference",
}


def test_every_wrong_line_is_named_and_nothing_comes(session, group, actor):
    asked = request(group, "A 1;Une fiche juste;;;;;;;;", *WRONG)
    with pytest.raises(InvalidRowsError) as caught:
        import_items(session, request=asked, actor=actor)
    found = {(p.line, p.problem) for p in caught.value.problems}
    assert found >= set(enumerate(WRONG.values(), start=3))
    assert stored(session) == []
    assert session.scalar(select(func.count()).select_from(ItemImport)) == 0


@pytest.mark.parametrize("axis", ["3", "Axe 3", "axe 3 – n’importe", "AXE 3 - Droits"])
def test_an_axis_is_read_as_people_write_it(session, group, actor, axis):
    import_items(session, request=request(group, f";Un banc;{axis};;;;;;;"), actor=actor)
    assert stored(session)[0].strand == "3"


def test_a_column_that_is_not_there_is_refused(session, group):
    with pytest.raises(MissingColumnError):
        plan_items(session, request=request(group, ROW, lead="Pilote"))


def test_columns_are_guessed_from_usual_heads():
    found = guess_columns(("Numero", "INTITULE", "Pilote ", "autre"))
    assert (found["reference"], found["title"], found["lead"]) == ("Numero", "INTITULE", "Pilote ")
    assert found["strand"] == ""
    assert guess_columns(("a", "b"))["title"] == "a"
    assert item_files.Report(read=0, stored=0, known=0).stored == 0


@pytest.mark.parametrize(
    "axis", ["5N", "axe 5n", "Axe 5N – Numérique", "5N : ce qui a été dit", "NUMERIQUE"]
)
def test_a_table_names_an_axis_of_the_list_in_any_way(session, group, actor, axis):
    _add(session, ReferenceKind.STRAND, "Numérique", "5N", actor)
    _add(session, ReferenceKind.TERRITORY, "Finistère", "29", actor)
    _add(session, ReferenceKind.PUBLIC, "Étudiants", "", actor)
    row = f"A1;Des bus;{axis};;;finistere, 29;étudiant;;;"
    import_items(session, request=request(group, row), actor=actor)
    (item,) = stored(session)
    assert (item.strand, item.territories, item.publics) == ("5N", ("29",), ("Étudiants",))


def test_a_table_brings_back_nothing_that_was_retired(session, group, actor):
    for kind, code in (
        (ReferenceKind.STRAND, "3"),
        (ReferenceKind.TERRITORY, "72"),
        (ReferenceKind.PUBLIC, "tous"),
    ):
        listed = reference_edits.list_entries(session, kind=kind)
        entry = next(entry for entry in listed if entry.code == code)
        reference_edits.set_retired(session, entry=entry, retired=True, actor=actor)
    with pytest.raises(InvalidRowsError) as caught:
        import_items(session, request=request(group, ROW), actor=actor)
    found = [(problem.problem, problem.value) for problem in caught.value.problems]
    assert found == [("strand", "3"), ("territory", "Sarthe"), ("public", "Tous")]
    assert stored(session) == []


def _add(session, kind, name, code, actor):
    fields = EntryFields(name=name, code=code)
    return reference_edits.add(session, kind=kind, fields=fields, actor=actor)


def test_line_ends_of_other_systems_are_kept_and_c1_letters_translated(session, group, actor):
    row = "Un bus;a\x0bb\x0cc;l\x92été"
    import_items(session, request=request(group, row, head="Action;Constat;Objectif"), actor=actor)
    (item,) = stored(session)
    assert (item.finding, item.objective) == ("a\nb\nc", "l’été")


def test_partners_in_one_long_line_are_refused_by_the_line(session, group):
    row = f"Un essai;{'CAF, CPAM, ' * 30}"
    with pytest.raises(InvalidRowsError) as caught:
        plan_items(session, request=request(group, row, head="Action;Partenaires"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.problem) == (2, "long_partner")
