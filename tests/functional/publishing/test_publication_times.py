"""The hour when somebody spoke leaves the instance nowhere: a day at most (check 47)."""

import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from tests.functional.browsing import read
from webapp.collection.models import Contribution, ModerationDecision
from webapp.platform.extensions import db, transaction
from webapp.publishing import exports, snapshots
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.models import RoadmapVersion
from webapp.territory import roadmaps

SPOKEN = datetime.fromisoformat("2023-11-07T13:37:42+00:00")
MARKS = ("13:37", "14:37", "13\u00a0h\u00a037", "14\u00a0h\u00a037", "13h37", "14h37", "37:42")
PUBLIC = (
    "/feuille-de-route/",
    "/feuille-de-route/version/1",
    "/donnees-ouvertes",
    "/api/v1/roadmap",
    "/api/v1/items",
    "/api/v1/sources",
    "/api/v1/ledger",
    "/mur/ABCDEF",
)


@pytest.fixture
def spoken(app, things):
    """Have everybody have spoken, and every decision be taken, at one marked instant."""
    with app.app_context(), transaction() as session:
        session.execute(update(Contribution).values(submitted_at=SPOKEN))
        later = SPOKEN + timedelta(hours=1)
        session.execute(update(ModerationDecision).values(decided_at=later))
    return things


def texts(content):
    """Return what a file says, its parts unpacked."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
def test_check_47_no_document_says_when_somebody_spoke(app, spoken, name):
    with app.app_context():
        session = db.session()
        main = roadmaps.main_roadmap(session)
        later = SPOKEN + timedelta(days=90, hours=3, minutes=11)
        draft = snapshots.build_document(session, roadmap=main, number=9, now=later, draft=True)
        content = exports.render(session, draft, name=name)
    assert [mark for mark in MARKS if mark in texts(content)] == []


def test_check_47_no_public_page_nor_interface_says_it(app, client, spoken):
    item = next(link for link in read(client.get(PUBLIC[1])).links if "/fiches/" in link)
    found = {}
    for url in (*PUBLIC, item):
        said = client.get(url)
        assert said.status_code in {200, 404}, url
        marks = [mark for mark in MARKS if mark in said.text]
        if marks:
            found[url] = marks
    assert found == {}


def test_check_47_a_version_holds_no_instant_of_a_contribution(app, spoken):
    with app.app_context():
        versions = db.session.query(RoadmapVersion).all()
        assert versions
        assert [mark for v in versions for mark in MARKS if mark in v.content] == []
