"""Versions on the screens: listed, checked, compared, withdrawn."""

import hashlib
import re

import pytest

from tests import builders
from tests.functional.browsing import confirm, post, read
from tests.functional.test_pages import names, structure, typography
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.publishing import publication
from webapp.roadmap import items, transitions
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.territory import roadmaps

ALL = "/feuille-de-route/versions"
EMAIL = "commissaire@example.org"
REASON = "Un nom restait dans la fiche 2"


@pytest.fixture
def second(app, things):
    """A second version, whose item has another objective and is in progress."""
    with app.app_context(), transaction() as session:
        user = builders.find_user(session, "commissaire@example.org")
        actor = Actor(id=user.id, now=builders.NOW)
        item = session.query(RoadmapItem).filter_by(reference=things["reference"]).one()
        fields = builders.item_fields(objective="Chacun peut aller à l’hôpital tous les jours.")
        items.save(session, item=item, fields=fields, actor=actor, reason="Le COPIL y tient.")
        transitions.set_status(session, item=item, status=ItemStatus.IN_PROGRESS, actor=actor)
        roadmap = roadmaps.main_roadmap(session)
        return publication.publish(session, roadmap=roadmap, actor=actor).number


def withdraw(client, number, reason=REASON):
    page = f"/feuille-de-route/version/{number}"
    return post(client, f"/pilotage/versions/{number}/retirer", page, reason=reason)


def test_every_version_has_its_address_and_keeps_what_it_said(client, things, second):
    listed = read(client.get(ALL))
    for number in (1, 2):
        assert f"/feuille-de-route/version/{number}" in listed.links
    assert "/feuille-de-route/comparer?de=1&a=2" in listed.links
    old = read(client.get("/feuille-de-route/version/1"))
    assert "Une version plus récente est en vigueur" in old.text
    assert "aller à l’hôpital le dimanche" in old.text
    assert "tous les jours" in read(client.get("/feuille-de-route/version/2")).text
    assert f"/feuille-de-route/version/1/fiches/{things['reference']}" in old.links
    item = read(client.get(f"/feuille-de-route/version/1/fiches/{things['reference']}"))
    assert "adoptée" in item.text
    assert "version 1" in item.text
    assert client.get("/feuille-de-route/version/1/fiches/nulle-part").status_code == 404
    assert client.get("/feuille-de-route/version/7").status_code == 404
    assert client.get(f"/feuille-de-route/version/{10**30}").status_code == 404


def test_anyone_checks_the_fingerprint_as_the_page_says(client, things, second):
    page = client.get(ALL)
    (command,) = re.findall(r"sed -E .*sha256sum", page.text)
    assert "sha256" in command
    content = client.get("/feuille-de-route/version/1/json").data
    emptied = re.sub(rb"(.sha256.:.)[0-9a-f]{64}", rb"\1", content)
    assert emptied != content
    assert hashlib.sha256(emptied).hexdigest() in read(page).text


def test_what_changed_is_shown_word_by_word_and_said_without_colours(client, things, second):
    answer = client.get("/feuille-de-route/comparer?de=1&a=2")
    page = read(answer)
    assert page.text.count("[ajouté\u00a0: ") == page.count("ins") - 1  # one explains
    assert "[retiré\u00a0: le dimanche][ajouté\u00a0: tous les jours]" in page.text
    assert "[retiré\u00a0: Adoptée][ajouté\u00a0: En cours]" in page.text
    assert "1\u00a0fiche changée" in page.text
    for check in (structure, names, typography):
        assert list(check(answer, page)) == []
    assert read(client.get("/feuille-de-route/comparer")).text == page.text


def test_the_same_version_twice_has_nothing_to_show(client, things, second):
    assert "disent la même chose" in read(client.get("/feuille-de-route/comparer?de=2&a=2")).text
    assert client.get("/feuille-de-route/comparer?de=1&a=9").status_code == 404
    odd = client.get("/feuille-de-route/comparer?de=abc&a=&a=2")
    assert odd.status_code == 200


def test_one_version_says_that_it_takes_two(client, things):
    assert "Il faut deux versions" in read(client.get("/feuille-de-route/comparer")).text


