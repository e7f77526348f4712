"""An invitation leaves by e-mail when a server is set; the page keeps the link otherwise."""

import re

from sqlalchemy import select

from tests import builders
from tests.functional.browsing import post, read
from webapp.platform.extensions import db
from webapp.platform.models import AuditEntry

ACCOUNTS = "/administration/comptes/"
BUTTON = "Envoyer ce lien par courriel"


def invite(admin):
    fields = {"email": "lea@example.org", "display_name": "Léa", "role": "facilitator"}
    return post(admin, ACCOUNTS, groups=builders.GROUP, **fields)


def sent(admin, page):
    form = read(page)
    action = re.search(rf'action="({ACCOUNTS}[^"]+/lien/envoyer)"', page.text)[1]
    fields = {"csrf_token": form.value("csrf_token"), "token": form.value("token")}
    return admin.post(action, data=fields)


def test_the_message_brings_the_link_that_the_page_shows(app, admin, box):
    page = invite(admin)
    answer = sent(admin, page)
    assert (answer.status_code, answer.location) == (303, ACCOUNTS)
    [message] = box.messages
    assert message["To"] == "lea@example.org"
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/compte/lien/\S+)", message.get_content())
    assert f">http://127.0.0.1:8000{path}<" in page.text
    assert "Léa" in read(app.test_client().get(path)).text
    with app.app_context():
        assert "user.link_sent" in db.session.scalars(select(AuditEntry.action)).all()


def test_a_message_that_does_not_leave_keeps_the_link_on_the_page(app, admin, box):
    box.refused.add("lea@example.org")
    page = invite(admin)
    answer = sent(admin, page)
    assert answer.status_code == 503
    assert "Le message n’est pas parti" in answer.text
    assert re.search(r">http://127[^<]+/compte/lien/[^<]+<", page.text)[0] in answer.text
    with app.app_context():
        assert "user.link_sent" not in db.session.scalars(select(AuditEntry.action)).all()


def test_a_link_that_is_over_is_not_sent(admin, box):
    first = invite(admin)
    account = re.search(rf"{ACCOUNTS}([^/\"]+)/lien/envoyer", first.text)[1]
    assert post(admin, f"{ACCOUNTS}{account}/lien", f"{ACCOUNTS}{account}").status_code == 200
    assert sent(admin, first).status_code == 410
    assert box.messages == []


def test_without_a_server_no_page_offers_to_send(admin):
    page = invite(admin)
    assert BUTTON not in page.text
