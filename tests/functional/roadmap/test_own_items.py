"""Items of a local roadmap's own: written, followed up and published there, and nowhere else."""

import io

import pytest

from tests import builders
from tests.functional.browsing import post, publish, read
from webapp.platform.extensions import transaction
from webapp.roadmap import local_roadmaps
from webapp.roadmap.models import ItemStatus

DESK = "/pilotage/feuilles/sarthe"
PUBLIC = "/feuilles-de-route/sarthe"
TITLE = "Un minibus entre les communes"
REFERENCE = "72-AAD-001"
FIELDS = {
    "title": TITLE,
    "strand": "3",
    "finding": "Sans voiture, on ne va pas au guichet.",
    "objective": "Chacun va au guichet une fois par semaine.",
    "due_date": "2020-06-30",  # late, so that lists of what is late would show it
    "lead": "Département de la Sarthe",
}
# Every page and file that tells the region's items, to the staff or to everyone.
STAFF = (
    "/pilotage/",
    "/pilotage/?vue=etats",
    "/pilotage/?vue=calendrier",
    "/pilotage/documents",
    "/pilotage/projet/html",
    "/pilotage/projet/csv",
    f"/revue/{builders.GROUP}",
    f"/revue/{builders.GROUP}/contributions",
    f"/revue/{builders.GROUP}/carte",
    f"/revue/{builders.GROUP}/registre",
    f"/revue/{builders.GROUP}/synthese",
    "/animation/",
    "/copil/",
    "/copil/synthese",
    "/copil/reunions/",
)
EVERYONE = (
    "/",
    "/feuille-de-route/",
    "/feuille-de-route/?q=minibus",
    "/feuille-de-route/versions",
    "/feuille-de-route/version/2",
    "/feuille-de-route/comparer?de=1&a=2",
    "/feuille-de-route/version/2/json",
    "/feuille-de-route/version/2/csv",
    "/feuille-de-route/version/2/html",
    "/feuille-de-route/flux.atom",
    "/donnees-ouvertes",
    "/donnees-ouvertes/items.csv",
    "/api/v1/roadmap",
    "/api/v1/items",
    "/api/v1/items?q=minibus",
    "/api/v1/sources",
    "/api/v1/indicators",
    "/api/v1/ledger",
)


@pytest.fixture
def client(browser_of, things):
    return browser_of("commissaire")


@pytest.fixture
def page(client):
    """The page of an item that was just added, complete."""
    added = post(client, f"{DESK}/fiches", DESK, title=TITLE, group=builders.GROUP)
    assert added.status_code == 303
    saved = write(client, added.location)
    assert saved.status_code == 303
    return added.location


def write(client, page, **changes):
    """Send the form of an item, with the version that its page shows."""
    version = read(client.get(page)).value("version")
    return post(client, page, **FIELDS | {"version": version} | changes)


def move(client, page, *statuses, reason=""):
    """Take an item through some states, and return the last answer."""
    for status in statuses:
        version = read(client.get(page)).value("version")
        fields = {"status": status, "version": version, "reason": reason}
        answer = post(client, f"{page}/etat", page, **fields)
    return answer


def follow(client, page):
    """Give an item what is measured, dated and paid."""
    parts = f"{page}/suivi"
    for part, fields in (
        ("indicateurs/", {"name": "Trajets", "unit": "trajets", "target": "100"}),
        ("jalons", {"title": "Acheter le minibus", "due_date": "2020-01-31"}),
        ("budget", {"year": "2024", "funder": "Département", "amount": "9000"}),
    ):
        assert post(client, f"{page}/{part}", parts, **fields).status_code == 303


def test_it_is_added_on_the_page_of_its_pact(client, page):
    desk = read(client.get(DESK))
    assert "Ajouter une fiche propre à ce pacte" in desk.text
    assert page in desk.links
    form = read(client.get(page)).text
    assert "propre à\xa0: Pacte local de la Sarthe" in form
    assert "elle ne vient pas des contributions de la région" in form
    assert "Sans source visible" not in form
    assert "À remplir avant de soumettre" not in form
    listed = read(client.get("/pilotage/feuilles"))
    assert page in listed.links
    for words in (REFERENCE, TITLE, "Sarthe", "Département de la Sarthe", "brouillon"):
        assert words in listed.text


