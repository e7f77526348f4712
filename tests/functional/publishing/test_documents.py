"""Models and documents on screen."""

import hashlib
import io
import zipfile

import pytest

from tests.functional.browsing import post, read
from webapp.platform import rendered_cache
from webapp.platform.extensions import transaction
from webapp.platform.zip_archive import pack, unpack
from webapp.publishing import exports
from webapp.publishing.documents import docx_template, odt_template
from webapp.publishing.models import FormerModel

MODELS = "/pilotage/modeles"
EXPORTS = "/pilotage/documents"


@pytest.fixture
def commissioner(browser_of, things):
    return browser_of("commissaire")


def send(client, content, model="odt", name="modele.odt"):
    return post(
        client,
        f"{MODELS}/{model}",
        MODELS,
        **{f"{model}-file": (io.BytesIO(content), name)},
    )


def changed(old, new):
    return pack(
        (name, data.replace(old, new)) for name, data in unpack(odt_template.default_template())
    )


def test_a_model_goes_out_comes_back_is_tried_and_changes_every_document(commissioner, things):
    ours = commissioner.get(f"{MODELS}/odt")
    assert ours.data == odt_template.default_template()
    assert "modele.odt" in ours.headers["Content-Disposition"]
    sent = send(commissioner, changed(b"Sommaire", b"Plan"))
    assert sent.status_code == 303
    page = read(commissioner.get(sent.location))
    assert "essayez-le sur le projet" in page.text
    published = f"/feuille-de-route/version/{things['number']}/odt"
    before = commissioner.get(published).data
    assert b"Plan<" in dict(unpack(commissioner.get(f"{MODELS}/odt/essai").data))["content.xml"]
    assert commissioner.get(published).data == before
    assert post(commissioner, f"{MODELS}/odt/employer", MODELS).status_code == 303
    for url in (published, "/pilotage/projet/odt"):
        assert b"Plan<" in dict(unpack(commissioner.get(url).data))["content.xml"]
    assert "En service\xa0: modele.odt" in read(commissioner.get(MODELS)).text
    assert post(commissioner, f"{MODELS}/odt/retablir", MODELS).status_code == 303
    assert commissioner.get(published).data == before


@pytest.fixture
def layouts(monkeypatch):
    """The formats laid out, one by one, from an empty cache."""
    made, real = [], exports.render_with

    def render(document, name, models):
        made.append(name)
        return real(document, name, models)

    monkeypatch.setattr(exports, "render_with", render)
    monkeypatch.setattr(rendered_cache, "CACHE", rendered_cache.RenderedCache())
    return made


def test_a_published_document_is_laid_out_once_however_often_it_is_asked_for(
    phone, things, layouts
):
    for name in ("docx", "pdf"):
        url = f"/feuille-de-route/version/{things['number']}/{name}"
        first, second = phone.get(url), phone.get(url)
        assert first.data == second.data
        assert first.data
        known = phone.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (known.status_code, known.data) == (304, b"")
        assert first.headers["Cache-Control"] == "no-cache"
    assert layouts == ["docx", "pdf"]


def test_a_withdrawn_version_leaves_the_cache_and_is_given_to_nobody(
    commissioner, phone, things, layouts
):
    page = f"/feuille-de-route/version/{things['number']}"
    tag = phone.get(f"{page}/odt").headers["ETag"]
    assert len(rendered_cache.CACHE.keys()) == 1
    withdrawal = f"/pilotage/versions/{things['number']}/retirer"
    assert post(commissioner, withdrawal, page, reason="Un nom y restait").status_code == 303
    again = phone.get(f"{page}/odt", headers={"If-None-Match": tag})
    assert again.status_code == 410
    assert rendered_cache.CACHE.keys() == []


def test_a_refused_model_says_what_to_do_and_leaves_what_was_there(commissioner):
    tag = b"{{ roadmap.titel }} {{ roadmap.__class__ }}"
    refused = send(commissioner, changed(b"{{ roadmap.title }}", tag))
    assert refused.status_code == 422
    told = read(refused).text
    assert "roadmap.__class__" in told
    assert "le modèle en service n’a pas changé" in told
    named = send(commissioner, changed(b"{{ roadmap.title }}", b"{{ roadmap.titel }}"))
    assert "roadmap.titel" in read(named).text
    macro = pack((*unpack(docx_template.default_template()), ("word/vbaProject.bin", b"x")))
    told = read(send(commissioner, macro, "docx", "modele.docx")).text
    assert "enregistrez-le sans macros" in told
    assert "essai.odt" in read(commissioner.get(MODELS)).text  # what was being tried stays
    assert send(commissioner, b"", name="").status_code == 422


