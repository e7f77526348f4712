"""A roadmap brought from elsewhere, on screen and by a command."""

import io

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.unit.publishing.documents import builders as documents
from webapp.accounts.models import Role
from webapp.cli import main
from webapp.platform.extensions import db, transaction
from webapp.publishing.documents import json_file, xlsx
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap.models import RoadmapItem

HOME = "/pilotage/reprise"
DOCUMENT = documents.document(documents.item(1, reference="52-AAD-001"), version=2)
JSON = json_file.dumps(DOCUMENT)


@pytest.fixture
def commissioner(app, client):
    """A commissioner of an empty instance, signed in."""
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.COMMISSIONER, email="c@example.org", groups=())
    sign_in(client, "c@example.org")
    return client


def count(app, kind):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind))


def send(client, content, what="version", name="feuille.json"):
    field = {"version": "version-file", "fiches": "items-file"}[what]
    return post(client, f"{HOME}/{what}", HOME, **{field: (io.BytesIO(content), name)})


def test_a_version_comes_back_with_its_nine_documents(app, commissioner):
    assert send(commissioner, JSON).location == "/feuille-de-route/"
    for name in FORMATS:
        answer = commissioner.get(f"/feuille-de-route/version/2/{name}")
        assert answer.data == FORMATS[name].render(DOCUMENT)
    assert DOCUMENT.items[0].title in read(commissioner.get("/pilotage/")).text
    again = send(commissioner, JSON)
    assert again.status_code == 422
    assert "n’est pas vide" in read(commissioner.get(HOME)).text
    assert count(app, RoadmapVersion) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (JSON.replace("Conseil régional".encode(), b"Conseil"), "ne correspond plus"),
        (JSON.replace(b'"schema_version":1', b'"schema_version":9'), "plus récente"),
        (b"{}", "plus récente"),
        (b"[1]", "Ce n’est pas l’export JSON"),
        (json_file.dumps(documents.document(draft=True)), "seule une version publiée"),
    ],
)
def test_what_cannot_come_back_says_what_to_do(app, commissioner, content, said):
    refused = send(commissioner, content)
    assert refused.status_code == 422
    assert said in read(refused).text
    assert count(app, RoadmapItem) == 0


def test_an_empty_instance_leads_to_what_fills_it(commissioner):
    assert HOME in read(commissioner.get("/animation/")).links


def test_the_command_brings_a_version_back(app, tmp_path, commissioner):
    path = tmp_path / "feuille.json"
    path.write_bytes(JSON)

    def run(account="c@example.org"):
        arguments = ["import", "roadmap", str(path), "--account", account]
        return CliRunner().invoke(main, arguments, obj=lambda: app)

    assert "« nulle@example.org » n’existe pas" in run("nulle@example.org").output.replace(
        "\xa0", " "
    )
    done = run()
    assert done.exit_code == 0, done.output
    assert "Version 2 reprise" in done.output
    refused = run()
    assert refused.exit_code == 1
    assert "n’est pas vide" in refused.output


def test_only_who_steers_brings_a_version_back(app, tmp_path, staff):
    path = tmp_path / "feuille.json"
    path.write_bytes(JSON)
    arguments = ["import", "roadmap", str(path), "--account", "animation@example.org"]
    assert CliRunner().invoke(main, arguments, obj=lambda: app).exit_code == 1
    assert count(app, RoadmapVersion) == 0


def columns(**changes):
    names = (
        *("reference", "group", "strand", "measure", "finding", "objective", "description"),
        *("lead", "partners", "publics", "territories", "due_date", "resources", "priority"),
    )
    return dict.fromkeys(names, "") | {"default_group": builders.GROUP} | changes


def test_items_are_previewed_mapped_then_imported_whole(app, commissioner):
    sent = send(commissioner, b"Quoi;Qui\nUn banc;La ville\nUne laverie;\n", "fiches", "f.csv")
    page = read(commissioner.get(sent.location))
    assert "2 seraient importées" in page.text
    chosen = columns(title="Quoi", lead="Qui")
    checked = read(post(commissioner, sent.location, sent.location, **chosen))
    assert "Importer 2\xa0fiches" in checked.text
    done = post(commissioner, f"{sent.location}/importer", sent.location, **chosen)
    told = read(commissioner.get(done.location)).text
    assert "Fiches importées en brouillon\xa0: 2. Déjà là\xa0: 0." in told
    assert "La ville" in told
    again = send(commissioner, b"Quoi;Qui\nUn banc;La ville\nUne laverie;\n", "fiches", "f.csv")
    assert "2 déjà là" in read(commissioner.get(again.location)).text
    assert commissioner.get(sent.location).status_code == 404


def test_nobody_waits_for_a_table_of_items_that_is_read(commissioner, reading):
    assert send(commissioner, b"Quoi\nUn banc\n", "fiches", "f.csv").status_code == 303
    assert reading == [("read_table", False)]


def test_each_wrong_line_is_named_on_screen_and_nothing_comes(app, commissioner):
    content = "Intitulé;Axe;Échéance\n;1;\nUn banc;9;demain\n".encode()
    sent = send(commissioner, content, "fiches", "f.csv")
    told = read(commissioner.get(sent.location)).text.replace("\xa0", " ")
    assert "3 points sont à corriger" in told
    assert "Ligne 2 : l’intitulé manque" in told
    assert "Ligne 3 : axe inconnu « 9 »" in told
    chosen = columns(title="Intitulé", strand="Axe")
    refused = post(commissioner, f"{sent.location}/importer", sent.location, **chosen)
    assert refused.status_code == 422
    assert count(app, RoadmapItem) == 0


def test_our_own_workbook_is_understood_without_choosing(commissioner):
    item = documents.item(1, publics=("tous",))
    sent = send(commissioner, xlsx.render(documents.document(item)), "fiches", "f.xlsx")
    page = read(commissioner.get(sent.location)).text
    assert "axe inconnu" not in page
    assert "1 seraient importées" in page


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rien"])
def test_what_is_no_table_is_refused(commissioner, content):
    assert send(commissioner, content, "fiches", "f.xlsx").status_code == 422
    assert post(commissioner, f"{HOME}/fiches", HOME).status_code == 422
    assert post(commissioner, f"{HOME}/version", HOME).status_code == 422
