"""Every act of the staff is in the journal, under the name of whoever did it."""

import sqlalchemy as sa

from tests import builders
from tests.functional.reach import EVERYONE, TABLE
from tests.functional.staff_acts import ACTS
from tests.functional.traces import fingerprint, journal
from webapp.collection.models import Contribution
from webapp.platform.extensions import db
from webapp.vocabulary.journal import JOURNAL as JOURNAL_WORDS
from webapp.vocabulary.journal import OBJECTS

# What writes nothing, and what is tried where there is room for it.
NOT_TRIED = {
    "imports.check": "shows what an import would do, stores nothing",
    "roadmap_imports.check": "shows what an import would do, stores nothing",
    "roadmap_imports.restore": "needs an empty one: functional/imports/test_roadmap_imports.py",
    "account.enter_code": "needs a fresh password: functional/accounts/test_second_factor.py",
    "sso.enter": "needs a provider: tests/functional/accounts/test_sso.py",
    "second_factors.enable": "needs a code of now: tests/functional/accounts/test_second_factor.py",
    "second_factors.renew_codes": "the same",
    "second_factors.remove": "the same",
    "surges.set_aside": "the worker does and signs it: tests/integration/moderation/test_surges.py",
    "surges.resume": "the same",
    "accounts.send_link": "needs a mail server: tests/functional/accounts/test_sent_links.py",
    "mailings.send_trial": "the same: tests/functional/notifications/test_mailings.py",
}
# What changes nothing for anybody else has no line.
WAITS = "a file waits for its sender alone, a day at most; storing it has a line"
NO_LINE = dict.fromkeys(
    ("imports.send", "programme.send", "reference_imports.send", "roadmap_imports.send"), WAITS
)
OWN = "somebody signs out of a browser of theirs"
NO_LINE["triage.go"] = "whose turn it is to read a note, for three minutes; deciding has a line"
NO_LINE |= dict.fromkeys(("my_account.end_session", "my_account.end_others"), OWN)
NO_LINE["mailings.save"] = "which messages somebody receives"
JOURNAL = ("audit_entry", "audit_head")


def test_every_unsafe_route_of_the_staff_is_tried(app):
    unsafe = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    staff = {endpoint for endpoint in unsafe if TABLE[endpoint] != EVERYONE}
    assert {act.endpoint for act in ACTS} == staff - NOT_TRIED.keys()


def test_every_act_of_the_staff_is_in_the_journal(app, things, browser_of, address):
    people = {name: browser_of(name) for name in {act.by for act in ACTS}}
    with app.app_context():
        ids = {n: builders.find_user(db.session, f"{n}@example.org").id for n in people}
    wrong = []
    for act in ACTS:
        client, me, seen = people[act.by], ids[act.by], []
        answer = act.send(app, client, address, before=lambda seen=seen: seen.append(_see(app)))
        (rest, lines), (rest_after, lines_after) = seen[0], _see(app)
        signed = any(actor_id == me for _, _, actor_id, _ in lines_after[len(lines) :])
        if rest == rest_after or signed == (act.endpoint in NO_LINE):
            wrong.append((act.endpoint, answer.status_code, rest != rest_after, signed))
        answer.close()
    assert not wrong, "\n".join(map(str, wrong))
    _check_words(app)


def _check_words(app):
    """No line holds what somebody said, nor an address; each has its French words."""
    with app.app_context():
        said = {body for body in db.session.scalars(sa.select(Contribution.body)) if len(body) > 3}
    for action, subject, _, details in journal(app):
        assert action in JOURNAL_WORDS
        assert subject.partition(":")[0] in OBJECTS
        assert "@" not in subject + details
        assert not [body for body in said if body in details]


def _see(app):
    return fingerprint(app, without=JOURNAL), journal(app)
