"""The commissioner's screens: an item followed up, the committee, the directory, the order."""

import io

import pytest

from tests import builders
from tests.functional.browsing import post, publish, read
from tests.functional.forms import forms_of
from webapp.collection.models import Contribution
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.roadmap import batch_edits, items
from webapp.roadmap.models import ItemStatus


@pytest.fixture
def item(things):
    """The address of a draft item."""
    return f"/pilotage/fiches/{things['item']}"


@pytest.fixture
def submitted(app, things):
    """The public identifier of an item that waits for the committee."""
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        found = builders.item(session, actor=actor)
        builders.move(session, found, ItemStatus.SUBMITTED, actor=actor)
        return found.public_id


def status_of(app, public_id):
    with app.app_context():
        return items.get_item(db.session(), public_id=public_id).status


def send(client, item, path, **fields):
    return post(client, f"{item}/{path}", f"{item}/suivi", **fields)


def test_an_indicator_is_followed_from_its_start_to_its_target(item, browser_of):
    client = browser_of("animation")
    fields = {"name": "Trajets", "unit": "trajets", "baseline": "0", "baseline_on": "2024-01-01"}
    fields |= {"target": "1 200,5", "target_on": "2027-01-01", "baseline_source": "Aléop"}
    assert send(client, item, "indicateurs/", **fields).status_code == 303
    page = read(client.get(f"{item}/suivi"))
    assert "1\u202f200,5 trajets" in page.text.replace("\xa0", " ")
    path = "indicateurs/2/mesures"
    measured = send(client, item, path, on="2024-06-01", value="600", territory="52", source="x")
    assert measured.status_code == 303
    content = b"date;valeur;territoire\n2024-12-01;1300;\n2024-12-01;12;Sarthe\n"
    file = (io.BytesIO(content), "mesures.csv")
    assert send(client, item, "indicateurs/2/fichier", file=file).status_code == 303
    page = read(client.get(f"{item}/suivi"))
    assert "objectif atteint" in page.text
    assert page.count("polyline") == 2 + 1  # the other indicator has a curve too
    assert "Sarthe" in page.text


def test_a_file_that_is_wrong_says_where_and_stores_nothing(item, browser_of):
    client = browser_of("animation")
    file = (io.BytesIO(b"date;valeur\n2024-12-01;3\nhier;4\n"), "mesures.csv")
    answer = send(client, item, "indicateurs/1/fichier", file=file)
    assert answer.status_code == 422
    assert "Ligne 3\u00a0: date illisible" in read(answer).text
    assert "1er\xa0décembre 2024" not in read(client.get(f"{item}/suivi")).text


NUMBERS = {"12,5": "12,5", "1\u202f234": "1234", "0": "0", "-3.10": "-3,1", "1e3": "1000"}


@pytest.mark.parametrize(("typed", "shown"), NUMBERS.items())
def test_a_number_is_read_and_shown_in_french(item, browser_of, typed, shown):
    client = browser_of("animation")
    saved = send(client, item, "indicateurs/1", name="Bus", target=typed)
    assert saved.status_code == 303
    page = read(client.get(f"{item}/suivi"))
    values = [attrs.get("value") for _, attrs in page.tags if attrs.get("name") == "target"]
    assert shown in values


@pytest.mark.parametrize("typed", ["beaucoup", "NaN", "-Infinity", "1e400", "12,5,5", "10" * 9])
def test_what_is_no_number_is_kept_and_refused(item, browser_of, typed):
    answer = send(browser_of("animation"), item, "indicateurs/1", name="Bus", target=typed)
    assert answer.status_code == 422
    page = read(answer)
    assert "Écrivez un nombre" in page.text
    values = [attrs.get("value") for _, attrs in page.tags if attrs.get("name") == "target"]
    assert typed in values


