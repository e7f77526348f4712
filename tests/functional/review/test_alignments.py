"""The reference lists of the Pacte through HTTP."""

import re

import pytest

from tests import builders
from tests.functional.browsing import groups_on, post, read, sign_in
from webapp.accounts.models import Role
from webapp.platform.extensions import transaction

PAGE = "/pilotage/reperes"


@pytest.fixture
def commissioner(app, client):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        user = builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
        said = [builders.published(session, w, actor=user) for w in ("Un café", "Le café")]
        builders.cluster(session, *said, title="Ouvrir un café")
    sign_in(client, "commissaire@example.org")
    return client


def test_a_measure_and_its_words_reach_the_page_of_a_group(commissioner):
    assert post(commissioner, PAGE, name="Les cafés", seeds="café").status_code == 303
    (group,) = groups_on(commissioner.get(f"/revue/{builders.GROUP}"))
    told = read(commissioner.get(group)).text
    assert "Les cafés" in told
    assert "100\u202f% des contributions" in told
    page = commissioner.get(PAGE).text
    measure = re.search(rf"{PAGE}/([\w-]+)/retirer", page).group(1)
    assert post(commissioner, f"{PAGE}/{measure}", PAGE, seeds="thé").status_code == 303
    assert "Les cafés" not in read(commissioner.get(group)).text
    assert post(commissioner, f"{PAGE}/{measure}/retirer", PAGE).status_code == 303
    assert "/retirer" not in commissioner.get(PAGE).text


def test_a_measure_without_a_name_or_twice_is_refused(commissioner):
    assert post(commissioner, PAGE, name=" ").status_code == 422
    assert post(commissioner, PAGE, name="Une").status_code == 303
    refused = post(commissioner, PAGE, name="Une")
    assert refused.status_code == 409
    assert "existe déjà" in read(refused).text
