"""Which jobs follow which acts: asked for once each, and only when the act is committed."""

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.staff_acts import ACTS
from tests.nonempty import some
from webapp.platform.extensions import transaction

READ, ALIGN = ["read_groups"], ["align_groups"]
# The acts of the staff that a job follows; no job follows the others.
FOLLOWED = {
    "moderation.decide": READ,
    "clusters.attach": READ,
    "clusters.merge": READ,
    "clusters.split": READ,
    "placements.move": READ,
    "placements.isolate": READ,
    "placements.set_aside": READ,
    "placements.merge": READ,
    "contributions.cut": READ,
    "triage.go": ["compare_notes"],
    "triage.start_group": READ,
    "reviews.undo": READ,
    "reviews.undo_last": READ,
    "reviews.redo_last": READ,
    "runs.request": ["run_analysis"],
    "exports.request": ["make_documents"],
    "alignments.add_measure": ALIGN,
    "alignments.save": ALIGN,
    "alignments.remove": ALIGN,
    "reference_lists.add": ALIGN,
    "reference_lists.save": ALIGN,
    "reference_lists.retire": ALIGN,
    "reference_lists.restore": ALIGN,
    "reference_imports.store": ALIGN,
}
SURGE = f"/animation/moderation/{builders.GROUP}/afflux"


def test_each_act_of_the_staff_is_followed_by_its_jobs(
    app, things, browser_of, address, asked_jobs
):
    people = {name: browser_of(name) for name in {act.by for act in ACTS}}
    found = {}
    for act in some(ACTS):
        answer = act.send(app, people[act.by], address, before=asked_jobs.clear)
        assert answer.status_code == act.status, act.endpoint
        answer.close()
        if asked_jobs:
            found.setdefault(act.endpoint, []).extend(asked_jobs)
    assert found == FOLLOWED


def test_sorting_compares_the_notes_when_a_person_begins(things, browser_of, asked_jobs):
    client, page = browser_of("animation"), f"/revue/{builders.GROUP}/trier"
    fields = {"pile": "a-relire", "ordre": "doute"}
    assert post(client, page, page, **fields).status_code == 303
    assert asked_jobs == ["compare_notes"]
    assert post(client, page, page, note=things["excerpt"], **fields).status_code == 303
    assert asked_jobs == ["compare_notes"]


@pytest.mark.parametrize(
    ("act", "fields"), [("ecarter", {"reason": "Un script"}), ("reprendre", {})]
)
def test_the_worker_sorts_a_surge(things, browser_of, asked_jobs, act, fields):
    client = browser_of("animation")
    assert post(client, f"{SURGE}/{act}", SURGE, **fields).status_code == 303
    assert asked_jobs == ["sort_surge"]


@pytest.mark.parametrize(
    ("act", "jobs_asked"),
    [("retirer", ["read_groups"]), ("effacer", ["forget_texts", "read_groups"])],
)
def test_groups_are_read_again_without_what_its_author_takes_back(
    things, browser_of, asked_jobs, act, jobs_asked
):
    page = f"/suivi/{things['published_receipt']}"
    client = browser_of("anonymous")
    assert post(client, f"{page}/{act}", f"{page}/effacer").status_code == 303
    assert sorted(asked_jobs) == jobs_asked


def test_an_idea_that_is_sent_or_published_with_others_asks_for_no_job(
    app, things, browser_of, asked_jobs
):
    page = "/a/ABCDEF"
    client = browser_of("anonymous")
    drawn = read(client.get(page)).value("key")
    assert post(client, page, body="Un abri de plus", key=drawn).status_code == 303
    staff, queue = browser_of("animation"), f"/animation/moderation/{builders.GROUP}"
    with app.app_context(), transaction() as session:
        waiting = builders.contribution(session, "Un banc de plus").public_id
    assert post(staff, f"{queue}/publier", queue, contributions=[waiting]).status_code == 303
    assert "Contributions publiées\u00a0: 1." in read(staff.get(queue)).text
    assert asked_jobs == []


def test_a_refused_act_asks_for_no_job(things, browser_of, asked_jobs):
    client, board = browser_of("animation"), f"/revue/{builders.GROUP}"
    answer = post(client, f"{board}/historique/annuler", board, action="999999")
    assert answer.status_code == 404
    assert asked_jobs == []
