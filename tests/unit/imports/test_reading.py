"""Files as people have them: every encoding and delimiter, and what must be refused."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from webapp.exceptions import (
    EncodingError,
    InvalidRowsError,
    MissingColumnError,
    RowProblem,
    UnreadableFileError,
)
from webapp.imports.reading import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, read_table

TEXT = "texte;table\nPlus de bus à l’hôpital;3\n\n« Deux\nlignes »;4\n"


def csv_table(text, encoding="utf-8", name="idées.csv"):
    return read_table(text.encode(encoding), name=name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_each_encoding_of_french_software_is_read(encoding):
    table = csv_table(TEXT.replace("« Deux\nlignes »", "Deux"), encoding)
    assert [row.get("texte") for row in table.rows] == ["Plus de bus à l’hôpital", "Deux"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_recognised(delimiter):
    table = csv_table(f"a{delimiter}b\n1{delimiter}2\n")
    assert table.columns == ("a", "b")
    assert table.rows[0].cells == {"a": "1", "b": "2"}


def test_a_row_knows_its_line_even_after_quoted_line_breaks():
    table = csv_table('texte,n\n"un\ndeux",1\n\ntrois,2\n')
    assert [(row.line, row.get("texte")) for row in table.rows] == [(2, "un\ndeux"), (5, "trois")]


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(MissingColumnError) as caught:
        csv_table("a,b\n1,2\n").require("a", "texte")
    assert (caught.value.column, caught.value.present) == ("texte", ("a", "b"))


@pytest.mark.parametrize("data", [b"texte\n\x81\x8d\x90", b"\x00\x01\x02\x00", b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(EncodingError):
        read_table(data, name="x.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n", b";;\n"])
def test_a_file_without_a_header_is_refused(data):
    with pytest.raises(UnreadableFileError):
        read_table(data, name="x.csv")


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_a_workbook_is_read_by_its_first_sheet():
    table = read_table(workbook(["texte", "table"], ["Un bus", 3], [None, None]), name="x.xlsx")
    assert table.columns == ("texte", "table")
    assert [(row.line, row.cells) for row in table.rows] == [(2, {"texte": "Un bus", "table": "3"})]


def test_a_workbook_is_recognised_whatever_its_name():
    assert read_table(workbook(["texte"], ["Un bus"]), name="x.csv").columns == ("texte",)


def test_a_formula_is_never_run_and_is_named_without_a_stored_value():
    table = read_table(workbook(["texte"], ["=1+1"], ["Un bus"]), name="x.xlsx")
    assert [row.get("texte") for row in table.rows] == ["Un bus"]
    with pytest.raises(InvalidRowsError) as caught:
        table.checked()
    assert caught.value.problems == (RowProblem(2, "formula", "A2"),)


# Named: an archive holds the time at which it was made, and both processes must find one test.
@pytest.mark.parametrize(
    "data",
    [b"not a zip at all", archive(photo="x"), archive()],
    ids=["text", "archive of a photograph", "empty archive"],
)
def test_what_is_not_a_workbook_is_refused(data):
    with pytest.raises(UnreadableFileError):
        read_table(data, name="x.xlsx")


def sheet(cells, strings="", head=""):
    """A workbook of one sheet, written by hand as nobody's office suite would."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
            f'<Override PartName="/xl/worksheets/s.xml" ContentType="{kind}.worksheet+xml"/>'
            "</Types>",
            "xl__workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl___rels__workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/s.xml"/>'
            "</Relationships>",
            "xl__sharedStrings.xml": f"{head}<sst {main}>{strings}</sst>",
            "xl__worksheets__s.xml": f"{head}<worksheet {main}>{cells}</worksheet>",
        }
    )


TITLE = '<row r="1"><c r="A1" t="inlineStr"><is><t>texte</t></is></c></row>'
DOCTYPE = '<!DOCTYPE s [<!ENTITY a "{a}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_workbook_written_by_hand_is_read():
    found = read_table(sheet(f"<sheetData>{TITLE}</sheetData>"), name="x.xlsx")
    assert (found.columns, found.rows) == (("texte",), ())


@pytest.mark.parametrize(
    "data",
    [
        sheet(
            f'<sheetData>{TITLE}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
        sheet(
            '<dimension ref="A1:XFD1048576"/><sheetData>'
            f'{TITLE}<row r="300000"><c r="A300000"><v>1</v></c></row></sheetData>'
        ),
        sheet("<sheetData>&b;</sheetData>", head=DOCTYPE.format(a="ha" * 1000)),
        sheet(
            f"<sheetData>{TITLE}</sheetData>",
            strings="<si><t>&a;</t></si>",
            head='<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        ),
        sheet("<sheetData><row></sheetData>"),
        sheet("<sheetData><row r='x'><c r='\u00e9'/></row></sheetData>"),
        b"texte\n" + b"a\n" * (MAX_ROWS + 1),
        b";".join([b"a"] * (MAX_COLUMNS + 1)) + b"\n",
        b"texte\n" + b";" * (MAX_CELLS + 1),
        b'texte\n"' + b"a" * 2_000_000,
    ],
    ids=[
        *("a cell far away", "a lying dimension", "laughs", "outside entity", "cut", "odd names"),
        *("rows", "columns", "cells", "one cell without end"),
    ],
)
def test_check_33_a_table_larger_than_a_memory_or_ill_made_is_refused(data):
    with pytest.raises(UnreadableFileError):
        read_table(data, name="x.xlsx" if data.startswith(b"PK") else "x.csv")


def test_the_size_that_a_sheet_announces_costs_nothing():
    wide = '<dimension ref="A1:XFD1048576"/><sheetData>' + TITLE + "</sheetData>"
    assert read_table(sheet(wide), name="x.xlsx").columns == ("texte",)


def test_the_words_of_a_file_come_in_by_the_same_door():
    table = csv_table(
        "te\u200bxte;n\nun cafe\u0301\u202e\ud800;1\n".encode("utf-8", "replace").decode()
    )
    assert table.columns == ("texte", "n")
    assert table.rows[0].get("texte") == "un café?"


def test_check_33_a_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(**{"[Content_Types].xml": "x", "xl__workbook.xml": "0" * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFileError):
        read_table(bomb, name="x.xlsx")
