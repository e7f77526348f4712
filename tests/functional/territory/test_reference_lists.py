"""The reference lists through HTTP: the screen, and every page that offers or shows an entry."""

import io
import re

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.accounts.models import Role
from webapp.platform.extensions import transaction
from webapp.territory import reference_edits, references
from webapp.territory.models import ReferenceKind

PAGE = "/pilotage/listes"


@pytest.fixture
def commissioner(app, client):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
    sign_in(client, "commissaire@example.org")
    return client


def address_of(app, kind, code):
    with app.app_context(), transaction() as session:
        listed = reference_edits.list_entries(session, kind=kind)
        return f"{PAGE}/lignes/{next(e for e in listed if e.code == code).public_id}"


def names_of(app, kind):
    with app.app_context(), transaction() as session:
        return references.read(session).names(kind)


def add(client, listing, **fields):
    data = {f"{listing}-{name}": value for name, value in ({"strand": ""} | fields).items()}
    return post(client, f"{PAGE}/{listing}/ajouter", PAGE, **data)


def options(client, page, name):
    """Return the values that a page offers in one field, of a list or of boxes to tick."""
    text = client.get(page).text
    listed = re.search(rf'<select[^>]* name="{name}".*?</select>', text, re.DOTALL)
    if listed:
        return re.findall(r'<option[^>]* value="([^"]*)"', listed.group())
    boxes = re.findall(rf'<input[^>]* name="{name}"[^>]*>', text)
    return [re.search(r'value="([^"]*)"', box).group(1) for box in boxes]


def test_the_four_lists_are_on_one_page_linked_from_steering(commissioner):
    assert f'href="{PAGE}"' in commissioner.get("/pilotage/").text
    assert f'href="{PAGE}"' in commissioner.get("/pilotage/reperes").text
    page = read(commissioner.get(PAGE))
    assert "Loire-Atlantique" in page.text
    assert "personnes sans abri" in page.text
    assert "Aucune mesure" in page.text  # none is shipped: the list says what to do


def test_a_new_territory_is_offered_everywhere(commissioner, app):
    added = add(commissioner, "territoires", name="Finistère", code="29")
    assert (added.status_code, added.location) == (303, f"{PAGE}#territoires")
    for page in (
        "/a/ABCDEF",
        f"/revue/{builders.GROUP}/contributions",
        "/pilotage/organismes/",
        "/pilotage/feuilles",
    ):
        assert "29" in options(commissioner, page, "territory"), page
    sent = {"body": "Un bus", "territory": "29", "kind": "", "concerned": "unknown"}
    assert post(commissioner, "/a/ABCDEF", **sent).status_code == 303
    refused = post(commissioner, "/a/ABCDEF", **sent | {"territory": "30", "key": "autre"})
    assert refused.status_code == 422
    assert "Un bus" in refused.text


def test_an_item_shows_names_and_keeps_what_was_retired(commissioner, app):
    with app.app_context(), transaction() as session:
        who = builders.find_user(session, "commissaire@example.org")
        item = f"/pilotage/fiches/{builders.item(session, actor=who).public_id}"
    form = {"title": "Des bus", "strand": "3", "priority": "1", "version": ""}
    kept = form | {"territories": ["72"], "publics": ["tous"]}
    assert post(commissioner, item, **kept).status_code == 303
    for kind, code in ((ReferenceKind.TERRITORY, "72"), (ReferenceKind.PUBLIC, "tous")):
        entry = address_of(app, kind, code)
        assert post(commissioner, f"{entry}/retirer", entry).status_code == 303
    assert "72" in options(commissioner, item, "territories")
    assert "tous" in options(commissioner, item, "publics")
    assert post(commissioner, item, **kept).status_code == 303
    assert post(commissioner, item, **form).status_code == 303
    assert "72" not in options(commissioner, item, "territories")
    refused = post(commissioner, item, **kept | {"title": "Des cars"})
    assert refused.status_code == 422
    assert "n’est plus proposée" in read(refused).text
    assert "Des cars" in refused.text
    entry = address_of(app, ReferenceKind.TERRITORY, "72")
    assert post(commissioner, f"{entry}/remettre", entry).status_code == 303
    assert "72" in options(commissioner, item, "territories")


def test_a_renamed_axis_is_renamed_on_every_page(commissioner, app):
    entry = address_of(app, ReferenceKind.STRAND, "3")
    assert post(commissioner, entry, name="Ouvrir les droits", strand="").status_code == 303
    with app.app_context(), transaction() as session:
        who = builders.find_user(session, "commissaire@example.org")
        item = f"/pilotage/fiches/{builders.item(session, actor=who).public_id}"
    for page in (PAGE, item, "/pilotage/", "/pilotage/reperes"):
        assert "Ouvrir les droits" in read(commissioner.get(page)).text, page
    draft = commissioner.get("/pilotage/projet/html")
    assert "Axe 3 – Ouvrir les droits" in draft.text