def test_milestones_money_and_links_come_and_go(item, browser_of):
    client = browser_of("animation")
    steps = {
        "jalons": {"title": "Premier bilan", "due_date": "2026-01-31"},
        "jalons/1": {"done_on": "2024-01-09"},
        "budget": {"year": "2025", "funder": "Région", "amount": "40000"},
        "liens": {"kind": "initiative", "label": "Garage solidaire", "stand": ""},
    }
    for path, fields in steps.items():
        assert send(client, item, path, **fields).status_code == 303, path
    text = read(client.get(f"{item}/suivi")).text.replace("\xa0", " ").replace("\u202f", " ")
    for words in ("Premier bilan", "franchi le 9 janvier 2024", "52 000 €", "Garage solidaire"):
        assert words in text
    for path in ("jalons/1/retirer", "budget/1/retirer", "liens/1/retirer"):
        assert send(client, item, path).status_code == 303, path
    text = read(client.get(f"{item}/suivi")).text
    assert "Signer la convention" not in text
    assert "Pacte local de la Sarthe" not in text


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("jalons", {"title": "", "due_date": "2026-01-31"}, "Dites ce qui doit être fait"),
        ("jalons/1", {"done_on": "2999-01-01"}, "Ces dates ne se suivent pas"),
        ("budget", {"year": "12", "funder": "x", "amount": "-1"}, "Écrivez une année"),
        ("liens", {"kind": "pact", "label": "", "stand": ""}, "texte est vide"),
        (
            "liens",
            {"kind": "pact", "label": "x", "website": "javascript://x.org/%0a1", "stand": ""},
            "https://",
        ),
        ("indicateurs/1/retirer", {}, "Cet indicateur a des mesures"),
        ("indicateurs/1/mesures", {"on": "2999-01-01", "value": "1", "territory": "52"}, "avenir"),
    ],
)
def test_what_cannot_be_is_said_on_the_page_where_it_was_typed(
    item, browser_of, path, fields, words
):
    answer = send(browser_of("animation"), item, path, **fields)
    assert answer.status_code == 422
    page = read(answer)
    assert words in page.text or words.lower() in page.text.lower()
    assert "Signer la convention" in page.text


def test_the_committee_adopts_and_the_minutes_say_so(app, things, submitted, browser_of):
    client = browser_of("commissaire")
    planned = post(client, "/copil/reunions/", starts_at="2024-03-14T10:00", place="Nantes")
    assert planned.status_code == 303
    meeting = planned.location
    page = read(client.get(meeting))
    assert "14 mars 2024" in page.text.replace("\xa0", " ")
    assert "Des bus le dimanche" in page.text
    held = {"starts_at": "2024-03-14T10:00", "place": "Nantes"}
    assert post(client, meeting, **held, **{f"{submitted}-verdict": "adopt"}).status_code == 303
    assert status_of(app, submitted) is ItemStatus.ADOPTED
    point = f"{meeting}/ordre-du-jour"
    assert post(client, point, meeting, **held, item="", title="Calendrier").status_code == 303
    version = read(client.get(meeting)).value("version")
    fields = held | {"place": "Le Mans", "version": version}
    fields |= {"attendees": "DREETS\nCAF", "minutes": "Le comité se félicite."}
    assert post(client, meeting, **fields).status_code == 303
    assert post(client, meeting, **fields).status_code == 409
    told = fields | {"version": read(client.get(meeting)).value("version")}
    told["minutes"] += "\nIl se revoit en juin."  # typed, and never saved by itself
    assert post(client, f"{meeting}/relire", meeting, **told).location == f"{meeting}/arreter"
    frozen = read(client.get(f"{meeting}/arreter"))
    for words in ("Il se revoit en juin.", "DREETS", "Adoptée", "Calendrier"):
        assert words in frozen.text
    close = f"{meeting}/clore"
    assert post(client, close, meeting, version=version).status_code == 409  # seen before
    assert post(client, close, meeting, version=frozen.value("version")).status_code == 303
    assert client.get(f"{meeting}/arreter").status_code == 303
    assert post(client, meeting, "/copil/reunions/", **fields).status_code == 409
    observer = browser_of("copil")
    text = read(observer.get(f"{meeting}/compte-rendu")).text
    for words in (
        "Adoptée",
        "Le Mans",
        "DREETS",
        "Le comité se félicite.",
        "en juin",
        "Calendrier",
        "Arrêté",
    ):
        assert words in text
    assert "Enregistrer" not in read(observer.get(meeting)).text


HELD = {"starts_at": "2024-03-14T10:00", "place": "Nantes", "minutes": "Dit en séance."}


