"""LibreOffice itself opens what we write, and gives back models that still work."""

import shutil
import subprocess

import pytest

from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.reading import (
    docx_headings,
    docx_links,
    docx_tables,
    odt_headings,
    odt_texts,
    pdf,
)
from webapp.publishing.documents import docx, docx_template, odt, odt_template, templates
from webapp.publishing.documents.narrative import build_narrative

SOFFICE = shutil.which("soffice")
PDFTOTEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
RICH = builders.document()


def convert(path, kind, folder):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        folder / "out",
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / f"{path.stem}.{kind}"


@pytest.mark.parametrize("render", [odt.render, docx.render], ids=["odt", "docx"])
@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler) is not installed")
def test_it_opens_with_its_words(render, tmp_path):
    path = tmp_path / "roadmap.file"
    path.write_bytes(render(RICH))
    made = convert(path, "pdf", tmp_path)
    reader = [PDFTOTEXT, "-layout", made, "-"]
    text = subprocess.run(reader, check=True, capture_output=True, timeout=60).stdout.decode()
    flat = " ".join(text.split())
    assert all(
        " ".join(section.text.split()) in flat for section in build_narrative(RICH).making.sections
    )
    assert all(source.reference in flat for item in RICH.items for source in item.sources)
    assert "7 novembre 2023" in flat
    with pdf(made.read_bytes()) as file:
        assert len(file.pages) >= 5


def test_an_odt_model_saved_by_libreoffice_still_works(tmp_path):
    saved = saved_again(odt_template.default_template(), "odt", tmp_path)
    again, ours = odt.render(RICH, saved), odt.render(RICH)
    assert odt_headings(again) == odt_headings(ours)
    assert sorted(set(odt_texts(again))) == sorted(set(odt_texts(ours)))


def test_a_docx_model_saved_by_libreoffice_still_works(tmp_path):
    saved = saved_again(docx_template.default_template(), "docx", tmp_path)
    again, ours = docx.render(RICH, saved), docx.render(RICH)
    assert docx_headings(again) == docx_headings(ours)
    assert docx_tables(again) == docx_tables(ours)
    assert docx_links(again) == docx_links(ours)


def saved_again(model, kind, folder):
    path = folder / f"model.{kind}"
    path.write_bytes(model)
    saved = convert(path, kind, folder).read_bytes()
    assert saved != model
    templates.check(saved, kind)  # what an office suite adds of its own is not taken for hostile
    return saved
