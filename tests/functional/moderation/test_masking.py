"""A masked text is looked at once more, beside its words, before they are destroyed."""

from datetime import timedelta

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.collection.models import Contribution
from webapp.moderation.models import MaskReading
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry, PurgeCause
from webapp.privacy import retention

SAID = "Appelez Mme Josiane Quatremarre au 06 39 98 12 34"
HOME = f"/animation/masquages/{builders.GROUP}"
MODERATION = f"/animation/moderation/{builders.GROUP}"


@pytest.fixture
def said(app, staff):
    """The identifier of a contribution to mask."""
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        return builders.contribution(session, SAID).public_id


def mask(client, said, text):
    fields = {"kind": "masked", "reason": "Nom", "masked_body": text}
    return post(client, f"{MODERATION}/{said}", **fields)


def confirm(client, said):
    page = read(client.get(HOME))
    return post(client, f"{HOME}/{said}", HOME, version=page.value("version"))


def count(app, model):
    with app.app_context():
        return db.session.query(model).count()


def test_a_masked_text_waits_beside_its_words_with_what_is_left(staff, said):
    assert "Aucun masquage à revoir" in read(staff.get(HOME)).text
    mask(staff, said, "Appelez Mme Josiane Quatremarre")
    queue = read(staff.get(MODERATION))
    assert "laisse peut-être voir quelqu’un" in queue.text
    assert "Masquages à revoir (1)" in queue.text
    page = read(staff.get(HOME))
    for words in ("06 39 98 12 34", "Peut-être encore\u00a0: nom", "Vous l’avez masqué vous-même"):
        assert words in page.text


def test_another_person_confirms_and_it_is_written_down(app, staff, said):
    mask(staff, said, "Appelez [nom masqué]")
    assert "laisse peut-être voir" not in read(staff.get(MODERATION)).text
    colleague = app.test_client()
    sign_in(colleague, "collegue@example.org")
    assert "Vous l’avez masqué vous-même" not in read(colleague.get(HOME)).text
    assert confirm(colleague, said).status_code == 303
    page = read(colleague.get(HOME))
    assert "Déjà revus (1)" in page.text
    assert "la même personne" not in page.text
    with app.app_context():
        line = db.session.query(AuditEntry).filter_by(action="contribution.mask_read").one()
        assert line.details == "another person"


def test_the_same_person_may_confirm_and_the_page_says_so(app, staff, said):
    mask(staff, said, "Appelez [nom masqué]")
    confirm(staff, said)
    assert "la même personne que celle qui a masqué" in read(staff.get(HOME)).text
    with app.app_context():
        line = db.session.query(AuditEntry).filter_by(action="contribution.mask_read").one()
        assert line.details == "same person"


def test_masked_again_it_waits_for_another_look(app, staff, said):
    mask(staff, said, "Appelez Josiane")
    version = read(staff.get(HOME)).value("version")
    mask(staff, said, "Appelez [nom masqué]")
    stale = post(staff, f"{HOME}/{said}", HOME, version=version)
    assert stale.status_code == 409
    assert count(app, MaskReading) == 0
    assert confirm(staff, said).status_code == 303
    mask(staff, said, "Appelez quelqu’un")
    assert "Masquages à revoir (1)" in read(staff.get(MODERATION)).text


def test_what_is_not_masked_has_no_second_look(staff, said):
    assert post(staff, f"{HOME}/{said}", MODERATION, version="1").status_code == 404


@pytest.mark.parametrize(
    ("looked", "days", "destroyed"),
    [(True, 181, True), (True, 179, False), (False, 181, False), (False, 361, True)],
)
def test_words_go_after_the_delay_and_a_look_or_after_twice_the_delay(
    app, staff, said, looked, days, destroyed
):
    mask(staff, said, "Appelez [nom masqué]")
    if looked:
        confirm(staff, said)
    with app.app_context(), transaction() as session:
        found = session.query(Contribution).filter_by(public_id=said).one()
        late = found.decision.decided_at + timedelta(days=days)
        retention.purge(session, now=late, cause=PurgeCause.COMMAND)
        assert (found.erased_at is not None) is destroyed
        assert found.shown_body == "Appelez [nom masqué]"
