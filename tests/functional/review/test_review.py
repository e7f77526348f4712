"""What a facilitator and a commissioner do on their screens, and what two of them do at once."""

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.functional.browsing import post, publish, read, sign_in, typed_text
from webapp.accounts.models import Role
from webapp.collection.models import ModerationDecision
from webapp.platform.extensions import db, transaction
from webapp.review.models import AnalysisRun, RunState

BOARD = f"/revue/{builders.GROUP}"
QUEUE = f"/animation/moderation/{builders.GROUP}"


def follow(client, answer):
    """Read the page that an accepted form leads to."""
    assert answer.status_code == 303, read(answer).text[:300]
    return read(client.get(answer.location))


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_group_is_accepted_renamed_reopened_and_its_history_says_who(things, browser_of):
    client, cluster = browser_of("animation"), f"{BOARD}/{things['cluster']}"
    page = follow(
        client, post(client, f"{cluster}/titre", cluster, title="  Ouvrir   une laverie ")
    )
    assert "Titre enregistré" in page.text
    page = follow(client, post(client, f"{cluster}/accepter", cluster))
    assert "En faire une fiche action" in page.text
    page = follow(client, post(client, f"{cluster}/rouvrir", cluster))
    assert "de nouveau une proposition" in page.text
    assert "Rouvert par animation" in page.text


def test_a_title_without_a_word_changes_nothing_and_says_so(things, browser_of):
    client, cluster = browser_of("animation"), f"{BOARD}/{things['cluster']}"
    page = follow(client, post(client, f"{cluster}/titre", cluster, title="   "))
    assert "Donnez un titre au regroupement" in page.text
    assert "Ouvrir une laverie" in page.text
    refused = post(client, f"{cluster}/titre", cluster, title="\u202e\x00")
    assert "Donnez un titre au regroupement" in follow(client, refused).text


def test_a_late_contribution_is_attached_once(things, browser_of):
    client, cluster = browser_of("animation"), f"{BOARD}/{things['cluster']}"
    assert "Rattachements proposés" in read(client.get(cluster)).text
    page = follow(client, post(client, f"{cluster}/rattacher", cluster, excerpts=things["excerpt"]))
    assert "Contribution rattachée" in page.text
    assert "Rattachements proposés" not in page.text
    again = post(client, f"{cluster}/rattacher", cluster, excerpts=things["excerpt"])
    assert again.status_code == 404


def test_a_proposal_becomes_no_item_and_a_group_with_an_item_stays_accepted(things, browser_of):
    client = browser_of("animation")
    proposed, accepted = f"{BOARD}/{things['cluster']}", f"{BOARD}/{things['accepted']}"
    assert post(client, f"{proposed}/fiche", proposed).status_code == 409
    refused = post(client, f"{accepted}/rouvrir", proposed)
    assert refused.status_code == 409
    assert "Une fiche action répond à ce regroupement" in read(refused).text
    assert post(client, f"{accepted}/fiche", accepted).location.endswith(things["item"])


@pytest.mark.parametrize("act", ["titre", "accepter"])
def test_two_people_on_a_group_the_second_is_told_by_name(things, browser_of, act):
    client, other = browser_of("animation"), browser_of("collegue")
    cluster = f"{BOARD}/{things['cluster']}"
    seen = read(client.get(cluster)).value("version")
    first = post(other, f"{cluster}/titre", cluster, title="Le titre de la collègue", version=seen)
    assert first.status_code == 303
    fields = {"title": "Mon titre à moi"} if act == "titre" else {}
    answer = post(client, f"{cluster}/{act}", cluster, version=seen, **fields)
    assert answer.status_code == 409
    assert "collegue a enregistré un changement" in read(answer).text
    assert "Le titre de la collègue" in read(answer).text
    assert [read(answer).value(name) for name in fields] == list(fields.values())


def test_two_people_on_an_item_the_second_keeps_what_was_typed(things, browser_of):
    client, other = browser_of("animation"), browser_of("collegue")
    item = f"/pilotage/fiches/{things['item']}"
    seen = read(client.get(item)).value("version")
    first = post(other, item, title="La fiche de la collègue", strand="3", version=seen)
    assert first.status_code == 303
    typed = {"title": "Ma fiche", "finding": "Mon constat", "lead": "Mon pilote"}
    answer = post(client, item, strand="2", version=seen, **typed)
    assert answer.status_code == 409
    page = read(answer)
    assert "collegue a enregistré un changement" in page.text
    assert "La fiche de la collègue" in page.text
    assert (page.value("title"), page.value("lead")) == ("Ma fiche", "Mon pilote")
    assert typed_text(answer) == "Mon constat"
    assert "Ouvrir la version enregistrée" in page.text
    stored = read(client.get(item))
    assert stored.value("title") == "La fiche de la collègue"


def test_a_change_of_state_on_an_old_page_is_refused(things, browser_of):
    client = browser_of("commissaire")
    item = f"/pilotage/fiches/{things['complete_item']}"
    seen = read(client.get(item)).value("version")
    done = post(client, f"{item}/etat", item, status="in_progress", version=seen)
    assert "La fiche est maintenant\u00a0: en cours" in follow(client, done).text
    answer = post(client, f"{item}/etat", item, status="abandoned", version=seen)
    assert answer.status_code == 409
    assert "commissaire a enregistré un changement" in read(answer).text


def test_an_adopted_item_cannot_lose_what_a_committee_decided_on(things, browser_of):
    client = browser_of("commissaire")
    item = f"/pilotage/fiches/{things['complete_item']}"
    answer = post(client, item, title="Des bus", strand="3", finding="x", objective="y", lead="")
    assert answer.status_code == 409
    assert "Remplissez d’abord\u00a0: pilote, échéance" in read(answer).text
    assert read(client.get(item)).value("lead") == "Région Pays de la Loire"


