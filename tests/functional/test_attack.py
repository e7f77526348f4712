"""Everything an attacker would type, in every field that anybody can reach, on both databases.

``make test`` sends a part of the corpus once, ``make attack`` (``ATTACK=1``) all of it, again and
again. The same pages are then opened by a real browser in ``tests/e2e/test_attack.py``.
"""

import pytest
from flask import Flask
from sqlalchemy import String, select

from tests.attack import payloads
from tests.attack.campaign import LONG, attack, readable
from tests.attack.crawler import CODED, Campaign, Reader
from webapp.platform import text_cleaning
from webapp.platform.extensions import db
from webapp.platform.models import Base

# Fields that an open workshop, a state or another object refuses here, whatever their words.
CLOSED = {"body", "reason", "csrf_token", "q1", "q2", "q3", "q4"}
CLOSED.add("merged")  # the title of a group, and of no other
CLOSED.add("words")  # masked only where the text says them
CLOSED.add("username")  # said to the browser's keeper of passwords, never read


@pytest.fixture
def attacked(app, things, address, browser_of):
    """A region in which every field has been sent the corpus, and the campaign that did it."""
    return attack(app, address, browser_of)


@pytest.mark.both_databases("texts that a database may refuse")
def test_check_26_no_field_breaks_a_page_and_no_page_runs_what_a_field_holds(
    app, attacked, address, browser_of
):
    for name in ("anonymous", "commissaire"):
        attacked.crawl(browser_of(name), readable(app, address))
    assert attacked.failed == []
    assert attacked.unsafe == []
    never = {one for one in attacked.met - set(attacked.accepted) if one[1] not in CODED}
    assert {one for one in never if one[1] not in CLOSED} == set()
    assert len(attacked.accepted) > 60
    assert len(attacked.sent) >= (500 if LONG else 200)
    with app.app_context():
        assert list(stored_wrong(db.session())) == []


def stored_wrong(session):
    """Every text of the database that the door of words would not have let in."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String):
                for value in session.scalars(select(column).where(column.is_not(None))):
                    if isinstance(value, str) and text_cleaning.storable(value) != value:
                        yield f"{table.name}.{column.name}", value[:60]
                    elif isinstance(value, str) and payloads.TEMPLATE_RESULT in value:
                        yield f"{table.name}.{column.name}", "a template was run"


def test_the_crawler_sees_an_unsafe_page():
    bare = Flask("bare")
    unsafe = '<p>{}</p><form method=post action="/echec"><input name=a></form><a href="/sur">x</a>'
    bare.add_url_rule("/sur", "safe", lambda: "<p>&lt;script&gt;</p>")
    bare.add_url_rule("/echec", "broken", lambda: ("", 500), methods=["POST"])
    for number, payload in enumerate(("<b>", "<script>alert(1)</script>")):
        bare.add_url_rule(f"/mal/{number}", f"bad{number}", lambda p=payload: unsafe.format(p))
    client, campaign = bare.test_client(), Campaign(payloads.some_scripts(50))
    (form,) = campaign.crawl(client, ["/mal/0"])
    assert campaign.unsafe == []
    campaign.crawl(client, ["/mal/1"])
    assert campaign.unsafe == [("/mal/1", "<script>")]
    campaign.send(client, form, "")
    assert campaign.failed == [("POST /echec", 500)]
    assert Reader("/", "<img src=x onerror=alert(1)>").unsafe == ["<img>", "onerror"]


def test_the_corpus_is_as_large_as_we_say():
    assert len(payloads.scripts()) >= 500
    assert len(payloads.some_scripts(200)) >= 200
    for family in (payloads.FORMULAS, payloads.PATHS, payloads.HEADERS, payloads.TYPES):
        assert len(set(map(str, family))) >= 100
    assert len(payloads.SIZES) >= 15