def test_a_withdrawn_version_is_gone_and_says_why(client, browser_of, things, second):
    chief = browser_of("commissaire")
    assert withdraw(chief, 2).location == ALL
    for url in ("2", "2/json", "2/pdf", f"2/fiches/{things['reference']}"):
        answer = client.get(f"/feuille-de-route/version/{url}")
        assert (url, answer.status_code) == (url, 410)
        assert REASON in read(answer).text
        assert "tous les jours" not in answer.text
    assert client.get("/feuille-de-route/comparer?de=1&a=2").status_code == 410
    assert "version 1" in read(client.get("/feuille-de-route/")).text
    assert client.get(f"/feuille-de-route/{things['reference']}").status_code == 200
    listed = client.get(ALL)
    assert REASON in read(listed).text
    assert "/feuille-de-route/comparer?de=1&a=2" not in read(listed).links
    assert "Publier la version 3" in read(chief.get("/pilotage/versions")).text
    assert list(typography(listed, read(listed))) == []
    gone = client.get("/feuille-de-route/version/2")
    assert [*structure(gone, read(gone)), *typography(gone, read(gone))] == []


def test_a_version_in_force_says_so_and_nobody_else_may_withdraw_it(client, browser_of, things):
    assert "Retirer cette version" not in read(client.get("/feuille-de-route/version/1")).text
    colleague = browser_of("animation")
    assert "Retirer" not in read(colleague.get("/feuille-de-route/version/1")).text
    token = read(colleague.get("/animation/")).value("csrf_token")
    fields = {"csrf_token": token, "reason": REASON}
    assert colleague.post("/pilotage/versions/1/retirer", data=fields).status_code == 403


def test_a_withdrawal_without_a_reason_or_done_twice_is_refused(browser_of, things, second):
    chief = browser_of("commissaire")
    answer = withdraw(chief, 2, reason=" ")
    assert answer.status_code == 422
    assert "Dites pourquoi" in read(answer).text
    assert withdraw(chief, 2, reason="x" * 301).status_code == 422
    token = read(chief.get("/feuille-de-route/version/2")).value("csrf_token")
    fields = {"csrf_token": token, "reason": "La mienne"}
    assert withdraw(chief, 2).status_code == 303
    again = chief.post("/pilotage/versions/2/retirer", data=fields)
    assert again.status_code == 409
    assert "La mienne" in again.text


def test_when_nothing_is_in_force_the_public_page_says_where_to_look(client, browser_of, things):
    withdraw(browser_of("commissaire"), 1)
    page = read(client.get("/feuille-de-route/"))
    assert "Aucune version n’est en vigueur" in page.text
    assert ALL in page.links
    assert client.get(f"/feuille-de-route/{things['reference']}").status_code == 404
    assert read(browser_of("copil").get("/copil/")).text


@pytest.fixture
def local(app, things, second):
    """A local roadmap published twice: its only item changed with the region's in between."""
    with app.app_context(), transaction() as session:
        user = builders.find_user(session, "commissaire@example.org")
        actor = Actor(id=user.id, now=builders.NOW)
        found = roadmaps.get_roadmap(session, slug=things["roadmap"])
        publication.publish(session, roadmap=found, actor=actor)
        item = session.query(RoadmapItem).filter_by(reference=things["reference"]).one()
        fields = builders.item_fields(objective="Chacun peut aller à l’hôpital la nuit.")
        items.save(session, item=item, fields=fields, actor=actor, reason="Dit en séance.")
        publication.publish(session, roadmap=found, actor=actor)
        return f"/feuilles-de-route/{found.slug}"


def test_a_local_roadmap_has_the_pages_of_the_regional_one(client, things, local):
    newest = len(read(client.get(f"{local}/versions")).text.split("Publiée le")) - 1
    now, before = read(client.get(local)), newest - 1
    assert f"version {newest}" in now.text
    assert f"{local}/versions" in now.links
    reference = things["reference"]
    assert f"{local}/version/{newest}/fiches/{reference}" in now.links
    assert "la nuit" in read(client.get(f"{local}/version/{newest}/fiches/{reference}")).text
    assert "la nuit" not in read(client.get(f"{local}/version/{before}/fiches/{reference}")).text
    answer = client.get(f"{local}/comparer?de={before}&a={newest}")
    changed = read(answer)
    assert "[ajouté\u00a0: la nuit]" in changed.text
    for page in (client.get(local), client.get(f"{local}/versions"), answer):
        for check in (structure, names, typography):
            assert list(check(page, read(page))) == []
        # Nothing on them leads to the region's versions instead of theirs.
        assert [link for link in read(page).links if "feuille-de-route/version" in link] == []
    assert [link for link in changed.links if "/feuille-de-route/comparer" in link] == []
    feed = client.get(f"{local}/flux.atom")
    assert feed.mimetype == "application/atom+xml"
    assert f"{local}/version/{newest}" in feed.text
    assert f"{local}/comparer?de={before}&amp;a={newest}" in feed.text
    found = client.get(f"{local}?q=zeppelin")
    assert "Aucune fiche ne correspond" in read(found).text
    assert client.get("/feuilles-de-route/pays-de-la-loire/versions").status_code == 404


