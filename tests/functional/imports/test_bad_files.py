"""Files that were misread: what each gives by the command, and on screen."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.functional.browsing import post, read
from tests.functional.imports.bad_files import FILES
from tests.functional.room import DESK
from webapp.cli import main
from webapp.collection.models import Contribution
from webapp.imports.layouts import Layout
from webapp.imports.reading import read_table
from webapp.platform.extensions import db

SHARED = Path(__file__).parents[3].parent / "shared/data/bad_files"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# By name: what a person must choose when the command refuses (options), and what it is told first.
ASKED = {
    "03_header_newline.csv": (["--text-column", "Votre idée\n(une seule)"], ""),
    "05_title_line.csv": (["--header", "3"], "à la ligne 3"),
    "06_duplicate_columns.csv": (
        ["--text-column", "texte", "--text-column", "texte (2)"],
        "texte (2)",
    ),
    "08_mixed_bytes.csv": (["--encoding", "utf-8+cp1252"], "Ligne 3 : un octet"),
    "11_mac_roman.csv": (["--encoding", "mac-roman"], "Mac Roman"),
    "12_cp850.csv": (["--encoding", "cp850"], "CP850"),
    "22_no_header.csv": (["--header", "0"], "Un bus le dimanche"),
    "35_title_rows.xlsx": (["--header", "3"], "à la ligne 3"),
    "43_survey_blanks.csv": (["--skip-blank"], "Ligne 2 : le texte est vide"),
}
REFUSED = {
    "13_nul.csv": "Ligne 2 : un caractère nul",
    "14_lone_quote.csv": "Ligne 3 : un guillemet est mal placé",
    "15_unclosed_quote.csv": "Ligne 2 : un guillemet s’ouvre",
    "17_extra_cells.csv": "Ligne 2 : plus de cellules",
    "20_only_header.csv": "aucune ligne",
    "21_empty.csv": "aucune ligne",
    "23_html.xls": "page web",
    "32_formula_nocache.xlsx": "Ligne 2 : la formule de A2",
}
NOTICED = {
    "31_second_sheet.xlsx": "Feuille non lue : « Lisez-moi »",
    "33_merged.xlsx": "Cellules fusionnées, lues une seule fois : A2:A3",
    "34_hidden_first_sheet.xlsx": "Feuille masquée, non lue : « Cachée »",
}
ELSEWHERE = {"40_items_hard.csv", "41_percent_cell.xlsx", "42_partners_one_line.csv"}
STORED = {
    "01_one_column_commas.csv": ["Un bus, un vélo", "Des repas"],
    "02_header_commas_semicolons.csv": ["Un bus; le dimanche, matin"],
    "03_header_newline.csv": ["Un bus"],
    "04_sep_line.csv": ["Un bus"],
    "05_title_line.csv": ["Un bus"],
    "06_duplicate_columns.csv": ["Un bus", "Un banc\nDes repas"],
    "08_mixed_bytes.csv": ["Étendre l’été à côté", "Cafés"],
    "09_utf16_tab.txt": ["Un été"],
    "10_utf16le_nobom.csv": ["Un été"],
    "11_mac_roman.csv": ["Un été à l’école"],
    "12_cp850.csv": ["Un été à côté"],
    "16_linebreaks.csv": ["Un\nDeux\nTrois"],
    "22_no_header.csv": ["Un bus le dimanche", "Des repas chauds"],
    "24_unicode.csv": ["👩‍👩‍👧 crèche\u202fœuf", "مرحبا", "Été"],
    "30_types.xlsx": ["Un bus", "2023"],
    "31_second_sheet.xlsx": ["Un bus"],
    "33_merged.xlsx": ["Un bus", "Des repas"],
    "34_hidden_first_sheet.xlsx": ["Un bus"],
    "35_title_rows.xlsx": ["Un bus"],
    "38_calc_semicolon_one_column.csv": [
        "Un bus, et un vélo",
        "Des repas ; des colis",
        'Il dit "oui"',
    ],
    "39_x000D.xlsx": ["Un bus\nDes repas\net_colis"],
    "43_survey_blanks.csv": ["Un bus", "Un banc"],
}


def files():
    """Yield each file, invented here and, where they are, those of the shared folder."""
    for name, content in FILES.items():
        yield pytest.param(name, content, STORED.get(name), id=name)
    for path in sorted(SHARED.glob("[0-9]*")):
        yield pytest.param(path.name, path.read_bytes(), None, id=f"shared-{path.name}")


@pytest.fixture
def run(app, staff, tmp_path):
    def command(name, content, *options):
        file = tmp_path / name
        file.write_bytes(content)
        arguments = ["import", "contributions", str(file), "--workshop", "ABCDEF", *options]
        done = CliRunner().invoke(main, arguments, obj=lambda: app)
        return done.exit_code, done.output.replace("\xa0", " ")

    return command


def contribution_files():
    """The files of contributions; items and measurements have their own tests."""
    return [case for case in files() if case.values[0] not in ELSEWHERE]


def bodies(app):
    with app.app_context():
        return [c.body for c in db.session.query(Contribution).order_by(Contribution.id)]


def test_the_shared_files_are_all_told(database_url):
    assert database_url
    if not SHARED.exists():
        pytest.skip("the shared files are not here")
    assert {path.name for path in SHARED.glob("[0-9]*")} <= FILES.keys()


@pytest.mark.parametrize(("name", "content", "expected"), contribution_files())
def test_a_file_is_read_whole_or_refused_by_its_line(app, run, name, content, expected):
    options, told = ASKED.get(name, ((), ""))
    if told or name in REFUSED:
        code, said = run(name, content)
        assert code != 0
        assert (told or REFUSED[name]) in said
        assert bodies(app) == []
    if name in REFUSED:
        return
    code, said = run(name, content, *options)
    assert code == 0, said
    assert NOTICED.get(name, "") in said
    found = bodies(app)
    assert found
    assert not any("�" in body or "_x00" in body for body in found)
    if expected:
        assert found == expected


@pytest.mark.parametrize(("name", "content", "expected"), contribution_files())
def test_a_screen_shows_a_file_and_publishes_nothing_that_nobody_chose(
    app, staff, name, content, expected
):
    sent = post(staff, f"{DESK}/import", file=(io.BytesIO(content), name))
    if sent.status_code == 422:
        assert name in REFUSED
        assert REFUSED[name] in read(sent).text.replace("\xa0", " ")
        return
    page = read(staff.get(sent.location)).text.replace("\xa0", " ")
    can_import = "Importer" in page.split("Lecture du fichier")[1].split("Choisir un autre")[0]
    assert can_import is (name not in REFUSED and not ASKED.get(name, ("", ""))[1])
    assert NOTICED.get(name, "") in page
    if name in REFUSED:
        words = "Aucune ligne" if name == "20_only_header.csv" else REFUSED[name]
        assert words in page
        assert (
            post(staff, f"{sent.location}/importer", sent.location, text="texte").status_code == 422
        )
    assert bodies(app) == []


def choices(name, content):
    """Return the fields that a person sends after confirming what the page guessed."""
    options = ASKED.get(name, ((), ""))[0]
    table = read_table(content, name=name)
    layout = {
        f"layout_{k}": str(getattr(table.layout, k))
        for k in ("sheet", "header", "separator", "encoding")
    }
    for option, value in zip(options[::2], options[1::2], strict=False):
        if option in ("--header", "--encoding"):
            layout[f"layout_{option[2:]}"] = value
    again = Layout(header=int(layout["layout_header"]), encoding=layout["layout_encoding"])
    columns = read_table(content, name=name, layout=again).columns
    return layout, columns


@pytest.mark.parametrize(
    "name", ["05_title_line.csv", "08_mixed_bytes.csv", "11_mac_roman.csv", "22_no_header.csv"]
)
def test_what_the_page_asks_is_chosen_then_imported(app, staff, name):
    content = FILES[name]
    sent = post(staff, f"{DESK}/import", file=(io.BytesIO(content), name))
    layout, columns = choices(name, content)
    fields = layout | {"text": columns[0], "table": "", "sheet": "", "people": ""}
    checked = read(post(staff, sent.location, sent.location, **fields)).text
    assert "Importer" in checked.split("Lecture du fichier")[1].split("Choisir un autre")[0]
    done = post(staff, f"{sent.location}/importer", sent.location, **fields)
    assert done.status_code == 303
    assert bodies(app) == STORED[name]


def test_blank_answers_are_left_out_once_accepted(app, staff):
    sent = post(staff, f"{DESK}/import", file=(io.BytesIO(FILES["43_survey_blanks.csv"]), "a.csv"))
    page = read(staff.get(sent.location)).text
    assert "2\xa0réponses vides" in page
    fields = {"text": "texte", "table": "", "sheet": "", "people": "", "skip_blank": "y"}
    checked = read(post(staff, sent.location, sent.location, **fields)).text
    assert "2\xa0réponses vides ignorées" in checked
    assert post(staff, f"{sent.location}/importer", sent.location, **fields).status_code == 303
    assert bodies(app) == STORED["43_survey_blanks.csv"]


def test_two_columns_of_one_name_make_one_text(app, staff):
    content = FILES["06_duplicate_columns.csv"]
    sent = post(staff, f"{DESK}/import", file=(io.BytesIO(content), "a.csv"))
    fields = {"text": "texte", "more": "texte (2)", "table": "", "sheet": "", "people": ""}
    assert post(staff, f"{sent.location}/importer", sent.location, **fields).status_code == 303
    assert bodies(app) == STORED["06_duplicate_columns.csv"]