def test_an_analysis_of_an_unknown_grain_is_not_run(app, things, browser_of):
    client, before = browser_of("animation"), count(app, AnalysisRun)
    page = follow(client, post(client, f"{BOARD}/analyses", BOARD, granularity="énorme"))
    assert "Choisissez comment regrouper" in page.text
    assert count(app, AnalysisRun) == before


def test_one_analysis_runs_at_a_time_and_its_page_follows_it(app, things, browser_of):
    with app.app_context(), transaction() as session:
        run = builders.run(session, state=RunState.RUNNING, stage="encoding", progress=0.4)
        address = f"{BOARD}/analyses/{run.public_id}/avancement"
    client = browser_of("animation")
    board = client.get(BOARD)
    assert f'data-poll="{address}"' in board.text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in board.text
    told = client.get(address)
    assert 'value="40"' in told.text
    assert "Compréhension des phrases" in read(told).text
    refused = post(client, f"{BOARD}/analyses", QUEUE)
    assert refused.status_code == 409
    assert "Une analyse est déjà en cours" in read(refused).text
    with app.app_context(), transaction() as session:
        session.merge(run).state = RunState.FAILED
    ended = client.get(address)
    assert (ended.status_code, ended.location) == (303, BOARD)


def test_an_analysis_of_nothing_says_what_to_do(things, browser_of):
    client, board = browser_of("voisin"), f"/revue/{builders.OTHER_GROUP}"
    assert post(client, f"{board}/analyses", board).status_code in {303, 409}
    assert "ubliez d’abord des contributions" in read(client.get(board)).text


def test_a_failed_analysis_says_so_and_can_be_asked_again(app, things, browser_of):
    with app.app_context(), transaction() as session:
        builders.run(session, state=RunState.FAILED, error="interrupted")
    page = read(browser_of("animation").get(BOARD))
    assert "L’analyse a été interrompue" in page.text
    assert "Relancer l’analyse" in page.text


def test_many_are_published_at_once_or_none(app, things, browser_of):
    client = browser_of("animation")
    page = follow(client, post(client, f"{QUEUE}/publier", QUEUE))
    assert "Contributions publiées\u00a0: 0" in page.text
    before = count(app, ModerationDecision)
    mixed = {"contributions": [things["contribution"], "inconnue"]}
    assert post(client, f"{QUEUE}/publier", QUEUE, **mixed).status_code == 404
    assert count(app, ModerationDecision) == before
    page = follow(
        client, post(client, f"{QUEUE}/publier", QUEUE, contributions=mixed["contributions"][0])
    )
    assert "Contributions publiées\u00a0: 1" in page.text
    assert "Rien à relire" in page.text


def test_a_decision_can_be_taken_back(things, browser_of):
    client, one = browser_of("animation"), f"{QUEUE}/{things['contribution']}"
    follow(client, post(client, one, kind="set_aside", reason="Hors sujet"))
    assert "Hors sujet" in read(client.get(f"{QUEUE}?etat=set_aside")).text
    page = follow(client, post(client, one, kind="pending"))
    assert "Une laverie, appelez" in page.text


def test_a_refused_decision_keeps_what_was_typed(things, browser_of):
    client, one = browser_of("animation"), f"{QUEUE}/{things['contribution']}"
    answer = post(client, one, kind="masked", reason="", masked_body="Une laverie [masqué]")
    assert answer.status_code == 422
    assert "Il manque une raison" in read(answer).text
    assert read(answer).value("masked_body") == "Une laverie [masqué]"


def test_the_queue_says_that_it_goes_on(app, things, browser_of):
    with app.app_context(), transaction() as session:
        for number in range(50):
            builders.contribution(session, f"Idée {number}")
    page = read(browser_of("animation").get(QUEUE))
    assert "51 contributions à relire" in page.text
    assert "Voici les 50 plus anciennes" in page.text


def test_a_workshop_is_paused_resumed_closed_and_reopened(things, browser_of):
    client, desk = browser_of("animation"), "/animation/"
    url = f"{desk}ateliers/{things['code']}/etat"
    for state in ("paused", "open", "closed", "open"):
        page = follow(client, post(client, url, desk, state=state))
        assert "c’est noté" in page.text
    assert post(client, url, desk, state="draft").status_code == 409
    assert post(client, url, desk, state="exploded").status_code == 400


def test_each_publication_is_a_version_that_stays(things, browser_of):
    client = browser_of("commissaire")
    page = follow(client, publish(client))
    assert "Version 2 publiée" in page.text
    assert client.get("/feuille-de-route/version/1/csv").status_code == 200
    assert client.get("/feuille-de-route/version/3/csv").status_code == 404
    assert client.get("/feuille-de-route/version/1/docm").status_code == 404


def test_a_roadmap_of_drafts_is_not_published(app, client):
    with app.app_context(), transaction() as session:
        actor = builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
        builders.workshop(session)
        builders.item(session, actor=actor, contributions=[builders.contribution(session)])
    sign_in(client, "commissaire@example.org")
    assert "Soumettez d’abord une fiche" in read(client.get("/pilotage/versions")).text
    answer = publish(client)
    assert answer.status_code == 409
    assert "Toutes les fiches sont en brouillon" in read(answer).text
    assert "Aucune version n’est encore publiée" in read(client.get("/feuille-de-route/")).text


def test_the_draft_can_be_read_before_it_is_published(things, browser_of):
    answer = browser_of("commissaire").get("/pilotage/projet/html")
    assert answer.status_code == 200
    assert 'filename="projet.html"' in answer.headers["Content-Disposition"]
    assert "projet" in answer.text.lower()