def test_former_models_are_listed_downloaded_and_put_back(commissioner):
    plan = changed(b"Sommaire", b"Plan")
    assert send(commissioner, plan, name="plan.odt").status_code == 303
    assert post(commissioner, f"{MODELS}/odt/employer", MODELS).status_code == 303
    assert post(commissioner, f"{MODELS}/odt/retablir", MODELS).status_code == 303
    page = read(commissioner.get(MODELS))
    assert page.text.index("plan.odt envoyé par commissaire") < page.text.index("ancien.odt envoyé")
    assert hashlib.sha256(plan).hexdigest()[:12] in page.text
    address = next(link for link in page.links if "/anciens/" in link)
    file = commissioner.get(address)
    assert (file.data, file.mimetype) == (plan, "application/vnd.oasis.opendocument.text")
    done = post(commissioner, f"{address}/employer", MODELS)
    assert done.status_code == 303
    shown = read(commissioner.get(done.location)).text
    assert "Modèle remis en service" in shown
    assert "En service\xa0: plan.odt" in shown
    assert commissioner.get(f"{MODELS}/odt").data == plan
    assert commissioner.get(address).status_code == 404  # it is in use, no longer a former one
    assert post(commissioner, f"{address}/employer", MODELS).status_code == 404


def test_a_former_model_that_this_release_refuses_is_not_put_back(app, commissioner, things):
    with app.app_context(), transaction() as session:
        former = session.get(FormerModel, things["former"])
        former.content = changed(b"{{ roadmap.title }}", b"{{ roadmap.titel }}")
    refused = post(commissioner, f"{MODELS}/odt/anciens/{things['former']}/employer", MODELS)
    assert refused.status_code == 422
    told = read(refused).text
    assert "roadmap.titel" in told
    assert "En service\xa0: le modèle d’origine" in told
    assert "ancien.odt" in told


def test_a_former_model_has_one_address(commissioner, things):
    there = things["former"]
    for wrong in (
        f"docx/anciens/{there}",
        "odt/anciens/999",
        "odt/anciens/un",
        f"odt/anciens/{9**30}",
    ):
        assert commissioner.get(f"{MODELS}/{wrong}").status_code == 404
        assert post(commissioner, f"{MODELS}/{wrong}/employer", MODELS).status_code == 404


def test_a_format_without_a_model_has_no_page(commissioner):
    assert commissioner.get(f"{MODELS}/pdf").status_code == 404
    assert send(commissioner, odt_template.default_template(), "pdf").status_code == 404


def test_an_act_on_a_trial_that_is_gone_says_so(commissioner):
    assert post(commissioner, f"{MODELS}/odt/ecarter", MODELS).status_code == 303
    assert post(commissioner, f"{MODELS}/odt/employer", MODELS).status_code == 409


@pytest.mark.parametrize(("version", "stem"), [("1", "v1"), ("projet", "projet")])
def test_documents_are_asked_for_followed_and_downloaded(commissioner, version, stem):
    asked = post(commissioner, EXPORTS, version=version)
    assert asked.status_code == 303
    page = read(commissioner.get(asked.location))
    assert page.text.count("prêt") == 9
    told = commissioner.get(f"{asked.location}/avancement")
    assert (told.status_code, told.location) == (303, asked.location)  # the page reloads
    assert told.headers["Cache-Control"] == "no-store"
    archive = commissioner.get(f"{asked.location}/tout")
    assert f"pays-de-la-loire-{stem}.zip" in archive.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        pdf = commissioner.get(f"{asked.location}/pdf")
        assert files.read(f"pays-de-la-loire-{stem}.pdf") == pdf.data
    assert pdf.mimetype == "application/pdf"
    assert asked.location in read(commissioner.get(EXPORTS)).links


def test_what_does_not_exist_is_not_made(commissioner):
    assert post(commissioner, EXPORTS, version="7").status_code == 422
    assert post(commissioner, EXPORTS).status_code == 422


def test_documents_of_a_colleague_are_nobody_elses(commissioner, browser_of):
    asked = post(commissioner, EXPORTS, version="1")
    admin = browser_of("admin")
    for end in ("", "/avancement", "/tout", "/pdf"):
        assert admin.get(asked.location + end).status_code == 404