@pytest.fixture
def two_submitted(app, submitted):
    """The public identifiers of two items that wait for the committee."""
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        other = builders.item(session, actor=actor)
        other.public_id = "g9dc2ZnIm2w_"  # one identifier in sixty-four ends so
        builders.move(session, other, ItemStatus.SUBMITTED, actor=actor)
        return submitted, other.public_id


def plan(client):
    return post(client, "/copil/reunions/", starts_at="2024-03-14T10:00", place="Nantes").location


def test_all_the_decisions_of_the_page_are_saved_or_none(app, two_submitted, browser_of):
    client, (first, second) = browser_of("commissaire"), two_submitted
    meeting = plan(client)
    chosen = HELD | {f"{first}-verdict": "adopt", f"{second}-verdict": "postpone"}
    refused = post(client, meeting, **chosen)
    assert refused.status_code == 422
    page = read(refused)
    assert "Il manque une raison" in page.text
    assert "Dit en séance." in page.text
    assert {status_of(app, item) for item in two_submitted} == {ItemStatus.SUBMITTED}
    alone = post(client, meeting, **HELD, **{f"{second}-reason": "Trop tôt."})
    assert alone.status_code == 422
    assert "Choisissez une décision, ou effacez la raison." in read(alone).text
    assert "Trop tôt." in read(alone).text
    assert post(client, meeting, **chosen, **{f"{second}-reason": "Trop tôt."}).status_code == 303
    assert [status_of(app, item) for item in two_submitted] == [
        ItemStatus.ADOPTED,
        ItemStatus.SUBMITTED,
    ]
    text = read(client.get(f"{meeting}/compte-rendu")).text
    for words in ("Dit en séance.", "Adoptée", "Reportée", "Trop tôt."):
        assert words in text


def test_changing_the_agenda_loses_nothing_of_the_page(app, submitted, browser_of):
    client, first = browser_of("commissaire"), submitted
    meeting = plan(client)
    typed = HELD | {f"{first}-verdict": "refuse", f"{first}-reason": "Hors sujet."}
    page = read(post(client, f"{meeting}/ordre-du-jour", meeting, **typed, title="Calendrier"))
    assert "Hors sujet." in page.text
    assert "Calendrier" in page.text
    assert status_of(app, first) is ItemStatus.SUBMITTED  # nothing was decided by that
    saved = read(client.get(meeting))
    assert "Dit en séance." in saved.text
    assert page.value("version") == saved.value("version")  # what is sent next is no conflict
    assert post(client, meeting, **HELD, title="Divers").status_code == 303
    assert "Divers" in read(client.get(meeting)).text


def test_the_minutes_of_a_meeting_to_come_are_saved_and_not_frozen(things, browser_of):
    client = browser_of("commissaire")
    ahead = {"starts_at": "2031-03-14T10:00", "place": "Nantes"}
    meeting = post(client, "/copil/reunions/", **ahead).location
    version = read(client.get(meeting)).value("version")
    written = ahead | {"attendees": "CAF", "minutes": "À préparer.", "version": version}
    assert post(client, f"{meeting}/relire", meeting, **written).status_code == 303
    page = read(client.get(f"{meeting}/arreter"))
    assert "n’a pas encore eu lieu" in page.text
    assert "À préparer." in page.text
    refused = post(client, f"{meeting}/clore", meeting, version=page.value("version"))
    assert refused.status_code == 409
    assert "À préparer." in read(client.get(f"{meeting}/compte-rendu")).text


WRITTEN = {
    "title": "Des bus le dimanche",
    "strand": "2",
    "finding": "On attend le bus.",
    "objective": "Aller partout sans voiture.",
    "lead": "Région",
    "due_date": "2031-05-01",
}


def test_submitting_an_item_saves_what_its_page_holds(app, things, item, browser_of):
    client = browser_of("animation")
    before = read(client.get(item)).value("version")
    submit = WRITTEN | {"status": "submitted", "version": before}
    assert post(client, f"{item}/etat", item, **submit).status_code == 303
    page = read(client.get(item))
    assert status_of(app, things["item"]) is ItemStatus.SUBMITTED
    assert "Aller partout sans voiture." in page.text
    assert page.value("due_date") == "2031-05-01"
    stale = WRITTEN | {"objective": "Autre chose.", "status": "draft", "version": before}
    refused = post(client, f"{item}/etat", item, **stale)
    assert refused.status_code == 409
    assert "Autre chose." in read(refused).text
    assert status_of(app, things["item"]) is ItemStatus.SUBMITTED


