"""Addresses copied with the punctuation around them lead to the page, and nowhere else."""

import pytest

from tests.functional.browsing import read
from tests.functional.room import DESK, table_address

pytestmark = pytest.mark.both_databases("addresses that are read again")

ENDINGS = (".", ",", ")", "/", "/.", ">", "»", "”", "'", '"', "…", ").", "%20", "؟")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("page", ["/suivi", "/pages/methode", "/connexion"])
def test_what_follows_an_address_is_forgiven(client, page, ending):
    answer = client.get(f"{page}{ending}?x=1")
    assert (answer.status_code, answer.location) == (308, f"{page}?x=1")
    assert client.head(f"{page}{ending}").status_code == 308


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_item_is_found_with_what_follows_and_in_lower_case(client, things, ending):
    page = f"/feuille-de-route/{things['reference'].lower()}"
    assert client.get(f"{page}{ending}").location == page
    assert things["reference"] in read(client.get(page)).text
    assert client.get(f"{page}{ending}", follow_redirects=True).status_code == 200


def test_a_reference_is_searched_in_lower_case(client, things):
    found = client.get("/feuille-de-route/", query_string={"q": things["reference"].lower()})
    assert things["reference"] in read(found).ids


def test_the_address_of_a_table_is_forgiven(staff):
    address = table_address(staff)
    for typed in (f"{address}).", f"{address}/", address.lower()):
        assert staff.get(typed, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "path", ["//evil.invalid.", "/\\evil.invalid.", "///evil.invalid/.", "//suivi.", "/\\\\suivi)"]
)
def test_no_address_leads_to_another_site(client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert (answer.status_code, answer.location) in {
        *((404, None), (308, "/evil.invalid."), (308, "/evil.invalid/.")),
        *((308, "/suivi"), (308, "/suivi.")),
    }


def test_the_home_page_is_found_too(client):
    assert client.get("/%C2%BB.").location == "/"
    assert client.get("/feuille-de-route).").location == "/feuille-de-route/"


def test_what_is_sent_is_never_redirected(client, staff):
    assert client.post("/rejoindre.").status_code in {400, 404, 405}
    assert client.get("/rejoindre.").status_code == 404  # no page to read there
    assert staff.get(f"{DESK}/.").location == DESK