def test_a_local_version_is_withdrawn_without_touching_the_region(browser_of, client, local):
    commissioner = browser_of("commissaire")
    slug = local.rsplit("/", 1)[1]
    number = max(map(int, re.findall(rf"{local}/version/(\d+)", client.get(local).text)))
    page, act = f"{local}/version/{number}", f"/pilotage/feuilles/{slug}/versions/{number}/retirer"
    assert "Retirer cette version" not in client.get(page).text
    assert "Retirer cette version" in commissioner.get(page).text
    assert post(commissioner, act, page, reason="").status_code == 422
    gone = post(commissioner, act, page, reason=REASON)
    assert (gone.status_code, gone.location) == (303, f"{local}/versions")
    assert client.get(page).status_code == 410
    assert client.get(f"{page}/csv").status_code == 410
    assert REASON in read(client.get(page)).text
    assert f"version {number - 1}" in read(client.get(local)).text
    assert client.get("/feuille-de-route/version/2").status_code == 200
    assert "retirée" in client.get(f"{local}/flux.atom").text


def test_publishing_shows_what_changes_and_asks_for_ones_own_words(browser_of, things):
    client = browser_of("commissaire")
    item = f"/pilotage/fiches/{things['complete_item']}"
    page = client.get(item)
    typed = {"title": "Des cars", "strand": "3", "finding": "On attend", "lead": "La Région"}
    typed |= {"objective": "Un car le samedi", "due_date": "2030-01-01", "priority": "1"}
    typed["amendment"] = "Le comité l’a demandé."
    assert post(client, item, **typed, version=read(page).value("version")).status_code == 303
    shown = client.get("/pilotage/publier")
    assert "Publier la version 2" in read(shown).text
    assert "samedi" in read(shown).text
    for words in ("", "oui", "version 1", "version 2 ou 3", "version 22"):
        refused = confirm(client, shown, words)
        assert refused.status_code == 422
        assert read(refused).value("confirmation") == words
        assert "samedi" in read(refused).text
    assert client.get("/feuille-de-route/version/2").status_code == 404
    done = confirm(client, shown, "Je publie la version 2")
    assert (done.status_code, done.location) == (303, "/feuille-de-route/")
    # Whoever had the same page open publishes nothing more with it.
    again = confirm(client, shown, "Je publie la version 2")
    assert again.status_code == 422
    assert "version 3" in read(again).text


def test_what_changed_between_the_reading_and_the_confirmation_is_read_first(
    app, browser_of, things
):
    client, words = browser_of("commissaire"), "Je publie la version 2"
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        added = builders.item(session, actor=actor)
        builders.move(session, added, ItemStatus.SUBMITTED, actor=actor)
        reference, public_id = added.reference, added.public_id
    shown = client.get("/pilotage/publier")
    # Meanwhile a facilitator, from another page, changes the item that enters.
    item, other = f"/pilotage/fiches/{public_id}", browser_of("animation")
    typed = {"title": "Des cars de nuit", "strand": "3", "finding": "On attend", "priority": "9"}
    typed |= {"objective": "Un car le soir", "due_date": "2030-01-01", "lead": "La Région"}
    assert post(other, item, **typed, version=read(other.get(item)).value("version")).location
    refused = confirm(client, shown, words)
    assert refused.status_code == 422
    page = read(refused)
    assert "le contenu a changé depuis votre lecture" in page.text
    assert f"#fiche-{reference}" in page.links
    assert "Des cars de nuit" in page.text
    assert page.value("confirmation") == words
    assert client.get("/feuille-de-route/version/2").status_code == 404
    # What arrives meanwhile moves counts alone, and stops nothing.
    with app.app_context(), transaction() as session:
        builders.published(session, "Un abribus", actor=builders.find_user(session, EMAIL))
    assert confirm(client, refused, words).status_code == 303
    assert "Des cars de nuit" in read(client.get(f"/feuille-de-route/{reference}")).text


@pytest.mark.parametrize("seen", ["", "[]", "3", "{}", '{"52-AAD-001": "0"}', "[" * 5000])
def test_a_confirmation_of_what_was_not_shown_publishes_nothing(browser_of, things, seen):
    client = browser_of("commissaire")
    refused = post(client, "/pilotage/publier", confirmation="version 2", seen=seen)
    assert refused.status_code == 422
    assert client.get("/feuille-de-route/version/2").status_code == 404
