"""Files as people have them: every encoding and delimiter, and what must be refused."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from webapp.exceptions import EncodingError, MissingColumnError, UnreadableFileError
from webapp.services.imports.reading import read_table

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


def test_a_formula_is_never_run_nor_kept():
    table = read_table(workbook(["texte"], ["=1+1"], ["Un bus"]), name="x.xlsx")
    assert [row.get("texte") for row in table.rows] == ["Un bus"]


@pytest.mark.parametrize("data", [b"not a zip at all", archive(photo="x"), archive()])
def test_what_is_not_a_workbook_is_refused(data):
    with pytest.raises(UnreadableFileError):
        read_table(data, name="x.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(**{"[Content_Types].xml": "x", "xl__workbook.xml": "0" * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFileError):
        read_table(bomb, name="x.xlsx")