def test_the_order_is_the_order_of_forms(commissioner, app):
    with app.app_context(), transaction() as session:
        builders.item(session, actor=builders.find_user(session, "commissaire@example.org"))
    entry = address_of(app, ReferenceKind.STRAND, "2")
    moved = post(commissioner, f"{entry}/deplacer", PAGE, sens="monter")
    assert (moved.status_code, moved.location) == (303, f"{PAGE}#axes")
    assert list(names_of(app, ReferenceKind.STRAND)) == ["2", "1", "3", "4"]
    assert options(commissioner, "/pilotage/", "strand") == ["", "2", "1", "3", "4"]
    assert post(commissioner, f"{entry}/deplacer", PAGE, sens="descendre").status_code == 303
    assert list(names_of(app, ReferenceKind.STRAND)) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("listing", "fields", "told"),
    [
        ("axes", {"name": " ", "code": "5"}, "Donnez un nom"),
        ("axes", {"name": "\u202e\u200b", "code": "5"}, "Donnez un nom"),
        ("axes", {"name": "Numérique", "code": ""}, "code n’est pas possible"),
        ("axes", {"name": "Numérique", "code": "cinq et demi"}, "code n’est pas possible"),
        ("axes", {"name": "Numérique", "code": "4"}, "Ce nom existe déjà"),
        ("territoires", {"name": "MAYENNE", "code": "29"}, "Ce nom existe déjà"),
        ("territoires", {"name": "é" * 121, "code": "29"}, "trop long"),
        ("publics", {"name": "é" * 201}, "dépasse 200"),
        ("publics", {"name": "Tous"}, "Ce nom existe déjà"),
        ("mesures", {"name": "Une", "strand": "9"}, ""),
    ],
)
def test_what_cannot_be_an_entry_is_said_with_the_form_kept(
    commissioner, app, listing, fields, told
):
    before = {kind: names_of(app, kind) for kind in ReferenceKind}
    refused = add(commissioner, listing, **fields)
    assert refused.status_code == 422
    assert told in read(refused).text
    assert fields["name"].strip("\u202e\u200b ") in refused.text
    assert {kind: names_of(app, kind) for kind in ReferenceKind} == before


def test_a_name_that_another_has_is_refused_on_the_page_of_the_entry(commissioner, app):
    entry = address_of(app, ReferenceKind.TERRITORY, "72")
    refused = post(commissioner, entry, name="mayenne", strand="")
    assert refused.status_code == 422
    assert "Ce nom existe déjà" in read(refused).text
    assert post(commissioner, entry, name="", strand="").status_code == 422


def test_the_region_stays_and_a_list_that_is_not_is_not_found(commissioner, app):
    entry = address_of(app, ReferenceKind.TERRITORY, "52")
    assert "/retirer" not in commissioner.get(entry).text
    assert post(commissioner, f"{entry}/retirer", entry).status_code == 409
    assert post(commissioner, f"{PAGE}/lutins/ajouter", PAGE, name="x").status_code == 404
    assert commissioner.get(f"{PAGE}/lignes/nulle-part").status_code == 404


def test_a_measure_is_the_same_on_both_screens(commissioner, app):
    assert add(commissioner, "mesures", name="Les cafés", strand="4").status_code == 303
    assert "Les cafés" in read(commissioner.get("/pilotage/reperes")).text
    assert "Axe 4" in read(commissioner.get(PAGE)).text
    entry = address_of(app, ReferenceKind.MEASURE, "Les cafés")
    assert post(commissioner, entry, name="Les cantines", strand="").status_code == 303
    assert "Les cantines" in read(commissioner.get("/pilotage/reperes")).text
    twice = post(commissioner, "/pilotage/reperes", name="Les cantines")
    assert twice.status_code == 409
    assert post(commissioner, f"{entry}/retirer", entry).status_code == 303
    assert "Les cantines" not in read(commissioner.get("/pilotage/reperes")).text
    assert "retirée" in read(commissioner.get(PAGE)).text


def test_a_file_is_shown_line_by_line_before_it_changes_anything(commissioner, app):
    page = _sent(
        commissioner, "liste;code;nom;retirée\naxe;5;Numérique;\nterritoire;72;Sarthe;oui\n"
    )
    told = read(commissioner.get(page))
    assert "ajoutée" in told.text
    assert "retirée" in told.text
    assert "Numérique" not in names_of(app, ReferenceKind.STRAND).values()
    assert post(commissioner, page.partition("?")[0], page, liste="").status_code == 303
    assert names_of(app, ReferenceKind.STRAND)["5"] == "Numérique"
    assert "Lignes importées" in read(commissioner.get(PAGE)).text
    assert commissioner.get(page).status_code == 404  # the file is gone


def test_a_file_that_is_wrong_says_every_line_and_stores_nothing(commissioner, app):
    before = names_of(app, ReferenceKind.TERRITORY)
    page = _sent(commissioner, "nom;code\nFinistère;29\nMayenne;30\n;31\n", "territoires")
    told = read(commissioner.get(page)).text
    assert "2 points sont à corriger" in told
    assert "Importer" not in told.partition("Choisir un autre fichier")[0].rpartition("corriger")[2]
    assert post(commissioner, page.partition("?")[0], page, liste="territoires").status_code == 422
    assert names_of(app, ReferenceKind.TERRITORY) == before


def test_a_file_that_is_no_table_or_none_is_refused(commissioner):
    for content in (None, b"", b"\x00\x01"):
        fields = {} if content is None else {"file": (io.BytesIO(content), "l.csv")}
        refused = post(commissioner, f"{PAGE}/import", f"{PAGE}/import", listing="", **fields)
        assert refused.status_code == 422
    page = _sent(commissioner, "liste;code\naxe;5\n")
    assert "nom" in read(commissioner.get(page)).text
    assert post(commissioner, page.partition("?")[0], page, liste="").status_code == 422
    empty = _sent(commissioner, "liste;nom\n")
    assert "Aucune ligne" in read(commissioner.get(empty)).text


def _sent(client, text, listing=""):
    file = (io.BytesIO(text.encode()), "listes.csv")
    address = f"{PAGE}/import"
    answer = post(client, address, address, listing=listing, file=file)
    assert answer.status_code == 303
    return answer.location
