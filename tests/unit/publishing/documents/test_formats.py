import dataclasses
import io
import zipfile

import pytest

from tests.unit.publishing.documents import builders
from webapp.exceptions import UnknownFormatError
from webapp.publishing.documents import json_file
from webapp.publishing.documents.formats import FORMATS, named, render

RICH = builders.document()


def test_the_names_are_those_of_the_command():
    assert list(FORMATS) == [
        "odt", "docx", "pdf", "xlsx", "ods", "csv", "csv-excel", "json", "html",
    ]  # fmt: skip


def test_an_unknown_format_is_named():
    with pytest.raises(UnknownFormatError) as caught:
        named("exe")
    assert caught.value.name == "exe"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_document_gives_the_same_bytes(name):
    again = json_file.loads(json_file.dumps(RICH))
    assert render(RICH, name) == render(again, name)


@pytest.mark.parametrize("name", FORMATS)
def test_another_document_gives_other_bytes(name):
    other = builders.document(builders.item(1, title="Autre"))
    assert render(RICH, name) != render(other, name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_draft_renders(name):
    assert render(builders.empty(), name)


@pytest.mark.parametrize("name", FORMATS)
def test_the_document_is_not_changed(name):
    before = dataclasses.replace(RICH)
    render(RICH, name)
    assert before == RICH


@pytest.mark.parametrize("name", ["odt", "docx", "xlsx", "ods"])
def test_no_clock_enters_an_archive(name):
    with zipfile.ZipFile(io.BytesIO(render(RICH, name))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert archive.testzip() is None
