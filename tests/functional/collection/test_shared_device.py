"""Devices that several people use in turn: what each leaves, and what the next cannot read."""

import re

import pytest

from tests.functional.browsing import post, read, typed_text
from tests.functional.room import act, publish, queue, speak, stored
from webapp.collection.models import Contribution, DecisionKind, DeviceMark
from webapp.collection.views import participants
from webapp.platform.extensions import db

DEVICE, DONE, RECEIPT = "/a/ABCDEF/appareil", "/a/ABCDEF/fini", "/a/ABCDEF/recu"
IDEA = "Un bus le dimanche"


@pytest.fixture
def tablet(staff, phone):
    """A device that is shared from now on."""
    made = post(phone, DEVICE)
    assert made.status_code == 303
    assert made.location == "/a/ABCDEF"
    assert made.headers["Clear-Site-Data"] == '"cache"'
    return phone


def code_of(app, words=IDEA):
    with app.app_context():
        return db.session.query(Contribution).filter_by(body=words).one().receipt


def test_a_device_is_shared_by_a_button_of_the_page_and_no_longer_by_another(staff, phone):
    assert DEVICE in read(phone.get("/a/ABCDEF")).links
    assert "J’ai fini" not in phone.get("/a/ABCDEF").text
    post(phone, DEVICE)
    shared = phone.get("/a/ABCDEF")
    assert "J’ai fini" in shared.text
    assert 'autocomplete="off"' in shared.text
    assert "Ne plus partager" in read(phone.get(DEVICE)).text
    post(phone, DEVICE)
    assert "J’ai fini" not in phone.get("/a/ABCDEF").text


def test_the_card_of_the_device_leads_to_that_button(staff):
    card = read(staff.get("/animation/ateliers/ABCDEF/affiche?appareil=1"))
    assert DEVICE in card.text
    assert DEVICE not in read(staff.get("/animation/ateliers/ABCDEF/affiche")).text


def test_sharing_forgets_who_had_the_device_and_signs_the_team_out(app, staff, phone):
    speak(phone, IDEA)
    post(phone, DEVICE)
    post(phone, DEVICE)
    assert IDEA not in read(phone.get("/mes-idees")).text
    post(staff, DEVICE)
    assert staff.get("/animation/").status_code == 303


def test_the_receipt_is_given_once_at_an_address_without_it(app, tablet):
    sent = speak(tablet, IDEA)
    assert sent.location == RECEIPT
    code, given = code_of(app), tablet.get(RECEIPT)
    assert code in given.text.replace("-", "")
    assert not [link for link in read(given).links if code in link or link == "/mes-idees"]
    assert read(tablet.get("/a/ABCDEF")).count("textarea") == 1  # another idea: the form is empty
    assert tablet.get(RECEIPT).location == "/a/ABCDEF"


def test_the_next_person_reads_nothing_of_the_one_before(app, tablet):
    speak(tablet, IDEA)
    code = code_of(app)
    assert code in tablet.get(RECEIPT).text.replace("-", "")
    done = tablet.post(DONE)  # no token is asked: a page kept for the offline mode has an old one
    assert done.status_code == 303
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert tablet.get(RECEIPT).location == "/a/ABCDEF"
    with tablet.session_transaction() as cookie:
        assert set(cookie) <= {"_permanent", "shared", "csrf_token"}
    closed = ("/mes-idees", f"/suivi/{code}", f"/suivi?code={code}", f"/recu/{code}")
    for address in (*closed, f"/a/ABCDEF?remplace={code}", f"/suivi/{code}/effacer"):
        page = tablet.get(address)
        assert page.status_code in {403, 404}, address
        assert IDEA not in page.text, address
    form = tablet.get("/a/ABCDEF")
    assert typed_text(form) == ""
    assert IDEA not in form.text


def test_who_leaves_without_pressing_is_forgotten_after_a_while(tablet):
    speak(tablet, IDEA)
    with tablet.session_transaction() as cookie:
        public_id, at = cookie["sent"]
        cookie["sent"] = [public_id, at - participants.RECEIPT_LIFE.total_seconds()]
    assert tablet.get(RECEIPT).location == "/a/ABCDEF"


