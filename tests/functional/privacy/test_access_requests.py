"""What the holder of a receipt may read, take away and erase."""

import contextlib
import json

import pytest
from sqlalchemy import select

from tests import builders
from tests.functional.browsing import post, read
from webapp.collection.models import Contribution, DecisionKind
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, jobs, transaction
from webapp.platform.models import AuditEntry
from webapp.privacy import erasure, erasure_ops
from webapp.publishing import publication
from webapp.roadmap import items
from webapp.territory import roadmaps

pytestmark = pytest.mark.both_databases("an erasure that is asked for twice at once")

SAID = "Mme Quatremarre demande un guichet ouvert le samedi matin"


def published_in_a_version(app, receipt):
    """Publish a roadmap that quotes the idea; return the number of the version."""
    with app.app_context(), transaction() as session:
        boss = builders.user(session, role="commissioner", email="chef@example.org")
        said = session.query(Contribution).filter_by(receipt=receipt).one()
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=boss)
        group = builders.cluster(session, said, title="Des guichets", status="accepted")
        actor = Actor(id=boss.id, now=builders.NOW)
        item = items.promote(session, cluster=group, actor=actor)
        items.save(session, item=item, fields=builders.item_fields(), actor=actor)
        builders.move(session, item, "submitted", actor=boss)
        main = roadmaps.main_roadmap(session)
        return publication.publish(session, roadmap=main, actor=actor).number


@pytest.fixture
def receipt(app):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        said = builders.contribution(session, SAID, territory="49", token="mine")
        other = builders.contribution(session, "Un bus le dimanche")
        assert other.receipt
        return said.receipt


def test_the_holder_of_a_receipt_reads_all_that_is_kept_and_nothing_of_others(phone, receipt):
    page = read(phone.get(f"/suivi/{receipt}/donnees"))
    for words in (SAID, "ABCDEF", "Que faut-il changer ?", "gardée jusqu’à la fin"):
        assert words in page.text
    assert "dimanche" not in page.text
    answer = phone.get(f"/suivi/{receipt}/donnees.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.data)
    assert (told["words"], told["territory"], told["device"]) == (SAID, "49", True)
    assert [step["decision"] for step in told["decisions"]] == ["pending"]
    assert set(told["decisions"][0]) == {"decision", "decided_at", "reason"}  # nobody is named
    assert "dimanche" not in answer.text


def test_words_are_erased_at_once_after_a_page_that_says_what_stays(app, phone, receipt):
    follow = read(phone.get(f"/suivi/{receipt}"))
    assert f"/suivi/{receipt}/effacer" in follow.links
    asked = read(phone.get(f"/suivi/{receipt}/effacer"))
    assert "Ce qui reste" in asked.text
    assert "sauvegardes déjà faites" in asked.text
    assert post(phone, f"/suivi/{receipt}/effacer").status_code == 303
    page = read(phone.get(f"/suivi/{receipt}"))
    assert "Vos mots sont effacés." in page.text
    assert "Quatremarre" not in page.text
    assert "[effacé]" in page.text
    assert f"/suivi/{receipt}/effacer" not in page.links
    with app.app_context():
        assert db.session.query(Contribution).count() == 2


def test_what_was_written_before_a_correction_is_told_and_erased(app, phone, receipt):
    with app.app_context(), transaction() as session:
        later = builders.contribution(session, "Un guichet", replaces=receipt).receipt
    page = read(phone.get(f"/suivi/{later}/donnees"))
    assert f"Ce que vous aviez écrit avant{SAID}" in page.text
    assert json.loads(phone.get(f"/suivi/{later}/donnees.json").data)["formers"] == [SAID]
    asked = read(phone.get(f"/suivi/{later}/effacer"))
    assert "ce que vous aviez écrit avant de corriger" in asked.text
    told = "vous avez corrigé cette idée ensuite"
    assert told not in asked.text
    assert told in read(phone.get(f"/suivi/{receipt}/effacer")).text
    post(phone, f"/suivi/{later}/effacer")
    assert "Quatremarre" not in read(phone.get(f"/suivi/{receipt}/donnees")).text


def test_asking_again_for_an_erasure_costs_neither_a_turn_nor_a_line_nor_a_job(
    app, phone, receipt, monkeypatch, tmp_path
):
    asked, turns = [], []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **_: asked.append(name))

    @contextlib.contextmanager
    def opened():
        turns.append(True)
        with transaction() as session:
            yield session

    monkeypatch.setattr(erasure_ops, "transaction", opened)
    for _ in range(3):
        assert post(phone, f"/suivi/{receipt}/effacer").status_code == 303
        page = read(phone.get(f"/suivi/{receipt}"))
        assert "Vos mots sont effacés." in page.text
    assert sorted(asked) == ["forget_texts", "read_groups"]
    assert len(turns) == 1
    assert len((tmp_path / erasure_ops.LEDGER).read_text("ascii").splitlines()) == 1
    with app.app_context():
        lines = db.session.scalars(select(AuditEntry.action)).all()
    assert lines.count("contribution.erase") == 1


