"""What holds for every page: headers, structure, typography, and reading that changes nothing."""

import re

import pytest
from sqlalchemy import event, func, select

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.extensions import db, transaction
from webapp.models import Base, Role

PAGES = (
    "/",
    "/a/ABCDEF",
    "/suivi",
    "/connexion",
    "/feuille-de-route/",
    "/pages/methode",
    "/pages/donnees-personnelles",
    "/a/ZZZZZZ",
    "/animation/",
    f"/animation/moderation/{builders.GROUP}",
    f"/animation/moderation/{builders.GROUP}?etat=published",
    f"/revue/{builders.GROUP}",
    f"/revue/{builders.GROUP}/registre",
    "/pilotage/",
    "/copil/",
)


@pytest.fixture
def visitor(app, client):
    """A commissioner in a working group that has been analysed once."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        actor = builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
        for idea in builders.IDEAS:
            builders.published(session, idea, actor=actor)
        builders.contribution(session, "Une idée qui attend")
    sign_in(client, "commissaire@example.org")
    board = f"/revue/{builders.GROUP}"
    post(client, f"{board}/analyse", board)
    return client


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_well_made(visitor, url):
    answer = visitor.get(url)
    page = read(answer)
    assert page.count("h1") == 1
    assert page.count("main") == 1
    assert "– Semailles" in answer.text.split("</title>")[0]
    assert '<html lang="fr"' in answer.text
    assert len(page.ids) == len(set(page.ids))
    labels = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    silent = [
        attrs.get("name")
        for tag, attrs in page.tags
        if tag in {"input", "select", "textarea"}
        and attrs.get("type") not in {"hidden", "submit"}
        and attrs.get("id") not in labels
    ]
    assert silent == []


@pytest.mark.parametrize("url", PAGES)
def test_a_page_runs_nothing_written_in_it(visitor, url):
    answer = visitor.get(url)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    for tag, attrs in read(answer).tags:
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
        assert tag != "script" or attrs.get("src", "").startswith("/static/")
        assert tag != "style"


@pytest.mark.parametrize("url", PAGES)
def test_a_page_respects_french_typography(visitor, url):
    text = read(visitor.get(url)).text
    for idea in (*builders.IDEAS, "Une idée qui attend", "Que faut-il changer ?"):
        text = text.replace(idea, "")  # people type as they like
    assert re.findall(r"\w+ [;!?:](?=\s|$)", text) == []
    assert "'" not in text


def test_the_pages_of_the_staff_are_kept_by_no_cache(visitor):
    assert visitor.get("/pilotage/").headers["Cache-Control"] == "no-store"


def test_reading_every_page_changes_nothing(app, visitor):
    before = rows(app)
    for url in PAGES:
        visitor.get(url)
    assert rows(app) == before


def rows(app):
    with app.app_context():
        return {
            name: db.session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def test_a_board_asks_the_database_no_more_when_it_holds_more(app, visitor):
    with app.app_context():
        engine = db.engine
    few = queries(visitor, engine)
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        for number in range(60):
            builders.published(session, f"Ouvrir la laverie numéro {number}", actor=actor)
    board = f"/revue/{builders.GROUP}"
    post(visitor, f"{board}/analyse", board, groups="20")
    assert queries(visitor, engine) <= few <= 12


def queries(client, engine):
    """Count the statements that one board costs."""
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(f"/revue/{builders.GROUP}").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in seen)


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} ${7*7} <svg/onload=alert(1)>",
    "javascript:alert(1)//</textarea><script>alert(1)</script>",
)


def test_what_people_type_is_shown_and_never_run(app, visitor):
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        for words in HOSTILE:
            builders.contribution(session, words)
            receipt = builders.published(session, f"Titre {words}", actor=actor).receipt
    board = f"/revue/{builders.GROUP}"
    post(visitor, f"{board}/analyse", board, groups="2")
    links = [li for li in read(visitor.get(board)).links if li.startswith(f"{board}/")]
    cluster = next(link for link in links if "registre" not in link)
    version = read(visitor.get(cluster)).value("version")
    post(visitor, f"{cluster}/titre", cluster, title=HOSTILE[1], version=version)
    assert "{{ 7 * 7 }}" in read(visitor.get(f"/animation/moderation/{builders.GROUP}")).text
    for url in (*PAGES, cluster, f"/suivi/{receipt}"):
        page = read(visitor.get(url))
        assert not [attrs for tag, attrs in page.tags if tag == "script" and not attrs.get("src")]
        assert not [attrs for _, attrs in page.tags if "onerror" in attrs or "onload" in attrs]