@pytest.fixture
def two_sources(app, things):
    """The address of a draft item that answers two groups."""
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        made = [builders.item(session, actor=actor) for _ in range(2)]
        who = Actor(id=actor.id, now=builders.NOW)
        batch_edits.merge(session, chosen=made, reason="Réunie", actor=who)
        return f"/pilotage/fiches/{made[0].public_id}"


def whole(page, **more):
    """Return what the form of a page sends, as a browser without scripts does."""
    form = next(one for one in forms_of("", page) if one.typed)
    return form.values(**{"strand": "3", "priority": "9"} | more)  # lists: read apart


def test_splitting_an_item_first_saves_what_its_page_holds(two_sources, browser_of):
    client, item = browser_of("animation"), two_sources
    page = client.get(item)
    sources = [attrs["value"] for _, attrs in read(page).tags if attrs.get("name") == "sources"]
    typed = whole(page, objective="Écrit avant de séparer.", new_title="L’autre moitié")
    refused = client.post(f"{item}/separer", data=typed | {"new_title": " "})
    assert refused.status_code == 422
    assert "Donnez un intitulé à la nouvelle fiche." in read(refused).text
    nothing = client.post(f"{item}/separer", data=whole(refused, new_title="L’autre moitié"))
    assert nothing.status_code == 422
    assert "Rien à faire de cette sélection" in read(nothing).text
    sent = whole(nothing) | {"sources": sources[1:], "objective": "Écrit ensuite."}
    assert sent["new_title"] == "L’autre moitié"
    done = client.post(f"{item}/separer", data=sent)
    assert done.status_code == 303
    assert "L’autre moitié" in read(client.get(done.location)).text
    assert "Écrit ensuite." in read(client.get(item)).text


def test_saving_an_item_gives_back_the_words_of_its_other_acts(two_sources, browser_of):
    client, item = browser_of("animation"), two_sources
    typed = {"new_title": "L’autre moitié", "reason": "Il manque un financeur", "lead": "Aléop"}
    saved = client.post(item, data=whole(client.get(item), **typed))
    assert saved.status_code == 200
    assert "Fiche enregistrée." in read(saved).text
    assert whole(saved) | typed == whole(saved)
    again = client.post(item, data=whole(saved, new_title="", reason=""))
    assert (again.status_code, again.location) == (303, item)


def test_a_refused_change_of_state_keeps_the_fields_and_the_reason(app, things, item, browser_of):
    client = browser_of("animation")
    version = read(client.get(item)).value("version")
    typed = WRITTEN | {"lead": "", "status": "submitted", "reason": "Une raison longue"}
    refused = post(client, f"{item}/etat", item, **typed, version=version)
    assert refused.status_code == 422
    assert "Une raison longue" in read(refused).text
    # What was saved meanwhile is no conflict with oneself.
    again = client.post(f"{item}/etat", data=whole(refused, status="submitted"))
    assert again.status_code == 422
    assert "On attend le bus." in read(client.get(item)).text
    assert status_of(app, things["item"]) is ItemStatus.DRAFT


def test_an_item_is_abandoned_with_a_reason_that_is_kept(app, things, submitted, browser_of):
    client, item = browser_of("commissaire"), f"/pilotage/fiches/{submitted}"
    version = read(client.get(item)).value("version")
    refused = post(client, f"{item}/etat", item, status="abandoned", version=version)
    assert refused.status_code == 422
    reason = "Le financeur s’est retiré"
    done = post(client, f"{item}/etat", item, status="abandoned", version=version, reason=reason)
    assert done.status_code == 303
    assert reason in read(client.get(item)).text


ADOPTED = WRITTEN | {"lead": "Région Pays de la Loire", "priority": "9"}


