"""The way of one contribution, from the code of a poster to the published roadmap, and back."""

import csv
import io
import json
import zipfile

import pytest

from tests import builders
from tests.functional.browsing import groups_on, post, publish, read, sign_in
from webapp.accounts.models import Role
from webapp.platform.extensions import transaction

pytestmark = pytest.mark.both_databases("every statement of the whole way")

BOARD = f"/revue/{builders.GROUP}"


@pytest.fixture
def room(app):
    """An open workshop where six people have spoken, with its facilitator and the commissioner."""
    with app.app_context(), transaction() as session:
        builders.workshop(session, code="ABCDEF")
        facilitator = builders.user(session)
        builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
        for idea in builders.IDEAS:
            builders.published(session, idea, actor=facilitator)


def links(client, url, part):
    return [link for link in read(client.get(url)).links if part in link]


def test_an_idea_becomes_an_action_and_its_author_can_see_it(room, client):
    # Someone in the room finds the workshop and speaks.
    home = post(client, "/rejoindre", "/", code=" abc-def ")
    assert home.status_code == 303
    form = read(client.get(home.location))
    assert "Que faut-il changer ?" in form.text
    idea = "Un bus le dimanche vers l’hôpital, même petit"
    sent = post(client, home.location, body=idea, key=form.value("key"), concerned="yes")
    assert sent.status_code == 303
    receipt = read(client.get(sent.location))
    assert "Merci" in receipt.text
    follow = next(link for link in receipt.links if link.startswith("/suivi/"))
    assert "Reçue" in read(client.get(follow)).text

    # A facilitator reads it over, and the machine groups it.
    assert sign_in(client, "animation@example.org").status_code == 303
    queue = f"/animation/moderation/{builders.GROUP}"
    assert idea in read(client.get(queue)).text
    chosen = read(client.get(queue)).value("contributions")
    assert post(client, f"{queue}/publier", queue, contributions=chosen).status_code == 303
    assert "Relue et publiée" in read(client.get(follow)).text
    assert post(client, f"{BOARD}/analyses", BOARD, granularity="auto").status_code == 303
    board = client.get(BOARD)
    assert "Dernière analyse" in read(board).text
    assert idea in read(client.get(f"{BOARD}/contributions")).text

    # The facilitator accepts and renames its group, and makes it an item.
    cluster = next(
        url for url in groups_on(client.get(BOARD)) if idea in read(client.get(url)).text
    )
    version = read(client.get(cluster)).value("version")
    title = "Faire rouler un bus le dimanche vers l’hôpital"
    renamed = post(client, f"{cluster}/titre", cluster, title=title, version=version)
    assert renamed.status_code == 303
    version = read(client.get(cluster)).value("version")
    assert post(client, f"{cluster}/accepter", cluster, version=version).status_code == 303
    assert title in read(client.get(follow)).text
    item = post(client, f"{cluster}/fiche", cluster).location
    assert "À remplir avant de soumettre" in read(client.get(item)).text

    # The item is refused while it is incomplete, then submitted.
    version = read(client.get(item)).value("version")
    refused = post(client, f"{item}/etat", item, status="submitted", version=version)
    assert refused.status_code == 422
    assert "Remplissez d’abord" in read(refused).text
    saved = post(
        client,
        item,
        version=version,
        title=title,
        strand="3",
        finding="Le dimanche, personne ne peut aller à l’hôpital.",
        objective="Une desserte le dimanche.",
        lead="Région",
        due_date="2026-12-31",
    )
    assert saved.status_code == 303
    counted = {"name": "Dessertes", "baseline": "0", "target": "12,5"}
    added = post(client, f"{item}/indicateurs/", f"{item}/suivi", **counted)
    assert added.status_code == 303
    version = read(client.get(item)).value("version")
    done = post(client, f"{item}/etat", item, status="submitted", version=version)
    assert done.status_code == 303

    # The commissioner publishes; everyone can read, download, and follow.
    post(client, "/deconnexion", "/")
    sign_in(client, "commissaire@example.org")
    assert publish(client).status_code == 303
    post(client, "/deconnexion", "/")
    public = read(client.get("/feuille-de-route/"))
    assert title in public.text
    told = read(client.get(follow)).text
    assert "Publiée dans la feuille de route, version 1" in told
    assert "soumise au COPIL" in told
    reference = next(link for link in public.links if "52-AAD-001" in link)
    assert idea in read(client.get(reference)).text
    downloads = {
        link.rsplit("/", 1)[1]: client.get(link) for link in public.links if "/version/1/" in link
    }
    assert set(downloads) == {
        "odt", "docx", "pdf", "xlsx", "ods", "csv", "csv-excel", "json", "html"
    }  # fmt: skip
    assert all(answer.status_code == 200 for answer in downloads.values())
    rows = list(csv.DictReader(io.StringIO(downloads["csv"].data.decode())))
    assert [row["title"] for row in rows] == [title]
    snapshot = json.loads(downloads["json"].data)
    sources = snapshot["roadmap"]["chapters"][0]["items"][0]["sources"]
    assert idea in {source["words"] for source in sources}
    for name in ("odt", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(downloads[name].data)) as archive:
            assert archive.testzip() is None


def test_an_idea_taken_back_is_shown_nowhere(room, client):
    sent = post(client, "/a/ABCDEF", body="Je le regrette déjà", key="k")
    receipt = sent.location.rsplit("/", 1)[1]
    gone = post(client, f"/suivi/{receipt}/retirer", f"/suivi/{receipt}")
    assert gone.status_code == 303
    assert "Retirée par vous" in read(client.get(f"/suivi/{receipt}")).text
    sign_in(client, "animation@example.org")
    assert "regrette" not in client.get(f"/animation/moderation/{builders.GROUP}").text


def test_what_is_set_aside_says_why_to_its_author(room, client):
    sent = post(client, "/a/ABCDEF", body="Achetez mes matelas", key="k")
    follow = f"/suivi/{sent.location.rsplit('/', 1)[1]}"
    sign_in(client, "animation@example.org")
    queue = f"/animation/moderation/{builders.GROUP}"
    one = links(client, queue, f"{queue}/")[0]
    assert post(client, one, kind="set_aside", reason="").status_code == 422
    assert post(client, one, kind="set_aside", reason="Publicité").status_code == 303
    told = read(client.get(follow)).text
    assert "Écartée" in told
    assert "Raison\xa0: Publicité" in told


def test_a_masked_passage_leaves_no_trace_on_public_pages(room, client):
    words = "Ma voisine Mme Durand, 06 39 98 12 34, ne sort plus faute de bus le dimanche"
    assert post(client, "/a/ABCDEF", body=words, key="k").status_code == 422
    sent = post(client, "/a/ABCDEF", body=words, key="k", warned="y")
    sign_in(client, "animation@example.org")
    queue = f"/animation/moderation/{builders.GROUP}"
    assert "<mark>06 39 98 12 34</mark>" in client.get(queue).text
    one = links(client, queue, f"{queue}/")[0]
    masked = "Ma voisine [nom masqué] ne sort plus faute de bus le dimanche"
    answer = post(client, one, kind="masked", reason="Nom et téléphone", masked_body=masked)
    assert answer.status_code == 303
    follow = client.get(f"/suivi/{sent.location.rsplit('/', 1)[1]}")
    assert masked in read(follow).text
    assert "Durand" not in follow.text
