"""The commands, as an administrator types them: what they do, and what they say."""

import csv
import json
import sqlite3
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from tests import builders
from tests.functional.browsing import sign_in
from webapp import create_app
from webapp.accounts.models import Role, User
from webapp.cli import main
from webapp.collection.models import Contribution, Workshop, WorkshopKind
from webapp.config import Config
from webapp.demonstration import accounts
from webapp.platform.extensions import db, transaction
from webapp.publishing.documents.formats import FORMATS
from webapp.roadmap.models import Priority, RoadmapItem
from webapp.territory.models import Reference

VOICES = "\n".join(["texte", *builders.IDEAS]) + "\n"


@pytest.fixture
def run(app):
    """Run a command on the instance of the test; return its result."""

    def ran(*arguments, input=None):  # noqa: A002 - click's own name
        with app.app_context():
            db.session.remove()
        return CliRunner().invoke(main, [str(a) for a in arguments], obj=lambda: app, input=input)

    return ran


@pytest.fixture
def room(app):
    """A workshop, and nobody has spoken yet."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)


@pytest.fixture
def voices(tmp_path):
    """A file of contributions."""
    path = tmp_path / "voix.csv"
    path.write_text(VOICES, "utf-8")
    return path


def count(app, kind=Contribution):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind))


def test_a_working_group_from_a_file_to_a_document(app, room, run, voices, tmp_path):
    done = run("import", "contributions", voices, "--workshop", "abcdef", "--text-column", "texte")
    assert done.exit_code == 0, done.output
    assert "7 lignes lues, 7 importées" in done.output
    assert (
        "rien n’est doublé" in run("import", "contributions", voices, "--workshop", "ABCDEF").output
    )
    prints = {run("cluster", builders.GROUP).output.splitlines()[-1] for _ in range(2)}
    assert len(prints) == 1
    assert "Empreinte" in prints.pop()
    ledger = run("ledger", builders.GROUP)
    assert ledger.exit_code == 0
    assert "tombent juste" in ledger.output
    for name in (*FORMATS, "all"):
        output = tmp_path / f"feuille.{name}"
        done = run("export", "pays-de-la-loire", "--format", name, "--output", output)
        assert done.exit_code == 0, done.output
        assert output.stat().st_size > 100
    assert zipfile.is_zipfile(tmp_path / "feuille.odt")
    with zipfile.ZipFile(tmp_path / "feuille.all") as archive:
        assert len(archive.namelist()) == 1 + len(FORMATS)
        assert "pays-de-la-loire-projet.pdf" in archive.namelist()
    assert json.loads((tmp_path / "feuille.json").read_bytes())["roadmap"]["draft"]


def test_a_trial_import_stores_nothing(app, room, run, voices):
    done = run("import", "contributions", voices, "--workshop", "ABCDEF", "--dry-run")
    assert done.exit_code == 0
    assert "rien n’est enregistré" in done.output
    assert count(app) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;b\n1;2\n", "La colonne « texte » n’est pas dans le fichier"),
        (b"texte;n\nun bus;1\n ;2\n", "Ligne 3"),
        (b"texte\n\x81\x8d", "n’est pas du texte lisible"),
        (b"PK\x03\x04 not a workbook", "ne peut pas être lu"),
        (b"", "ne peut pas être lu"),
    ],
)
def test_a_bad_file_says_what_to_do_and_stores_nothing(app, room, run, tmp_path, content, said):
    path = tmp_path / "faux.csv"
    path.write_bytes(content)
    done = run("import", "contributions", path, "--workshop", "ABCDEF")
    assert done.exit_code == 1
    assert said in done.output.replace("\xa0", " ")
    assert "Rien n’a été importé" in done.output
    assert count(app) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("ledger", "nulle-part"),
        ("cluster", "nulle-part"),
        ("export", "nulle-part", "--format", "csv", "--output", "/dev/null"),
    ],
)
def test_an_unknown_name_is_said(room, run, arguments):
    done = run(*arguments)
    assert done.exit_code == 1
    assert "nulle-part" in done.output
    assert "Traceback" not in done.output


def test_a_programme_prints_the_codes_of_its_posters(app, run, tmp_path):
    path = tmp_path / "programme.csv"
    row = {
        "type": "séance",
        "titre": "Séance de rentrée",
        "groupe": builders.GROUP,
        "consigne": "Et maintenant ?",
        "debut": "2024-02-01T14:00",
        "fin": "2024-02-01T16:00",
    }
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, row, delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    done = run("import", "programme", path, "--conference", "rentree", "--name", "Rentrée")
    assert done.exit_code == 0, done.output
    with app.app_context():
        workshop = db.session.scalars(select(Workshop)).one()
    assert f"{workshop.code}  Séance de rentrée" in done.output
    assert workshop.kind is WorkshopKind.SITTING


def test_an_account_is_made_and_its_password_is_asked_for(app, room, run):
    words = ("user", "add", "claire@example.org", "--name", "Claire", "--role", "commissioner")
    typed = f"{builders.PASSWORD}\n{builders.PASSWORD}\n"
    assert run(*words, input=typed).exit_code == 0
    refused = run(*words, input=typed)
    assert refused.exit_code == 1
    assert "existe déjà" in refused.output
    weak = run("user", "add", "x@example.org", "--name", "X", "--role", "observer", input="a\na\n")
    assert weak.exit_code == 1
    assert "12" in weak.output
    with app.app_context():
        assert db.session.scalars(select(User.role)).one() is Role.COMMISSIONER


def test_a_ledger_that_does_not_close_exits_with_an_error(app, room, run, voices):
    run("import", "contributions", voices, "--workshop", "ABCDEF")
    with app.app_context(), transaction() as session:
        session.execute(
            text("UPDATE moderation_decision SET is_current = false WHERE contribution_id = 1")
        )
    done = run("ledger", builders.GROUP)
    assert done.exit_code == 1
    assert "ne tombent pas juste" in done.output


def test_a_touched_journal_exits_with_an_error(app, room, run, voices):
    run("import", "contributions", voices, "--workshop", "ABCDEF")
    assert run("audit", "verify").exit_code == 0
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE audit_head SET last_id = last_id + 1"))
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "Lignes altérées" in done.output


def test_an_analysis_of_nothing_says_what_to_do(room, run):
    done = run("cluster", builders.GROUP)
    assert done.exit_code == 1
    assert "Publiez d’abord" in done.output


@pytest.mark.parametrize(
    "command", [("ledger", "x"), ("cluster", "x"), ("audit", "verify"), ("serve",)]
)
def test_a_database_that_was_never_migrated_says_what_to_run(tmp_path, command):
    app = create_app(Config(instance_path=tmp_path, secret_key="x" * 40, testing=True))
    done = CliRunner().invoke(main, command, obj=lambda: app)
    assert done.exit_code == 1
    assert "semailles db upgrade" in done.output
    with app.app_context():
        db.engine.dispose()


def test_an_instance_is_migrated_backed_up_and_restored(tmp_path):
    app = create_app(Config(instance_path=tmp_path, secret_key="x" * 40, testing=True))
    run = lambda *words: CliRunner().invoke(main, words, obj=lambda: app)  # noqa: E731 - six calls
    assert run("db", "check").exit_code == 1
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "check").exit_code == 0
    copy = tmp_path / "copie.bak"
    assert run("backup", str(copy)).exit_code == 0
    with sqlite3.connect(copy) as base:
        assert base.execute("SELECT version_num FROM alembic_version").fetchone()
    base.close()
    assert run("restore", str(copy), "--yes").exit_code == 0
    assert run("purge", "--days", "0").exit_code == 0
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_wrong_setting_stops_with_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("SEMAILLES_INSTANCE_PATH", str(tmp_path))
    monkeypatch.setenv("SEMAILLES_PORT", "beaucoup")
    done = CliRunner().invoke(main, ["db", "check"], obj=create_app)
    assert done.exit_code == 1
    assert "SEMAILLES_PORT" in done.output
    assert "nombre entier" in done.output


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("SECRET_KEY", "changeme-changeme-changeme-changeme", "se devine"),
        ("PUBLIC_URL", "http://semailles.example", "mots de passe en clair"),
        ("DEBUG", "1", "refusé sur l’adresse publique"),
    ],
)
def test_check_49_nothing_starts_on_an_unsafe_setting(tmp_path, monkeypatch, setting, value, word):
    monkeypatch.setenv("SEMAILLES_INSTANCE_PATH", str(tmp_path))
    if setting == "DEBUG":
        monkeypatch.setenv("SEMAILLES_HOST", "0.0.0.0")
    monkeypatch.setenv(f"SEMAILLES_{setting}", value)
    for command in ("serve", "worker", "demo", "db"):
        words = [command, "check"] if command == "db" else [command]
        done = CliRunner().invoke(main, words, obj=create_app)
        assert done.exit_code == 1
        assert f"SEMAILLES_{setting}" in done.output
        assert word in done.output
    assert not list(tmp_path.glob("*.sqlite"))


def test_check_49_no_account_is_there_before_somebody_makes_one(app, client):
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
    for account in accounts.ACCOUNTS:
        assert sign_in(client, account.email, account.password).status_code == 422


def test_check_49_the_demonstration_stays_off_a_public_address(tmp_path):
    config = Config(
        instance_path=tmp_path,
        secret_key="x" * 40,
        public_url="https://semailles.example",
        testing=True,
    )
    done = CliRunner().invoke(main, ["demo"], obj=lambda: create_app(config))
    assert done.exit_code == 1
    assert "le mot de passe de la démonstration est public" in done.output
    assert not (tmp_path / "semailles.sqlite").exists()


ITEMS = (
    "Action prévue;Axe;Pilote;Échéance;Priorité\nDes cars le dimanche;3;Région;2026-12-31;Haute\n"
)


@pytest.fixture
def steering(app, room):
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
        builders.user(session, email="animation@example.org")


def test_items_of_a_spreadsheet_are_tried_then_imported_once(app, steering, run, tmp_path):
    path = tmp_path / "fiches.csv"
    path.write_text(ITEMS, "utf-8")
    asked = ("import", "items", path, "--account", "commissaire@example.org")
    asked += ("--group", builders.GROUP, "--column", "intitule=Action prévue")
    tried = run(*asked, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "1 lignes lues, 1 fiches seraient importées" in tried.output
    assert "intitulé\u00a0: Action prévue" in tried.output
    assert "pilote\u00a0: Pilote" in tried.output
    assert count(app, RoadmapItem) == 0
    assert "1 fiches importées" in run(*asked).output
    assert "1 étaient déjà là" in run(*asked).output
    with app.app_context():
        item = db.session.scalars(select(RoadmapItem)).one()
        assert (item.title, item.lead, item.priority, item.working_group.slug) == (
            "Des cars le dimanche",
            "Région",
            Priority.HIGH,
            builders.GROUP,
        )


def test_items_with_a_bad_row_or_from_somebody_else_are_refused(app, steering, run, tmp_path):
    path = tmp_path / "fiches.csv"
    path.write_text(ITEMS + "Un abri;9;Ville;2026;urgente\n", "utf-8")
    asked = ("import", "items", path, "--column", "titre=Action prévue", "--account")
    bad = run(*asked, "commissaire@example.org")
    assert bad.exit_code == 1
    assert "priorité inconnue «\u00a0urgente\u00a0»" in bad.output
    assert "Rien n’a été importé" in bad.output
    path.write_text(ITEMS, "utf-8")
    assert run(*asked, "animation@example.org").exit_code == 1
    assert run(*asked, "personne@example.org").exit_code == 1
    wrong = run("import", "items", path, "--account", "x", "--column", "couleur=Axe")
    assert "CHAMP=COLONNE" in wrong.output
    assert count(app, RoadmapItem) == 0


LISTS = "liste;code;nom\nterritoire;29;Finistère\npublic;;tous\n"


def test_reference_lists_are_tried_then_imported_once(app, steering, run, tmp_path):
    path = tmp_path / "listes.csv"
    path.write_text(LISTS, "utf-8")
    asked = ("import", "references", path, "--account", "commissaire@example.org")
    before = count(app, Reference)
    assert "2 lignes lues, 1 changeraient les listes" in run(*asked, "--dry-run").output
    assert count(app, Reference) == before
    assert "2 lignes lues, 1 importées" in run(*asked).output
    assert "2 lignes lues, 0 importées" in run(*asked).output
    assert count(app, Reference) == before + 1


def test_reference_lists_that_are_wrong_or_somebody_elses_are_refused(app, steering, run, tmp_path):
    path = tmp_path / "listes.csv"
    path.write_text(LISTS + "axe;;Numérique\n", "utf-8")
    asked = ("import", "references", path, "--account")
    before = count(app, Reference)
    bad = run(*asked, "commissaire@example.org")
    assert bad.exit_code == 1
    assert "le code manque" in bad.output
    path.write_text("nom\nétudiants\n", "utf-8")
    assert run(*asked, "animation@example.org", "--list", "public").exit_code == 1
    assert run(*asked, "commissaire@example.org").exit_code == 1  # which list?
    assert run(*asked, "commissaire@example.org", "--list", "lutins").exit_code == 2
    assert count(app, Reference) == before
    assert run(*asked, "commissaire@example.org", "--list", "public").exit_code == 0