def test_an_adopted_item_is_plain_text_for_a_facilitator(things, browser_of):
    client, item = browser_of("animation"), f"/pilotage/fiches/{things['complete_item']}"
    page = read(client.get(item))
    assert not [attrs for tag, attrs in page.tags if tag in {"textarea", "select"}]
    for words in ("Ce qui est décidé ne change plus ici", "Aucun bus ne dessert", "30 juin 2025"):
        assert words in page.text.replace("\xa0", " ")
    typed = ADOPTED | {"finding": "Un autre constat,\nécrit avant l’adoption."}
    for path, more in (("", {}), ("/etat", {"status": "draft"})):
        refused = post(client, f"{item}{path}", item, **typed, **more)
        assert refused.status_code == 409
        told = read(refused).text
        assert "Ce qui est décidé dans la fiche 52-AAD-001 ne change plus ici" in told
        assert "écrit avant l’adoption." in told  # nothing typed is lost
    assert "Un autre constat" not in read(client.get(item)).text


def test_the_commissioner_changes_an_adopted_item_with_a_reason_that_the_next_version_tells(
    things, browser_of, client
):
    staff, item = browser_of("commissaire"), f"/pilotage/fiches/{things['complete_item']}"
    reason = "Le financement vient plus tard."
    typed = ADOPTED | {"version": read(staff.get(item)).value("version")}
    refused = post(staff, item, **typed)
    assert refused.status_code == 422
    assert "Il manque une raison" in read(refused).text
    assert "Aller partout sans voiture." in read(refused).text
    assert post(staff, item, **typed, amendment=reason).status_code == 303
    assert reason in read(staff.get(item)).text
    # Saved as it stands, by a button of its state: nothing to explain.
    again = typed | {"version": read(staff.get(item)).value("version"), "status": "in_progress"}
    assert post(staff, f"{item}/etat", item, **again).status_code == 303
    assert reason in read(staff.get("/pilotage/publier")).text
    assert publish(staff).status_code == 303
    told = f"Fiche changée (axe, constat, objectif, échéance)\xa0: {reason}"
    public = "/feuille-de-route"
    assert told in read(client.get(f"{public}/52-AAD-001")).text
    assert reason in read(client.get(f"{public}/comparer")).text
    for name in ("html", "json"):
        assert reason in client.get(f"{public}/version/2/{name}").text


def test_items_are_arranged_many_at_once(app, things, submitted, browser_of):
    client, home = browser_of("commissaire"), "/pilotage/"
    chosen = [submitted, things["item"]]
    nothing = post(client, "/pilotage/fiches/lot", home, chosen=chosen)
    assert nothing.status_code == 422
    batch = {"chosen": chosen, "priority": "1", "lead": "Aléop", "strand": ""}
    assert post(client, "/pilotage/fiches/lot", home, **batch).status_code == 303
    page = read(client.get(home))
    assert page.text.count("haute") == 2 + 0
    assert page.text.count("Aléop") == 2 + 1  # the filter offers it
    for view in ("etats", "calendrier"):
        assert "Des bus le dimanche" in read(client.get(f"{home}?vue={view}")).text
    merged = post(client, "/pilotage/fiches/reunir", home, chosen=chosen)
    assert merged.status_code == 303
    assert status_of(app, submitted) is ItemStatus.ABANDONED
    assert "Fiche réunie à une autre" in read(client.get(f"/pilotage/fiches/{submitted}")).text
    item = merged.location
    page = read(client.get(item))
    sources = [a["value"] for _, a in page.tags if a.get("name") == "sources"]
    assert len(sources) == 2
    split = post(client, f"{item}/separer", item, sources=sources[1:], new_title="L’autre moitié")
    assert split.status_code == 303
    assert "L’autre moitié" in read(client.get(split.location)).text
    assert post(client, "/pilotage/chapitres", home, basis="group").status_code == 303
    assert "suivent les groupes de travail" in read(client.get("/pilotage/versions")).text


def test_the_directory_gives_one_name_everywhere(things, browser_of):
    client, home = browser_of("commissaire"), "/pilotage/organismes/"
    fields = {"name": "Aléop", "kind": "operator", "territory": "52", "contact": "Accueil"}
    assert post(client, home, **fields).status_code == 303
    assert post(client, home, **fields | {"name": "ALEOP"}).status_code == 409
    assert post(client, home, **fields | {"name": ""}).status_code == 422
    page = read(client.get(home))
    lead = next(link for link in page.links if link.startswith(home) and len(link) > len(home))
    renamed = post(client, lead, **fields | {"name": "Le nouveau nom"})
    assert renamed.status_code == 303
    assert "Le nouveau nom" in read(client.get(home)).text
    wrong = post(client, lead, **fields | {"website": "pas une adresse"})
    assert wrong.status_code == 422


