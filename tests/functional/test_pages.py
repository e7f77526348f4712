"""What holds for every page: structure, headers, typography, and reading that changes nothing."""

import itertools
import re

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.statements import count, statements
from tests.nonempty import some
from webapp import create_app
from webapp.config import Config
from webapp.platform.extensions import db, transaction
from webapp.privacy.views.pages import SLUGS

# What people typed is theirs: our typography does not apply to it.
TYPED = re.compile(r"Que faut-il changer \?|Atelier [A-Z]{6}")
NEEDS_LABEL = {"input", "select", "textarea"}
SPOKEN = ("aria-label", "title", "placeholder", "alt", "content")

READS = ("SELECT", "WITH RECURSIVE", "PRAGMA", "BEGIN")
WRITES = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\b")


@pytest.fixture
def pages(app, things, address, browser_of):
    """Every page that can be read, by its address: each route, its variants, its errors."""
    staff, anyone = browser_of("admin"), browser_of("anonymous")
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            url = address(rule)
            found[url] = staff.get(url)
    moderation = f"/animation/moderation/{builders.GROUP}"
    variants = (
        *(f"/pages/{slug}" for slug in SLUGS),
        *(
            f"{moderation}?etat={kind}"
            for kind in ("published", "masked", "set_aside", "withdrawn")
        ),
        f"/revue/{builders.OTHER_GROUP}",
        f"/revue/{builders.GROUP}/trier?note={things['excerpt']}",
        f"/revue/{builders.OTHER_GROUP}/trier",
        f"/animation/moderation/{builders.OTHER_GROUP}",
        f"/revue/{builders.GROUP}/{things['accepted']}",
        f"/pilotage/fiches/{things['complete_item']}",
        f"/suivi/{things['published_receipt']}",
    )
    found |= {url: staff.get(url) for url in variants}
    found |= {f"{url} (anyone)": anyone.get(url) for url in ("/", "/connexion", "/a/ZZZZZZ")}
    found["code refused"] = post(anyone, "/rejoindre", "/", code="")
    found["idea refused"] = post(anyone, "/a/ABCDEF", body=" ")
    found["receipt refused"] = anyone.get("/suivi?code=XXXX")
    found["account refused"] = post(anyone, "/connexion", email="a@example.org", password="x")
    found["role refused"] = browser_of("copil").get("/pilotage/")
    item = f"/pilotage/fiches/{things['item']}"
    found["item refused"] = post(staff, item, title="", due_date="demain")
    indicator = f"{item}/indicateurs/"
    found["indicator refused"] = post(staff, indicator, f"{item}/suivi", name="", target="beaucoup")
    yield {
        name: answer
        for name, answer in found.items()
        if answer.mimetype == "text/html"
        and answer.status_code != 303
        and not name.endswith(("/etat", "/nouvelles", "/avancement"))  # parts
    }
    for answer in found.values():
        answer.close()


def faults(pages, find):
    """What ``find`` says of each page where it finds something."""
    found = {name: list(find(answer, read(answer))) for name, answer in pages.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_page_is_well_made(pages):
    assert len(pages) > 35
    assert faults(pages, structure) == {}


def structure(answer, page):
    for tag in ("h1", "main", "title"):
        if page.count(tag) != 1:
            yield f"{page.count(tag)} {tag}"
    if "– Semailles" not in answer.text.split("</title>")[0]:
        yield "title without the name of the service"
    if '<html lang="fr"' not in answer.text:
        yield "no language"
    yield from (name for name in set(page.ids) if page.ids.count(name) > 1)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    jumps = itertools.pairwise(levels)
    yield from (f"h{high} then h{low}" for high, low in jumps if low > high + 1)


def test_every_control_has_a_label_and_every_anchor_a_target(pages):
    assert faults(pages, names) == {}


def names(_, page):
    labels = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    for tag, attrs in page.tags:
        hidden = attrs.get("type") == "hidden"
        if tag in NEEDS_LABEL and not hidden and attrs.get("id") not in labels:
            yield f"{tag} {attrs.get('name')} without label"
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for target in attrs.get(attribute, "").split():
                if target not in page.ids:
                    yield f"{attribute}={target} leads nowhere"
        link = attrs.get("href", "")
        if tag == "a" and link.startswith("#") and link[1:] not in page.ids:
            yield f"{link} leads nowhere"


def test_no_page_runs_what_is_written_in_it(pages):
    assert faults(pages, scripts) == {}


def scripts(_, page):
    for tag, attrs in page.tags:
        if "style" in attrs or any(name.startswith("on") for name in attrs) or tag == "style":
            yield (tag, attrs)
        if tag == "script" and not attrs.get("src", "").startswith("/static/"):
            yield (tag, attrs)


def test_our_words_respect_french_typography(pages):
    assert faults(pages, typography) == {}


def typography(_, page):
    spoken = [attrs.get(name, "") for _, attrs in page.tags for name in SPOKEN]
    text = TYPED.sub("", " \n".join([page.text, *spoken]))
    for idea in builders.IDEAS:
        text = text.replace(idea, "")
    yield from re.findall(r"\w+ [;!?:](?=\s|$)", text)  # a plain space would break the line
    yield from re.findall(r"\w+[;!?](?=\s|$)|\w+:(?=\s|$)", text)
    yield from re.findall(r"«[^\u00a0\u202f].{9}|.{9}[^\u00a0\u202f]»", text)
    yield from re.findall(r".{9}(?:'|\.\.\.)", text)
    yield from re.findall(
        r"\b[01]\s(?:\w+ )?(?:idées|contributions|propositions|versions|fiches)", text
    )


def test_every_answer_protects_the_browser(app, things, address, browser_of):
    client = browser_of("admin")
    for rule in some(app.url_map.iter_rules()):
        answer = client.get(address(rule))  # a route that only takes POST answers 405
        answer.close()
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, rule.endpoint
        assert "unsafe" not in policy
        for directive in ("object-src", "base-uri", "frame-ancestors"):
            assert f"{directive} 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        shared = "Access-Control-Allow-Origin" in answer.headers  # the same for everyone
        kept_by_caches = rule.endpoint == "static" or shared
        assert (answer.headers.get("Cache-Control") == "no-store") is not kept_by_caches


def test_a_public_address_asks_for_https_and_its_cookies_stay_there(config):
    secure = Config(
        instance_path=config.instance_path,
        secret_key=config.secret_key,
        database_url=config.database_url,
        public_url="https://semailles.example",
        testing=True,
    )
    app = create_app(secure)
    answer = app.test_client().get("/connexion", base_url="https://semailles.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("name", ["admin", "anonymous"])
def test_reading_writes_nothing(app, address, browser_of, name):
    client = browser_of(name)
    # Writing is the question that /healthz answers, in a table of its own.
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "signals.healthz"]
    urls = [address(rule) for rule in rules if "GET" in rule.methods]
    with statements(app) as seen:
        for url in urls:
            client.get(url).close()
    assert [one for one in seen if not one.startswith(READS) or WRITES.search(one)] == []
    assert seen


def test_a_board_asks_the_database_no_more_when_it_holds_more(app, things, browser_of):
    client = browser_of("animation")
    board = f"/revue/{builders.GROUP}"
    with statements(app) as few:
        assert client.get(board).status_code == 200
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "animation@example.org")
        for number in range(30):
            said = builders.published(session, f"Ouvrir la laverie numéro {number}", actor=actor)
            builders.cluster(session, said, title=f"Laverie {number}")
    with statements(app) as many:
        assert read(client.get(board)).text.count("Laverie 29") >= 1
    assert count(many) <= count(few) <= 13
