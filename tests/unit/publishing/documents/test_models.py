"""Models of ODT and DOCX: what an office suite gives back, and what is refused."""

import dataclasses
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as DocxDocument

from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.reading import docx_headings, odt_headings
from webapp.exceptions import DocumentModelError, UnreadableFileError
from webapp.platform.zip_archive import pack, unpack
from webapp.publishing.documents import docx, docx_template, narrative_types, odt, odt_template
from webapp.publishing.documents.odt_tags import bare

RICH = builders.document()


def odt_with(old, new):
    members = (
        (name, data.replace(old, new)) for name, data in unpack(odt_template.default_template())
    )
    return pack(members)


def docx_saying(text):
    document = DocxDocument()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_our_models_can_be_given_back():
    assert odt.render(RICH, odt_template.default_template()) == odt.render(RICH)
    assert docx.render(RICH, docx_template.default_template()) == docx.render(RICH)
    assert len(odt_headings(odt.render(RICH))) == len(docx_headings(docx.render(RICH)))


def test_a_changed_model_is_followed():
    data = odt.render(RICH, odt_with(b"Sommaire", b"Plan"))
    assert b"Plan</text:p>" in dict(unpack(data))["content.xml"]


def test_unknown_names_of_an_odt_model_are_listed():
    model = odt_with(b"{{ roadmap.title }}", b"{{ roadmap.titel }} {{ feuille }}")
    with pytest.raises(DocumentModelError) as caught:
        odt.render(RICH, model)
    assert caught.value.unknown == ("feuille", "roadmap.titel")


def test_unknown_names_of_a_docx_model_are_listed():
    model = docx_saying("{{ roadmap.titel.x }} {% if roadmap.draft %}{{ feuille }}{% endif %}")
    with pytest.raises(DocumentModelError) as caught:
        docx.render(RICH, model)
    assert caught.value.unknown[:2] == ("feuille", "roadmap.titel")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ roadmap.__class__ }}",
        "{{ roadmap.title.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ roadmap.title.format.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% for x in range(10**9) %}{% endfor %}",
    ],
)
def test_a_model_reads_the_roadmap_and_nothing_else(tag):
    with pytest.raises(DocumentModelError):
        docx.render(RICH, docx_saying(tag))
    with pytest.raises(DocumentModelError):
        odt.render(RICH, odt_with(b"{{ roadmap.title }}", tag.encode()))


@pytest.mark.parametrize("tag", ["{{ roadmap. }}", "{% for x in roadmap.parts %}", "{% endif %}"])
def test_a_malformed_tag_is_refused(tag):
    with pytest.raises(UnreadableFileError):
        docx.render(RICH, docx_saying(tag))
    with pytest.raises(UnreadableFileError):
        odt.render(RICH, odt_with(b"{{ roadmap.title }}", tag.encode()))


def test_a_tag_that_cuts_an_element_is_refused():
    cut = b"{% if roadmap.draft %}</text:p>{% endif %}<text:p>"
    with pytest.raises(UnreadableFileError):
        odt.render(RICH, odt_with(b"{{ roadmap.period }}", cut))


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", odt_template.default_template()[:-50]])
@pytest.mark.parametrize("render", [odt.render, docx.render])
def test_another_file_is_refused(render, data):
    with pytest.raises(UnreadableFileError):
        render(RICH, data or b"x")


def test_the_other_kind_of_model_is_refused():
    with pytest.raises(UnreadableFileError):
        odt.render(RICH, docx_template.default_template())
    with pytest.raises(UnreadableFileError):
        docx.render(RICH, odt_template.default_template())


def test_a_bomb_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"0" * (65 * 1024 * 1024))
    for render in (odt.render, docx.render):
        with pytest.raises(UnreadableFileError, match="large"):
            render(RICH, buffer.getvalue())


def test_programs_do_not_pass_through_a_model():
    model = pack((*unpack(odt_template.default_template()), ("Basic/Standard/x.xml", b"<x/>")))
    names = [name for name, _ in unpack(odt.render(RICH, model))]
    assert not [name for name in names if name.startswith("Basic")]


def test_the_documentation_lists_what_a_model_may_name():
    text = (Path(__file__).parents[4] / "docs/documents.md").read_text()
    kinds = [kind for kind in vars(narrative_types).values() if isinstance(kind, type)]
    named = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    assert [name for name in sorted(named) if f"`{name}`" not in text] == []


def test_a_tag_cut_by_an_office_suite_is_whole_again():
    cut = '<text:p>{<text:span text:style-name="T1">{ road</text:span>map.title<text:s/>}}</text:p>'
    assert bare(cut) == "<text:p>{{ roadmap.title }}</text:p>"
    quoted = "<text:p>{{ &quot;a&quot; }}</text:p>"
    assert bare(quoted) == '<text:p>{{ "a" }}</text:p>'
