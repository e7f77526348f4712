"""The nine documents, made by the real worker while a commissioner looks on."""

import hashlib
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e import people


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_documents_come_by_themselves_and_can_be_checked(new_page, tmp_path, javascript):
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    people.sign_in(page, "commissaire")
    page.goto("/pilotage/documents")
    page.get_by_label("De quoi produire").select_option("projet")
    page.get_by_role("button", name="Produire les documents").click()
    everything = page.get_by_role("link", name="Tout télécharger (ZIP)")
    expect(everything).to_be_visible(timeout=60_000)
    expect(page.get_by_text("prêt", exact=True)).to_have_count(9)
    with page.expect_download() as waiting:
        everything.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("SHA256SUMS").decode().splitlines()
        assert len(lines) == 9
        for digest, name in (line.split("  ") for line in lines):
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    if javascript:
        assert Axe().run(page).response["violations"] == []
