"""What the queue of a browser is told, and what the guard says first."""

from tests.functional.browsing import read
from tests.functional.room import JSON, move, queue, speak, stored
from webapp.collection.models import DecisionKind, WorkshopState


def test_the_queue_of_a_browser_is_told_what_became_of_each_sending(app, staff, phone):
    first = queue(phone, body="Un bus", key="k")
    assert first.status_code == 201
    again = queue(phone, body="Un bus", key="k")
    assert (again.status_code, again.json) == (200, first.json)
    other = queue(phone, body="Une laverie", key="k")
    assert (other.status_code, other.json["kind"]) == (422, "IdempotencyError")
    assert other.json["text"]
    assert queue(phone, body="", key="e").status_code == 422
    expired = phone.post("/a/ABCDEF", data={"body": "Un banc", "key": "x"}, headers=JSON)
    assert expired.status_code == 400
    assert stored(app) == [("Un bus", DecisionKind.PENDING)]


def test_what_was_written_in_time_is_taken_after_the_workshop_has_closed(app, staff, phone):
    move(app, WorkshopState.CLOSED)
    late = queue(phone, body="Un bus", key="k")
    assert late.status_code == 409
    assert "terminé" in late.json["text"]
    assert queue(phone, body="Un bus", key="k", queued="y").status_code == 201
    move(app, WorkshopState.ARCHIVED)
    assert queue(phone, body="Une laverie", key="l", queued="y").status_code == 409


def test_the_service_worker_stands_at_the_root(phone):
    answer = phone.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "networkFirst" in answer.text
    answer.close()


def test_the_rules_of_the_guard_are_asked_for_again_only_when_they_change(staff, phone):
    answer = phone.get("/garde.json")
    assert answer.mimetype == "application/json"
    assert answer.json.keys() >= {"rules", "lists", "pieces", "labels", "roles"}
    again = phone.get("/garde.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert 'data-guard="/garde.json"' in phone.get("/a/ABCDEF").text


def test_the_guard_speaks_once_before_a_name_is_sent(app, staff, phone):
    words = "Mme Durand attend, appelez le 06 39 98 12 34"
    warned = speak(phone, words, warned="")
    assert warned.status_code == 422
    assert "une personne le masquera" in read(warned).text
    assert words in warned.text
    assert stored(app) == []
    assert read(warned).value("warned") == "y"
    assert "<mark>Mme Durand, 06 39 98 12 34</mark>" in warned.text
    assert "Envoyer quand même" in read(warned).text
    assert speak(phone, words).status_code == 303
    assert speak(phone, "Un bus le dimanche", warned="").status_code == 303
    held = queue(phone, body=words, key="first")  # the page is still there, and shows it again
    assert (held.status_code, held.json["title"]) == (422, "Relisez avant d’envoyer")
    assert queue(phone, body=words, key="late", queued="y").status_code == 201  # never lost
    assert queue(phone, body=words, key="again", warned="y").status_code == 201
