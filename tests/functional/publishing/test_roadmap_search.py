"""The public roadmap searched and filtered: a plain form, an address that says it all."""

import pytest

from tests.functional.browsing import read
from tests.functional.test_pages import names, structure, typography

pytestmark = pytest.mark.both_databases("search and filters")

PAGE = "/feuille-de-route/"


def asked(client, query):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    page = read(answer)
    assert [*structure(answer, page), *names(answer, page), *typography(answer, page)] == []
    return page


def test_what_is_looked_for_is_counted_and_can_be_cleared(client, things):
    page = asked(client, "q=DIMANCHE+hopital&axe=3&etat=adopted")
    assert "1\u00a0fiche trouvée sur 1\u00a0: DIMANCHE hopital, Axe 3 – Lutter" in page.text
    assert "adoptée. Effacer les filtres" in page.text
    assert PAGE in page.links
    assert "Effacer les filtres" in page.text
    assert things["reference"] in page.ids
    assert page.value("q") == "DIMANCHE hopital"


def test_nothing_found_says_what_to_do(client, things):
    page = asked(client, "q=zeppelin")
    assert "0\u00a0fiche trouvée sur 1" in page.text
    assert "Aucune fiche ne correspond" in page.text
    assert things["reference"] not in page.ids


@pytest.mark.parametrize("query", ["", "q=", "axe=9", "etat=perdu&territoire=Lune&pilote=&public="])
def test_what_no_item_has_asks_nothing(client, things, query):
    page = asked(client, query)
    assert things["reference"] in page.ids
    assert "Effacer les filtres" not in page.text


def test_only_what_the_items_have_is_offered(client, things):
    page = asked(client, "")
    offered = [attrs["value"] for tag, attrs in page.tags if tag == "option"]
    assert "Région Pays de la Loire" in offered
    assert "done" not in offered