@pytest.mark.parametrize("address", ["/a/ABCDEF", DEVICE, RECEIPT, "/mes-idees", "/", "/nulle"])
def test_no_page_of_a_shared_device_is_cached(tablet, address):
    speak(tablet, IDEA)
    assert tablet.get(address).headers["Cache-Control"] == "no-store"


def test_the_form_that_is_kept_for_the_offline_mode_is_empty_and_takes_nothing_away(app, tablet):
    speak(tablet, IDEA)
    script = {"Sec-Fetch-Dest": "empty"}
    kept = tablet.get("/a/ABCDEF?vierge=1", headers=script)
    assert kept.headers["Cache-Control"] == "private, no-cache"
    assert IDEA not in kept.text
    assert code_of(app) in tablet.get(RECEIPT).text.replace("-", "")


def test_an_idea_that_waited_is_stored_and_given_to_nobody(app, tablet):
    queued = queue(tablet, body=IDEA, key="one", queued="y", warned="y")
    assert queued.status_code == 201
    assert queued.json == {"url": "/a/ABCDEF"}
    assert stored(app) == [(IDEA, DecisionKind.PENDING)]
    assert tablet.get(RECEIPT).location == "/a/ABCDEF"
    with app.app_context():
        assert db.session.query(DeviceMark).count() == 0  # it is not the next person's
    now = queue(tablet, body="Un banc", key="two", warned="y")
    assert now.json == {"url": RECEIPT}


def test_each_person_has_their_own_points(app, staff, tablet):
    other = app.test_client()
    speak(other, IDEA)
    idea, ballot = publish(app, IDEA), "/a/ABCDEF/gommettes"
    act(staff, "gommettes", points="1")
    speak(tablet, "Un banc")
    assert ballot in read(tablet.get(RECEIPT)).links
    assert post(tablet, f"{ballot}/{idea}", ballot).status_code == 303
    assert "Reprendre" in read(tablet.get(ballot)).text
    tablet.post(DONE)
    assert "Reprendre" not in read(tablet.get(ballot)).text
    assert post(tablet, f"{ballot}/{idea}", ballot).status_code == 303


def test_the_language_of_the_person_before_goes_too(tablet):
    tablet.get("/a/ABCDEF?lang=es")
    assert 'lang="es"' in tablet.get("/a/ABCDEF").text
    tablet.post(DONE)
    assert '<html lang="fr"' in tablet.get("/a/ABCDEF").text


def test_words_that_are_refused_are_given_back_and_go_with_the_person(app, tablet):
    words = "Appelez Mme Josiane Martin au 06 39 98 12 34"
    refused = post(tablet, "/a/ABCDEF", body=words, key="k")
    assert refused.status_code == 422
    assert "Josiane" in typed_text(refused)
    assert refused.headers["Cache-Control"] == "no-store"
    former = {"csrf_token": read(refused).value("csrf_token"), "body": words}
    tablet.post(DONE)
    assert "Josiane" not in tablet.get("/a/ABCDEF").text
    again = tablet.post("/a/ABCDEF", data=former)  # « back », then « send the form again »
    assert again.location == "/a/ABCDEF"
    assert stored(app) == []


def test_how_many_ideas_were_said_is_told_once_there_are_a_few(app, staff, phone):
    for number in range(4):
        speak(app.test_client(), f"Idée {number}", key=str(number))
    fourth = speak(phone, "Idée 3", key="3").location
    assert "déjà dites ici" not in phone.get(fourth).text
    fifth = read(phone.get(speak(phone, "Idée 5", key="5").location)).text
    assert re.search(r"5\sidées déjà dites ici", fifth)


def test_pressing_done_elsewhere_changes_nothing(staff, phone):
    for person in (staff, phone):
        done = person.post(DONE)
        assert done.location == "/a/ABCDEF"
        assert not {"Set-Cookie", "Clear-Site-Data"} & set(done.headers.keys())
    assert staff.get("/animation/").status_code == 200
