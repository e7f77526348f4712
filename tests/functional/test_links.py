"""Screens show only what one may do: whoever follows every link meets no closed door."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.reach import DESK, EVERYONE, GROUP, TABLE
from tests.functional.region import PEOPLE
from webapp.platform.extensions import transaction


@pytest.fixture
def nothing(app):
    """An instance that has its people and nothing else."""
    with app.app_context(), transaction() as session:
        for name, (role, _) in PEOPLE.items():
            builders.user(session, role=role, email=f"{name}@example.org", groups=())


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_every_link_and_button_leads_somewhere_allowed(app, things, browser_of, name):
    pages, closed = _walk(app, browser_of(name), name)
    assert closed == []
    assert len(pages) > (60 if name in {"commissaire", "admin"} else 10)


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_every_link_of_an_empty_instance_leads_somewhere(app, nothing, browser_of, name):
    pages, closed = _walk(app, browser_of(name), name)
    assert closed == []
    assert pages


def _walk(app, client, name):
    """Read every page within reach of the home page; return them, and what was closed."""
    waiting, seen, closed = [("/", "")], {"/"}, []
    while waiting:
        url, origin = waiting.pop()
        answer = client.get(url)
        if answer.status_code >= 400:
            closed.append((origin, url, answer.status_code))
        links, acts = _ways_out(answer, url)
        closed += [(url, act) for act in acts if not _is_allowed(app, act, name)]
        for link in links:
            if (key := _kind(app, link)) not in seen:
                seen.add(key)
                waiting.append((link, url))
        answer.close()
    return seen, closed


def _ways_out(answer, url):
    if answer.status_code == 303:
        return [urljoin(url, answer.location)], []
    if answer.mimetype != "text/html":
        return [], []
    page = read(answer)
    acts = [a for _, attrs in page.tags for n, a in attrs.items() if n in {"action", "formaction"}]
    links = [urldefrag(urljoin(url, link)).url for link in page.links]
    posts = [urljoin(url, act) for act in acts]
    return [link for link in links if not urlsplit(link).netloc], posts


def _kind(app, link):
    """Return what distinguishes a page from another: a file is read once in each format."""
    path = urlsplit(link).path
    return path if "/version" in path or path.startswith("/static") else link


def _is_allowed(app, act, name):
    """Whether somebody may send the form that a page shows them."""
    for method in ("POST", "GET"):
        try:
            endpoint, _ = app.url_map.bind("localhost").match(urlsplit(act).path, method)
        except HTTPException:
            continue
        owned = (
            TABLE[endpoint] == GROUP and name in DESK
        )  # a page shows the objects of one's groups
        return owned or name in TABLE[endpoint]
    return False


def test_an_empty_instance_says_how_to_begin(app, nothing, browser_of):
    page = read(browser_of("commissaire").get("/pilotage/"))
    for way in ("Importer un programme", "Annoncer une conférence", "Reprendre une feuille"):
        assert way in page.text
    assert "La conférence se prépare" in read(browser_of("copil").get("/copil/")).text
    assert browser_of("anonymous").get("/api/v1/roadmap").status_code == 404


def test_announcing_a_conference_is_enough_to_begin(app, nothing, browser_of):
    client = browser_of("commissaire")
    day = {"starts_at": "2027-01-10T09:00", "ends_at": "2027-01-10T17:00"}
    answer = post(client, "/pilotage/conferences", name="Angers", **day)
    assert answer.status_code == 303
    assert "Aucune fiche action" in read(client.get("/pilotage/")).text
