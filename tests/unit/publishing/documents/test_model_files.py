"""What a file sent as a model may hold, and what a model may say."""

import io
import struct
import zipfile
import zlib

import pytest
from docx import Document as DocxDocument

from tests.unit.publishing.documents import builders
from webapp.exceptions import DocumentModelError, UnknownFormatError, UnusableModelError
from webapp.platform.zip_archive import pack, unpack
from webapp.publishing.documents import docx_template, odt, odt_template, templates
from webapp.publishing.documents.templates import TEMPLATES, check
from webapp.vocabulary import MODEL_PROBLEMS

ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
DRAWING = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def changed(model, member, old, new):
    members = dict(unpack(model))
    assert old in members[member]
    members[member] = members[member].replace(old, new, 1)
    return pack(members.items())


def with_member(model, name, data):
    return pack((*unpack(model), (name, data)))


def odt_saying(xml):
    return changed(
        odt_template.default_template(), "content.xml", b"</office:text>", xml + b"</office:text>"
    )


def docx_saying(text):
    document = DocxDocument(io.BytesIO(docx_template.default_template()))
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_body(*parts):
    xml = "<w:p>" + "".join(parts) + "</w:p>"
    return changed(
        docx_template.default_template(),
        "word/document.xml",
        b"<w:body>",
        f"<w:body>{xml}".encode(),
    )