def test_the_directory_says_in_which_pact_an_organisation_leads(client, page):
    shown = read(client.get("/pilotage/organismes/"))
    assert page in shown.links
    assert f"{REFERENCE} (Sarthe)" in shown.text
    assert "52-AAD-001 (" not in shown.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " ", "group": builders.GROUP}, "Donnez un intitulé"),
        ({"title": "x" * 400, "group": builders.GROUP}, "L’intitulé"),
        ({"title": "Un minibus", "group": "ailleurs"}, "Thème"),
        ({"title": "Un minibus"}, "Thème"),
    ],
)
def test_what_cannot_begin_one_is_kept_and_refused(client, fields, words):
    answer = post(client, f"{DESK}/fiches", DESK, **fields)
    assert answer.status_code == 422
    shown = read(answer)
    assert words in shown.text
    assert shown.value("title").strip() == fields["title"].strip()
    assert "Aucune fiche propre" in read(client.get(DESK)).text


def test_a_roadmap_that_is_not_local_has_none(client):
    for slug in ("nulle-part", "pays-de-la-loire"):
        token = read(client.get(DESK)).value("csrf_token")
        fields = {"csrf_token": token, "title": "Un minibus", "group": builders.GROUP}
        assert client.post(f"/pilotage/feuilles/{slug}/fiches", data=fields).status_code == 404


def test_one_without_a_lead_is_not_adopted(client, page):
    assert write(client, page, lead="").status_code == 303  # a draft may lack it
    assert move(client, page, "submitted").status_code == 422
    assert write(client, page).status_code == 303
    assert move(client, page, "submitted", "adopted").status_code == 303
    emptied = write(client, page, lead="")
    assert emptied.status_code == 409
    assert "pilote" in read(emptied).text


def test_two_people_do_not_write_over_each_other(client, browser_of, page):
    seen = read(client.get(page)).value("version")
    facilitator = browser_of("animation")
    assert write(facilitator, page, measure="2.1").status_code == 303
    late = write(client, page, measure="2.2", version=seen)
    assert late.status_code == 409
    assert "Ce que vous avez écrit est conservé" in late.text
    assert "2.2" in late.text


def test_whoever_may_write_a_regional_item_may_write_it(client, browser_of, page):
    facilitator = browser_of("animation")
    assert move(facilitator, page, "submitted").status_code == 303
    assert move(facilitator, page, "adopted").status_code == 404
    crumbs = read(facilitator.get(page)).links
    assert DESK not in crumbs  # that desk is not theirs
    assert read(client.get(page)).links.count(DESK) == 1
    for name, status in (("voisin", 404), ("copil", 403), ("anonymous", 303)):
        assert browser_of(name).get(page).status_code == status


def test_its_states_and_parts_are_told_where_its_pact_is(client, browser_of, page):
    assert move(client, page, "submitted", "adopted", "in_progress").status_code == 303
    follow(client, page)
    assert publish(client, DESK).status_code == 303
    anyone = browser_of("anonymous")
    shown = read(anyone.get(PUBLIC))
    assert "1\xa0fiche action propre à ce pacte" in shown.text
    assert shown.text.index(REFERENCE) < shown.text.index("52-AAD-001")
    item = f"{PUBLIC}/version/2/fiches/{REFERENCE}"
    assert item in shown.links
    told = read(anyone.get(item)).text
    for words in (TITLE, "propre à ce pacte", "Trajets", "Acheter le minibus", "9\u202f000"):
        assert words in told
    assert "elle ne vient pas des contributions de la région" in told
    assert "Ce qui a été dit" not in told
    for address in (
        f"{PUBLIC}/version/2/json",
        f"{PUBLIC}/version/2/csv",
        f"{PUBLIC}/version/2/html",
        f"{PUBLIC}/comparer?de=1&a=2",
        "/donnees-ouvertes/sarthe/items.csv",
        "/api/v1/items?roadmap=sarthe",
        f"/api/v1/items/{REFERENCE}?roadmap=sarthe",
    ):
        assert TITLE in anyone.get(address).get_data(as_text=True)
    assert f"{PUBLIC}/version/2" in anyone.get(f"{PUBLIC}/flux.atom").text


def test_no_list_of_the_region_begins_to_show_it(client, browser_of, page, things):
    before = [browser_of("anonymous").get("/feuille-de-route/version/1/csv").data]
    assert move(client, page, "submitted").status_code == 303
    seen = browser_of("anonymous")
    meetings = "/copil/reunions/"
    planned = post(client, meetings, starts_at="2027-01-10T09:00", place="Nantes")
    agendas = [planned.location, f"{meetings}{things['meeting']}"]
    assert all(REFERENCE not in client.get(agenda).text for agenda in agendas)
    assert move(client, page, "adopted", "in_progress").status_code == 303
    follow(client, page)
    for desk in (DESK, "/pilotage/"):
        assert publish(client, desk).status_code == 303
    addresses = [(client, address) for address in (*STAFF, *agendas)]
    addresses += [(seen, address) for address in EVERYONE]
    addresses += [(seen, f"/suivi/{things['published_receipt']}")]
    for browser, address in addresses:
        answer = browser.get(address)
        assert (address, answer.status_code) == (address, 200)
        text = answer.get_data(as_text=True)
        found = [words for words in (REFERENCE, TITLE, page) if words in text]
        assert (address, found) == (address, [])
    for missing in (
        f"/feuille-de-route/{REFERENCE}",
        f"/feuille-de-route/version/2/fiches/{REFERENCE}",
        f"/api/v1/items/{REFERENCE}",
    ):
        assert seen.get(missing).status_code == 404
    assert [seen.get("/feuille-de-route/version/1/csv").data] == before