def test_an_erasure_asked_for_twice_at_once_is_done_once(app, receipt, monkeypatch, tmp_path):
    """The second one looked before the first one ended, and finds nothing when its turn comes."""
    with app.app_context():
        assert erasure_ops.erase_own(receipt=receipt, now=builders.NOW)
        monkeypatch.setattr(erasure, "is_left", lambda *_, **__: True)
        assert not erasure_ops.erase_own(receipt=receipt, now=builders.NOW)
        lines = db.session.scalars(select(AuditEntry.action)).all()
    assert lines.count("contribution.erase") == 1
    assert len((tmp_path / erasure_ops.LEDGER).read_text("ascii").splitlines()) == 1


def test_an_idea_of_an_archived_workshop_is_erased_all_the_same(app, phone, receipt):
    with app.app_context(), transaction() as session:
        session.query(Contribution).first().workshop.state = "archived"
    assert "Retirer mon idée" not in read(phone.get(f"/suivi/{receipt}")).text
    assert post(phone, f"/suivi/{receipt}/effacer").status_code == 303
    assert "Quatremarre" not in phone.get(f"/suivi/{receipt}/donnees.json").text


def test_a_version_that_quotes_erased_words_is_told_to_both_sides(app, phone, receipt):
    number = published_in_a_version(app, receipt)
    asked = read(phone.get(f"/suivi/{receipt}/effacer"))
    assert f"version {number}" in asked.text
    post(phone, f"/suivi/{receipt}/effacer")
    versions, shown = "/feuille-de-route/versions", f"/feuille-de-route/version/{number}"
    warning = "ne doit plus être montré"
    assert warning not in phone.get(versions).text
    chief = app.test_client()
    post(chief, "/connexion", email="chef@example.org", password=builders.PASSWORD)
    page = read(chief.get(versions))
    assert warning in page.text
    assert f"/feuille-de-route/version/{number}#retirer" in page.links
    # The version is what it was: only its withdrawal hides it.
    item = next(link for link in read(phone.get(shown)).links if "/fiches/" in link)
    assert "Quatremarre" in phone.get(item).text
    withdrawal = f"/pilotage/versions/{number}/retirer"
    assert post(chief, withdrawal, shown, reason="Des mots ont été effacés").status_code == 303
    assert "Quatremarre" not in phone.get(item).text
    assert warning not in chief.get(versions).text
    assert "retirée\u00a0: elle n’est plus montrée" in phone.get(f"/suivi/{receipt}/donnees").text
    assert "une version retirée" in phone.get(f"/suivi/{receipt}/effacer").text


def test_a_reason_that_everyone_reads_goes_through_the_guard(app, receipt):
    number = published_in_a_version(app, receipt)
    chief = app.test_client()
    post(chief, "/connexion", email="chef@example.org", password=builders.PASSWORD)
    shown, withdrawal = (
        f"/feuille-de-route/version/{number}",
        f"/pilotage/versions/{number}/retirer",
    )
    told = "Mme Josiane Quatremarre, 06 39 98 12 34, y était nommée"
    refused = post(chief, withdrawal, shown, reason=told)
    assert refused.status_code == 422
    assert "06 39 98 12 34" in read(refused).text
    assert 'name="read_again"' in refused.text
    assert post(chief, withdrawal, shown, reason="Un nom y restait").status_code == 303


def test_a_reason_read_again_by_a_person_is_taken(app, receipt):
    number = published_in_a_version(app, receipt)
    chief = app.test_client()
    post(chief, "/connexion", email="chef@example.org", password=builders.PASSWORD)
    shown, withdrawal = (
        f"/feuille-de-route/version/{number}",
        f"/pilotage/versions/{number}/retirer",
    )
    told = "Le guichet de Mme Michelet, élue, y était mal situé"
    assert post(chief, withdrawal, shown, reason=told, read_again="y").status_code == 303
