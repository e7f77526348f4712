"""The feed is valid, and its entries keep their names."""

from datetime import UTC, datetime

from defusedxml import ElementTree

from tests.unit.publishing.documents import builders
from webapp.publishing.documents import atom_file
from webapp.publishing.documents.atom_file import Event, Feed

NS = {"a": "http://www.w3.org/2005/Atom"}
DAY = datetime(2024, 1, 15, 8, tzinfo=UTC)


def event(**changes):
    fields = {
        "key": "k",
        "title": "Version 1 publiée",
        "summary": "Sept fiches",
        "published": DAY,
        "updated": DAY,
        "links": (("alternate", "https://semailles.example/feuille-de-route/version/1"),),
    }
    return Event(**fields | changes)


def read(*events, key="roadmap"):
    feed = Feed(
        key=key,
        title="Feuille de route",
        author="Semailles",
        since=datetime(2024, 1, 1, tzinfo=UTC),
        links=(("self", "https://semailles.example/flux"),),
        events=events,
    )
    return ElementTree.fromstring(atom_file.render(feed))


def test_a_feed_has_what_the_format_asks_for():
    late = datetime(2024, 3, 1, 7, 30, tzinfo=UTC)
    root = read(event(), event(key="other", updated=late))
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", NS)) == 1
    assert root.findtext("a:updated", namespaces=NS) == "2024-03-01T07:30:00Z"
    assert root.findtext("a:author/a:name", namespaces=NS) == "Semailles"
    assert root.find("a:link", NS).attrib["rel"] == "self"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr"
    for entry in root.findall("a:entry", NS):
        for name in ("id", "title", "updated", "published", "summary"):
            assert entry.findtext(f"a:{name}", namespaces=NS)


def test_names_are_stable_and_differ():
    first, again = (read(event(), event(key="b")) for _ in range(2))
    names = [node.text for node in first.iter(f"{{{NS['a']}}}id")]
    assert names == [node.text for node in again.iter(f"{{{NS['a']}}}id")]
    assert len(set(names)) == 3
    assert all(name.startswith("urn:uuid:") for name in names)


def test_an_empty_feed_is_dated():
    assert read().findtext("a:updated", namespaces=NS) == "2024-01-01T00:00:00Z"


def test_any_words_make_valid_xml():
    for words in (builders.MARKUP, builders.INVISIBLE, builders.ARABIC, builders.EMOJI):
        entry = read(event(title=words, summary=words)).find("a:entry", NS)
        assert entry.findtext("a:title", namespaces=NS)