def test_acts_on_items_of_the_region_do_not_reach_it(client, page, things):
    public_id, regional = page.rsplit("/", 1)[1], things["item"]
    chosen = {"chosen": [public_id, regional], "lead": "", "due_date": ""}
    answers = [
        post(client, "/pilotage/fiches/lot", "/pilotage/", strand="2", priority="", **chosen),
        post(client, "/pilotage/fiches/reunir", "/pilotage/", **chosen),
        post(client, f"{DESK}/reprendre", DESK, chosen=[public_id]),
        post(client, f"{DESK}/fiches/{public_id}/rendre", DESK),
        post(
            client,
            f"/copil/reunions/{things['meeting']}",
            starts_at="2024-03-14T10:00",
            **{f"{public_id}-verdict": "adopt"},  # it is not on the agenda
        ),
    ]
    assert [answer.status_code for answer in answers] == [*[409] * 4, 303]
    assert "brouillon" in read(client.get(page)).text


def test_another_pact_neither_offers_nor_publishes_it(app, client, browser_of, page, things):
    fields = {"title": "Pacte local de la Mayenne", "territory": "53"}
    fields |= {"starts_on": "2024-01-01", "ends_on": "2027-12-31"}
    other = post(client, "/pilotage/feuilles", **fields).location
    assert TITLE not in client.get(other).text
    public_id = page.rsplit("/", 1)[1]
    assert post(client, f"{other}/reprendre", other, chosen=[public_id]).status_code == 409
    assert post(client, f"{other}/fiches/{public_id}/rendre", other).status_code == 409
    chosen = [things["complete_item"]]
    assert post(client, f"{other}/reprendre", other, chosen=chosen).status_code == 303
    assert move(client, page, "submitted", "adopted").status_code == 303
    for desk in (other, DESK):
        assert publish(client, desk).status_code == 303
    anyone = browser_of("anonymous")
    mayenne = "/feuilles-de-route/mayenne"
    assert TITLE not in anyone.get(mayenne).text
    assert anyone.get(f"{mayenne}/version/1/fiches/{REFERENCE}").status_code == 404
    assert anyone.get(f"/api/v1/items/{REFERENCE}?roadmap=mayenne").status_code == 404


def test_a_withdrawn_version_takes_it_off_the_public_pages_only(client, browser_of, page):
    assert move(client, page, "submitted", "adopted").status_code == 303
    assert publish(client, DESK).status_code == 303
    act, shown = f"{DESK}/versions/2/retirer", f"{PUBLIC}/version/2"
    assert post(client, act, shown, reason="Une erreur").status_code == 303
    anyone = browser_of("anonymous")
    assert TITLE not in anyone.get(PUBLIC).text
    assert anyone.get(f"{shown}/fiches/{REFERENCE}").status_code == 410
    assert TITLE not in anyone.get("/api/v1/items?roadmap=sarthe").text
    assert page in read(client.get(DESK)).links
    assert "adoptée" in read(client.get(page)).text


def test_a_file_of_items_does_not_take_it_for_one_of_the_region(client, page):
    rows = f"Référence;Intitulé\n{REFERENCE};Des bus\n".encode()
    file = (io.BytesIO(rows), "fiches.csv")
    sent = post(client, "/pilotage/reprise/fiches", "/pilotage/reprise", **{"items-file": file})
    assert sent.status_code == 303
    assert "Importer 1\xa0fiche" in read(client.get(sent.location)).text


def test_a_pact_of_its_own_items_alone_says_what_it_is(app, client, browser_of, page, things):
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        sarthe = local_roadmaps.get_local(session, slug="sarthe")
        (own,) = local_roadmaps.list_own(session, roadmap=sarthe)
        builders.move(session, own, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=actor)
    back = f"{DESK}/fiches/{things['complete_item']}/rendre"
    assert post(client, back, DESK).status_code == 303
    assert "Aucune fiche reprise" in read(client.get(DESK)).text
    assert publish(client, DESK).status_code == 303
    shown = read(browser_of("anonymous").get(PUBLIC)).text
    assert "Sarthe\xa0: 1\xa0fiche action propre à ce pacte." in shown
    assert "née de" not in shown