def test_the_last_source_of_an_adopted_item_leaves_with_its_author_only(app, things, browser_of):
    client, page = browser_of("commissaire"), f"/pilotage/fiches/{things['complete_item']}"
    queue = f"/animation/moderation/{builders.GROUP}"
    with app.app_context(), transaction() as session:
        found = session.query(Contribution).filter(Contribution.body.in_(builders.IDEAS[:3]))
        said = [(one.public_id, one.receipt) for one in found]
    fields = {"kind": "set_aside", "reason": "Doublon"}
    answers = [post(client, f"{queue}/{one}", **fields) for one, _ in said]
    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert "La fiche 52-AAD-001 ne répond plus qu’à cette contribution" in read(answers[-1]).text
    assert "Sans source visible" not in read(client.get(page)).text
    follow = f"/suivi/{said[-1][1]}"
    assert post(client, f"{follow}/retirer", follow).status_code == 409  # signed in: no author
    author = app.test_client()
    assert post(author, f"{follow}/retirer", follow).status_code == 303
    for address in (page, "/pilotage/"):
        assert "Sans source visible" in read(client.get(address)).text


def test_the_committee_prints_the_whole_roadmap(things, browser_of):
    page = read(browser_of("copil").get("/copil/synthese"))
    for words in ("Ce qui est venu", "52-AAD-001", "adoptée", "non précisé", "État des fiches"):
        assert words in page.text
    assert "52-AAD-002" not in page.text  # a draft


@pytest.mark.parametrize("local", [False, True])
def test_the_next_version_bears_the_title_and_the_period_that_are_set(things, browser_of, local):
    client = browser_of("commissaire")
    desk = f"/pilotage/feuilles/{things['roadmap']}" if local else "/pilotage/versions"
    page = f"{desk.removesuffix('/versions')}/intitule"
    public = f"/feuilles-de-route/{things['roadmap']}" if local else "/feuille-de-route/"
    assert page in read(client.get(desk)).links
    before = read(client.get(public)).text
    fields = {"title": "Pacte des solidarités II", "starts_on": "2028-01-01"}
    wrong = post(client, page, **fields, ends_on="2027-12-31")
    assert wrong.status_code == 422
    assert "Pacte des solidarités II" in wrong.text  # what was typed is kept
    assert post(client, page, **fields | {"title": " "}, ends_on="2031-12-31").status_code == 422
    done = post(client, page, **fields, ends_on="2031-12-31")
    assert (done.status_code, done.location) == (303, desk)
    assert "la prochaine version les portera" in read(client.get(done.location)).text
    assert read(client.get(public)).text == before  # what was published stays as it was
    assert publish(client, desk.removesuffix("versions")).status_code == 303
    after = read(client.get(public)).text
    assert "Pacte des solidarités II" in after
    assert "2028–2031" in after


def test_a_department_takes_up_regional_items(things, browser_of):
    client, home = browser_of("commissaire"), "/pilotage/feuilles"
    fields = {"title": "Pacte local de la Vendée", "territory": "85"}
    fields |= {"starts_on": "2024-01-01", "ends_on": "2027-12-31"}
    made = post(client, home, **fields)
    assert made.status_code == 303
    assert post(client, home, **fields).status_code == 409
    assert post(client, home, **fields | {"title": ""}).status_code == 422
    page, item = made.location, things["complete_item"]
    assert post(client, f"{page}/reprendre", page).status_code == 422
    assert post(client, f"{page}/reprendre", page, chosen=[item]).status_code == 303
    draft = client.get(f"{page}/projet/html")
    assert "Vendée" in draft.text
    published = publish(client, page)
    assert published.status_code == 303
    anyone = browser_of("anonymous")
    shown = read(anyone.get(published.location))
    assert "52-AAD-001" in shown.text
    files = [link for link in shown.links if "/version/1/" in link and "/fiches/" not in link]
    assert len(files) == 9
    assert b"52-AAD-001" in anyone.get(next(f for f in files if f.endswith("/csv"))).data
    assert "Vendée" in read(anyone.get("/feuilles-de-route")).text
    back = post(client, f"{page}/fiches/{item}/rendre", page)
    assert back.status_code == 303
    assert "Aucune fiche reprise" in read(client.get(page)).text
