"""How long things are kept and what the legal pages say: an administrator decides, all can read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.staff_acts import DELAYS as KEPT
from tests.functional.staff_acts import NOTICE as SAID
from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.cli import main, server
from webapp.collection import surveys
from webapp.collection.models import DecisionKind, Survey, SurveyState
from webapp.platform import audit, retention_settings
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry, PurgeCause, PurgeRecord
from webapp.privacy import legal_notices, retention

DELAYS = "/administration/conservation"
NOTICE = "/administration/mentions"


def last_line(app):
    with app.app_context():
        line = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        return line.action, line.details


def test_delays_are_decided_on_screen_and_written_down(app, admin):
    assert "180\u00a0jours" in read(admin.get("/pages/donnees-personnelles")).text
    assert post(admin, DELAYS, version="0", **KEPT).status_code == 303
    assert last_line(app) == ("retention.save", "words_days=90, exports_hours=2")
    page = read(admin.get("/pages/donnees-personnelles"))
    assert "90\u00a0jours quand le masquage a été revu, 180\u00a0jours sinon" in page.text
    assert read(admin.get(DELAYS)).value("words_days") == "90"


def test_a_delay_out_of_range_keeps_the_form(app, admin):
    refused = post(admin, DELAYS, version="0", **KEPT | {"words_days": "4000"})
    assert refused.status_code == 422
    assert read(refused).value("words_days") == "4000"
    with app.app_context():
        assert retention_settings.read(db.session()).words_days == 180


@pytest.mark.parametrize(("url", "fields"), [(DELAYS, KEPT), (NOTICE, SAID)])
def test_two_administrators_do_not_undo_each_other(admin, url, fields):
    assert post(admin, url, version="0", **fields).status_code == 303
    name = next(iter(fields))
    late = post(admin, url, version="0", **fields | {name: "30"})
    assert late.status_code == 409
    assert "Une autre personne a modifié" in read(late).text


def test_a_purge_is_recorded_and_shown(app, admin):
    with app.app_context(), transaction() as session:
        assert retention.is_due(session, now=builders.NOW)
        retention.purge(session, now=builders.NOW, cause=PurgeCause.NIGHT)
        assert not retention.is_due(session, now=builders.NOW + timedelta(hours=23))
        assert retention.is_due(session, now=builders.NOW + timedelta(hours=24))
    page = read(admin.get(DELAYS))
    assert "10\u00a0janvier" in page.text
    assert "la nuit" in page.text


def test_idle_accounts_are_deactivated_but_for_the_last_administrator(app, admin):
    with app.app_context(), transaction() as session:
        boss = builders.find_user(session, "admin@example.org")
        idle = builders.user(session, email="parti@example.org")
        active = builders.user(session, email="actif@example.org")
        late = builders.NOW + timedelta(days=366)
        retention_settings.save(
            session,
            delays=retention_settings.Delays(**{name: int(value) for name, value in KEPT.items()}),
            actor=Actor(id=active.id, now=late - timedelta(days=1)),
        )
        first = retention.purge(session, now=late, cause=PurgeCause.NIGHT).record
        # The instance has not watched for long enough: its first purge tells when it began.
        assert first.accounts == 0
        later = late + timedelta(days=366)
        who = Actor(id=active.id, now=later - timedelta(days=1))
        audit.record_act(session, who, "test", "test")
        session.flush()
        record = retention.purge(session, now=later, cause=PurgeCause.NIGHT).record
        assert record.accounts == 1
        assert (boss.active, idle.active, active.active) == (True, False, True)


def test_the_first_nights_of_an_old_instance_leave_its_words_alone(app, admin):
    with app.app_context(), transaction() as session:
        boss = builders.find_user(session, "admin@example.org")
        said = builders.contribution(session, "Mots retirés il y a trois ans")
        builders.decide(session, said, DecisionKind.SET_ASIDE, actor=boss, reason="Publicité")
        start = builders.NOW + timedelta(days=1000)
        words = [
            retention.purge(session, now=start + timedelta(days=n), cause=PurgeCause.NIGHT)
            for n in (0, 1, 6, 7)
        ]
        assert [done.record.words for done in words] == [0, 0, 0, 1]


def test_delays_that_somebody_decided_are_applied_the_same_night(app, admin):
    with app.app_context(), transaction() as session:
        boss = builders.find_user(session, "admin@example.org")
        said = builders.contribution(session, "Mots retirés il y a trois ans")
        builders.decide(session, said, DecisionKind.SET_ASIDE, actor=boss, reason="Publicité")
    post(admin, DELAYS, version="0", **KEPT)
    with app.app_context(), transaction() as session:
        late = builders.NOW + timedelta(days=91)
        assert retention.purge(session, now=late, cause=PurgeCause.NIGHT).record.words == 1


def test_free_answers_go_and_the_others_stay(app, admin):
    with app.app_context(), transaction() as session:
        actor = Actor(id=builders.find_user(session, "admin@example.org").id, now=builders.NOW)
        survey = surveys.create_survey(session, title="Avis", workshop=None, actor=actor)
        surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=actor)
        surveys.answer(session, survey=survey, values={1: "4", 4: "Bruyant"}, sheet="one")
        late = builders.NOW + timedelta(days=366)
        purge = lambda now: retention.purge(session, now=now, cause=PurgeCause.NIGHT).record  # noqa: E731
        assert purge(late).answers == 0
        closing = replace(actor, now=late)
        surveys.set_state(session, survey=survey, state=SurveyState.CLOSED, actor=closing)
        assert purge(late + timedelta(days=364)).answers == 0
        assert purge(late + timedelta(days=365)).answers == 1
        assert purge(late + timedelta(days=365)).answers == 0
        assert session.query(Survey).count() == 1


def test_a_trial_destroys_nothing(app, admin):
    run = lambda *words: CliRunner().invoke(main, words, obj=lambda: app)  # noqa: E731
    done = run("purge", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "rien n’est détruit" in done.output
    with app.app_context():
        assert db.session.query(PurgeRecord).count() == 0
    assert run("purge").exit_code == 0
    with app.app_context():
        assert db.session.query(PurgeRecord).count() == 1
        assert db.session.query(User).count() == 1


def test_legal_pages_say_that_they_are_not_complete_until_they_are(app, admin):
    pages = ("/pages/mentions-legales", "/pages/donnees-personnelles")
    for url in pages:
        assert "n’est pas complète" in read(admin.get(url)).text
    assert "Il manque encore" in read(admin.get(NOTICE)).text
    assert post(admin, NOTICE, version="0", **SAID).status_code == 303
    assert last_line(app)[0] == "notice.save"
    for url in pages:
        page = read(admin.get(url)).text
        assert "à compléter" not in page
        assert "n’est pas complète" not in page
    assert "dpo@exemple.fr" in read(admin.get("/pages/donnees-personnelles")).text
    assert "Commissariat" in read(admin.get("/pages/mentions-legales")).text
    assert "acces@exemple.fr" in read(admin.get("/pages/accessibilite")).text


def test_a_conformity_needs_an_audit_and_then_every_page_declares_it(app, admin):
    refused = post(admin, NOTICE, version="0", **SAID | {"conformity": "partial"})
    assert refused.status_code == 422
    assert "non conforme" in read(admin.get("/")).text
    declared = SAID | {"conformity": "partial", "audited": "Cabinet X, mai 2026, 82 %"}
    assert post(admin, NOTICE, version="0", **declared).status_code == 303
    for url in ("/", "/pages/accessibilite"):
        assert "partiellement conforme" in read(admin.get(url)).text


def test_a_public_instance_reminds_its_administrator(app, admin, monkeypatch):
    monkeypatch.setattr(permissions, "must_have_second_factor", lambda *_, **__: False)
    reminder = "Les mentions obligatoires ne sont pas complètes"
    assert reminder not in read(admin.get("/pilotage/")).text
    app.config["IS_PUBLIC"] = True
    assert reminder in read(admin.get("/pilotage/")).text
    post(admin, NOTICE, version="0", **SAID)
    assert reminder not in read(admin.get("/pilotage/")).text


def test_the_notice_that_nobody_wrote_lacks_everything(session):
    assert set(legal_notices.read(session).missing) == SAID.keys() - {"conformity", "audited"}


@pytest.mark.parametrize(("public", "warned"), [(True, True), (False, False)])
def test_serving_a_public_instance_without_its_mentions_warns(app, monkeypatch, public, warned):
    monkeypatch.setattr(server, "run_server", lambda: None)
    app.config["IS_PUBLIC"] = public
    done = CliRunner().invoke(main, ["serve"], obj=lambda: app)
    assert done.exit_code == 0, done.output
    assert ("mentions obligatoires" in done.output) is warned