def field(instruction, inner=""):
    """One of Word's fields, with another one inside."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{inner}{end}"


def png(width, height):
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def lying_bomb():
    """A member that announces ten bytes and unpacks to many."""
    data = pack((("mimetype", odt_template.MIMETYPE.encode()), ("content.xml", b"0" * 10_000_000)))
    return data.replace(struct.pack("<I", 10_000_000), struct.pack("<I", 10))


@pytest.mark.parametrize("name", TEMPLATES)
def test_our_own_model_can_be_sent_back(name):
    check(TEMPLATES[name].shipped(), name)


def test_only_two_formats_have_a_model():
    with pytest.raises(UnknownFormatError):
        check(odt_template.default_template(), "pdf")


ODT, DOCX = odt_template.default_template(), docx_template.default_template()
HOSTILE = {
    "another kind": ("kind", "odt", DOCX),
    "another kind of docx": ("kind", "docx", ODT),
    "not an archive": ("kind", "docx", b"hello"),
    "cut": ("kind", "odt", ODT[:-60]),
    "a workbook": ("kind", "docx", changed(DOCX, "[Content_Types].xml", b"wordprocessingml", b"x")),
    "not XML": ("kind", "odt", changed(ODT, "styles.xml", b"<office:", b"<")),
    "names that repeat": ("kind", "odt", with_member(ODT, "a/../styles.xml", b"<x/>")),
    "too heavy": ("large", "odt", b"x" * (8 * 1024 * 1024 + 1)),
    "an XML bomb": ("bomb", "odt", with_member(ODT, "x.xml", b" " * (17 * 1024 * 1024))),
    "a bomb that lies": ("kind", "odt", lying_bomb()),
    "macros of LibreOffice": ("macro", "odt", with_member(ODT, "Basic/x.xml", b"<x/>")),
    "macros of Word": ("macro", "docx", with_member(DOCX, "word/vbaProject.bin", b"x")),
    "an event": (
        "macro",
        "odt",
        odt_saying(b'<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:script"/>'),
    ),
    "an object": ("object", "odt", with_member(ODT, "Object 1/content.xml", b"<x/>")),
    "an object of Word": ("object", "docx", with_member(DOCX, "word/embeddings/a.bin", b"x")),
    "a frame": ("object", "odt", odt_saying(f"<draw:floating-frame {DRAWING}/>".encode())),
    "a picture elsewhere": (
        "link",
        "odt",
        odt_saying(f'<draw:image {DRAWING} {LINK} xlink:href="http://x/a.png"/>'.encode()),
    ),
    "a file of the machine": (
        "link",
        "odt",
        odt_saying(f'<draw:image {DRAWING} {LINK} xlink:href="../../etc/passwd"/>'.encode()),
    ),
    "a template elsewhere": (
        "link",
        "docx",
        changed(
            DOCX,
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="r99" Type="x/image" Target="http://x/" TargetMode="External"/>'
            b"</Relationships>",
        ),
    ),
    "a field that fetches": (
        "link",
        "docx",
        changed(
            DOCX,
            "word/document.xml",
            b"<w:instrText>",
            b"<w:instrText> INCLUDE</w:instrText><w:instrText>TEXT x</w:instrText><w:instrText>",
        ),
    ),
    "a field in small letters": ("link", "docx", docx_body(field(" includepicture x "))),
    "a field behind another": ("link", "docx", docx_body(field("PAGE"), field("LINK x"))),
    "a field in a field": ("link", "docx", docx_body(field("PAGE ", field("LINK x")))),
    "a field that is an attribute": (
        "link",
        "docx",
        docx_body('<w:p><w:fldSimple w:instr="includetext x"/></w:p>'),
    ),
    "a field in a part of any name": (
        "link",
        "docx",
        with_member(DOCX, "word/header9.bin", b'\xef\xbb\xbf<w:x xmlns:w="w" w:instr="LINK"/>'),
    ),
    "entities": ("entity", "odt", changed(ODT, "styles.xml", b"<office:", ENTITY + b"<office:")),
    "a picture bomb": ("picture", "odt", with_member(ODT, "Pictures/a.png", png(50_000, 50_000))),
    "a picture of no kind": ("picture", "docx", with_member(DOCX, "word/media/a.svg", b"<svg/>")),
    "a tag without end": ("tags", "docx", docx_saying("{% for x in roadmap.parts %}")),
    "a tag cut in two": (
        "tags",
        "odt",
        odt_saying(b"<text:p>{% if roadmap.draft %}</text:p>{% endif %}<text:p/>"),
    ),
}


@pytest.mark.parametrize(("problem", "name", "data"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_or_broken_is_refused_by_its_name(problem, name, data):
    with pytest.raises(UnusableModelError) as caught:
        check(data, name)
    assert caught.value.problem == problem
    assert MODEL_PROBLEMS[problem]


def test_the_fields_of_a_page_are_welcome():
    model = docx_body(field("PAGE"), field(' HYPERLINK "#a" ', field(r" pageref _Toc1 \h ")))
    check(model, "docx")


def test_a_picture_of_a_reasonable_size_is_welcome():
    model = with_member(ODT, "Pictures/logo.png", png(400, 200))
    check(model, "odt")
    assert dict(unpack(odt.render(builders.document(), model)))["Pictures/logo.png"]


SAID = {
    "{{ roadmap.titel }} {{ feuille }}": "feuille",
    "{{ roadmap.titel }}": "roadmap.titel",
    "{% if roadmap.draft %}{{ roadmap.only_in_a_draft }}{% endif %}": "roadmap.only_in_a_draft",
    "{% if not roadmap.draft %}{{ roadmap.once_out }}{% endif %}": "roadmap.once_out",
    "{% if not roadmap.parts %}{{ roadmap.empty }}{% endif %}": "roadmap.empty",
    "{{ 'a' * 10**9 }}": "'a' * 10 ** 9",
    "{{ roadmap.title.ljust(10**9) }}": "roadmap.title.ljust()",
    "{{ roadmap.title|center(1000000000) }}": "roadmap.title|center",
    "{{ roadmap.title|safe }}": "roadmap.title|safe",
    "{{ roadmap.title|join('aa')|join('aa') }}": "roadmap.title|join|join",
    "{{ roadmap.title.upper }}": "builtin_function_or_method",
    "{{ roadmap.making }}": "making",
    "{% set x = roadmap %}": "assign",
    "{% macro m() %}{{ m() }}{% endmacro %}": "macro",
    "{% include 'x' %}": "include",
    "{% for a in roadmap.contents %}{% for b in roadmap.contents %}{% endfor %}{% endfor %}": (
        "for … in roadmap.contents"
    ),
    "{% for a in roadmap.contents recursive %}{% endfor %}": "for … in roadmap.contents",
    "{% for a in [1, 2] %}{% endfor %}": "for … in list",
}


@pytest.mark.parametrize(("tag", "refused"), SAID.items(), ids=SAID)
def test_what_a_model_may_not_say_is_listed(tag, refused):
    with pytest.raises(DocumentModelError) as caught:
        check(odt_saying(paragraph(tag)), "odt")
    assert refused in caught.value.unknown


@pytest.mark.parametrize("tag", ["{{ roadmap.titel }}", "{{ roadmap.title|safe }}"])
def test_a_docx_model_is_held_to_the_same(tag):
    with pytest.raises(DocumentModelError):
        check(docx_saying(tag), "docx")


def paragraph(text):
    return f"<text:p>{text}</text:p>".replace("'", "&apos;").encode()


def test_a_formula_too_deep_is_refused_rather_than_fatal():
    deep = "{{ " + "(" * 3_000 + "roadmap.title" + ")" * 3_000 + " }}"
    with pytest.raises(UnusableModelError):
        check(odt_saying(paragraph(deep)), "odt")


def test_a_zip_is_read_once_only_for_its_own_names():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", odt_template.MIMETYPE)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("mimetype", "other")
    with pytest.raises(UnusableModelError):
        templates.check(buffer.getvalue(), "odt")


def test_every_name_that_a_screen_lists_can_be_used():
    found = templates.names()
    assert {"title", "parts", "annex"} <= set(found["roadmap"])
    said = "".join(f"{{% if roadmap.{name} %}}{{% endif %}}" for name in found["roadmap"])
    check(odt_saying(paragraph(said)), "odt")
