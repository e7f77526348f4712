"""What machines ask and what the log tells them: yes, no, refused, failed; never whose words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp import create_app
from webapp.administration import health
from webapp.collection import workshops
from webapp.config import Config
from webapp.platform import logs
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry, Heartbeat
from webapp.publishing.models import Export
from webapp.review.models import AnalysisRun, RunState
from webapp.territory import roadmaps

ASKED = ("/healthz", "/readyz")


def said(client, path):
    answer = client.get(path)
    assert answer.mimetype == "text/plain"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text


@pytest.fixture
def alter(app):
    """Change the schema under the service, and put it back."""
    undone = []

    def run(statement):
        with app.app_context(), transaction() as session:
            session.execute(text(statement))
        with app.app_context():
            db.session.remove()

    def altered(statement, undo):
        run(statement)
        undone.append(undo)

    yield altered
    for statement in reversed(undone):
        run(statement)


def test_check_51_a_service_that_keeps_what_it_is_sent_says_so(app, client):
    for path in ASKED:
        assert said(client, path) == (200, "ok\n")
    with app.app_context():
        assert db.session.scalar(select(Heartbeat.id)) == 1
        assert db.session.scalar(select(AuditEntry.id)) is None


def test_check_51_a_write_that_cannot_commit_is_no_health(client, alter):
    alter("ALTER TABLE heartbeat RENAME TO away", "ALTER TABLE away RENAME TO heartbeat")
    with capture_logs() as lines:
        assert said(client, "/healthz") == (503, "not\n")
    assert lines[-1] | {"event": "failed", "kind": "write", "status": 503} == lines[-1]


def test_check_51_health_costs_one_write_a_second_however_often_it_is_asked(app, client):
    def last():
        with app.app_context():
            return db.session.scalar(select(Heartbeat.at))

    client.get("/healthz")
    recent = datetime.now(UTC) + timedelta(milliseconds=500)
    with app.app_context(), transaction() as session:
        health.beat(session, now=recent)
    for _ in range(20):
        assert said(client, "/healthz") == (200, "ok\n")
    assert last() == recent
    with app.app_context(), transaction() as session:
        health.beat(session, now=recent - timedelta(minutes=1))
    client.get("/healthz")
    assert last() > recent - timedelta(minutes=1)


def test_check_51_a_disk_without_room_is_not_ready(app, client):
    app.config["MIN_FREE_MB"] = 10**9
    with capture_logs() as lines:
        assert said(client, "/readyz") == (503, "not\n")
    assert lines[-1]["kind"] == "disk"


def test_check_51_another_schema_is_not_ready(client, alter):
    alter(
        "UPDATE alembic_version SET version_num = 'x' || version_num",
        "UPDATE alembic_version SET version_num = substr(version_num, 2)",
    )
    with capture_logs() as lines:
        assert said(client, "/readyz") == (503, "not\n")
    assert lines[-1]["kind"] == "schema"


@pytest.mark.parametrize("kind", [AnalysisRun, Export])
def test_check_51_jobs_that_wait_are_not_ready_unless_one_is_running(app, client, kind):
    def store(state, age):
        with app.app_context(), transaction() as session:
            group = builders.group(session) if kind is AnalysisRun else None
            fields = {"state": state, "requested_at": datetime.now(UTC) - age}
            if kind is AnalysisRun:
                session.query(AnalysisRun).delete()
                session.add(
                    AnalysisRun(
                        working_group_id=group.id, options="{}", seed=0, versions="{}", **fields
                    )
                )
            else:
                session.query(Export).delete()
                owner = builders.user(session, email=f"{age.seconds}@example.org")
                roadmap = roadmaps.main_roadmap(session)
                session.add(Export(roadmap_id=roadmap.id, owner_id=owner.id, **fields))

    with app.app_context(), transaction() as session:
        builders.workshop(session)
    patience = health.QUEUE_PATIENCE
    store(RunState.QUEUED, patience - timedelta(minutes=1))
    assert said(client, "/readyz") == (200, "ok\n")
    store(RunState.QUEUED, patience + timedelta(minutes=1))
    assert said(client, "/readyz") == (503, "not\n")
    store(RunState.RUNNING, patience + timedelta(minutes=2))
    assert said(client, "/readyz") == (200, "ok\n")


def test_whom_to_tell_of_a_weakness_is_said_until_a_date(client):
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("Contact: mailto:securite@example.org\n")
    until = datetime.fromisoformat(re.search(r"^Expires: (.*)Z$", answer.text, re.MULTILINE)[1])
    assert timedelta(0) < until.replace(tzinfo=UTC) - datetime.now(UTC) < timedelta(days=366)


def test_without_a_contact_there_is_no_such_file(config):
    silent = Config(
        instance_path=config.instance_path,
        secret_key=config.secret_key,
        database_url=config.database_url,
        testing=True,
    )
    app = create_app(silent)
    assert app.test_client().get("/.well-known/security.txt").status_code == 404
    with app.app_context():
        db.engine.dispose()


WORDS = "mots-que-le-journal-ne-doit-pas-garder"
ADDRESS = "203.0.113.77"


def refused(client, way):
    """Go the way, and return what the log said of it."""
    with capture_logs(processors=[logs.without_values]) as lines:
        answer = way(client)
        answer.close()
    told = [line for line in lines if line["event"] in {"refused", "failed"}]
    assert len(told) == 1
    assert told[0]["status"] == answer.status_code
    assert WORDS not in str(lines)
    assert ADDRESS not in str(lines)
    return told[0]


WAYS = {
    "unknown page": (lambda c: c.get(f"/{WORDS}"), 404, "NotFound"),
    "unknown workshop": (lambda c: c.get(f"/a/{WORDS}"), 404, "NotFoundError"),
    "form without token": (
        lambda c: c.post("/deconnexion", data={"body": WORDS}),
        400,
        "csrf",
    ),
    "page of another role": (
        lambda c: c.get(f"/pilotage/?x={WORDS}"),
        403,
        "ForbiddenError",
    ),
    "group of another": (
        lambda c: c.get(f"/revue/{builders.OTHER_GROUP}"),
        404,
        "others",
    ),
    "wrong method": (lambda c: c.delete("/"), 405, "MethodNotAllowed"),
    "odd method": (lambda c: c.open("/", method=WORDS.upper()), 405, "MethodNotAllowed"),
    "too large": (
        lambda c: c.post("/a/ABCDEF", data={"body": WORDS * 40_000}),
        413,
        "RequestEntityTooLarge",
    ),
    "refused text": (lambda c: post(c, "/a/ABCDEF", body=" "), 422, ""),
}


@pytest.mark.parametrize("name", WAYS)
def test_check_51_each_refusal_is_told_without_words_or_addresses(staff, name):
    way, status, kind = WAYS[name]
    staff.environ_base = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": WORDS}
    line = refused(staff, way)
    assert (line["event"], line["log_level"]) == ("refused", "warning")
    assert (line["status"], line["kind"]) == (status, kind)


def test_check_51_the_log_says_which_account_was_refused(app, staff):
    line = refused(staff, lambda c: c.get("/pilotage/"))
    with app.app_context():
        user = builders.find_user(db.session(), "animation@example.org")
        assert line["account"] == user.public_id
    assert refused(app.test_client(), lambda c: c.get("/a/ZZZZZZ"))["account"] == ""


def test_check_51_the_log_says_who_signed_in_and_how(app, staff):
    with app.app_context():
        known = builders.find_user(db.session(), "animation@example.org").public_id
    with capture_logs() as lines:
        sign_in(staff, "animation@example.org")
    assert [line for line in lines if line["event"] == "signed in"] == [
        {"event": "signed in", "log_level": "info", "account": known, "endpoint": "account.enter"}
    ]
    assert "animation@" not in str(lines)


def test_check_51_a_failure_is_an_event_that_an_alert_watches(staff, monkeypatch):
    def fail(*_, **__):
        raise ValueError(WORDS)

    monkeypatch.setattr(workshops, "find_workshop", fail)
    line = refused(staff, lambda c: c.get("/a/ABCDEF"))
    assert (line["event"], line["log_level"]) == ("failed", "error")
    assert (line["status"], line["endpoint"], line["kind"]) == (
        500,
        "public.contribute",
        "ValueError",
    )


def test_check_51_a_success_is_not_told(client):
    with capture_logs() as lines:
        assert read(client.get("/")).text
    assert lines == []
