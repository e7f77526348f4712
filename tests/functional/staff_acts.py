"""Every act of the staff: on what was said (``acts``), then on accounts and settings."""

from tests import builders
from tests.functional.acts import ACTS as REGION_ACTS
from tests.functional.acts import Act
from tests.functional.scenes import NUMBERS, local
from webapp.accounts.models import SecondFactor, UserSession
from webapp.collection.models import DecisionKind
from webapp.territory.models import Territory

DELAYS = {
    "words_days": "90",
    "answers_days": "365",
    "accounts_months": "12",
    "marks_hours": "24",
    "imports_hours": "24",
    "exports_hours": "2",
}
NOTICE = {
    "publisher": "Commissariat, 1 rue de l’Exemple, Angers",
    "director": "La commissaire",
    "host": "Hébergeur, Nantes",
    "controller": "Préfecture",
    "dpo": "dpo@exemple.fr",
    "rights_contact": "droits@exemple.fr",
    "authority": "CNIL, Paris",
    "accessibility_contact": "acces@exemple.fr",
    "conformity": "none",
    "audited": "",
}
FIELDS = {"display_name": "Une collègue", "role": "facilitator", "groups": [builders.GROUP]}
ADDRESS = {"email": "nouvelle@example.org"}
# pragma: allowlist nextline secret
PASSWORDS = {"password": builders.PASSWORD, "new": "une autre phrase assez longue"}


def somebody(session, *, active=True):
    made = builders.user(session, email=f"personne-{next(NUMBERS)}@example.org")
    made.active = active
    return made


def an_account(session, _actor):
    return {"account": somebody(session).public_id}


def a_closed_account(session, _actor):
    return {"account": somebody(session, active=False).public_id}


def an_account_with_codes(session, _actor):
    made = somebody(session)
    session.add(SecondFactor(user_id=made.id, secret="s", enabled_at=builders.NOW, last_step=0))
    return {"account": made.public_id}


def another_browser(session, actor):
    made = UserSession(user_id=actor.id, token_hash=f"{next(NUMBERS):064}", opened_at=builders.NOW)
    session.add(made)
    session.flush()
    return {"session": made.public_id}


def a_masked_text(session, actor):
    masked = builders.contribution(session, "Appelez Mme Josiane Quatremarre")
    builders.decide(
        session, masked, DecisionKind.MASKED, actor=actor, reason="Nom", masked_body="Appelez [nom]"
    )
    return {"contribution": masked.public_id, "version": masked.decision.id}


HEADING = {"title": "Pacte", "starts_on": "2025-01-01", "ends_on": "2027-12-31"}

ACTS = [
    *REGION_ACTS,
    Act("local_roadmaps.save", HEADING, made=local(Territory.NANTES)),
    Act("maskings.confirm", made=a_masked_text),
    Act("retention.save", DELAYS | {"version": "0"}, by="admin"),
    Act("notices.save", NOTICE | {"version": "0"}, by="admin"),
    # An invitation and a link are shown once, on the page that answers.
    Act("accounts.invite", FIELDS | ADDRESS, by="admin", status=200),
    Act("accounts.make_link", made=an_account, by="admin", status=200),
    Act("accounts.save", FIELDS, made=an_account, by="admin"),
    Act("accounts.deactivate", made=an_account, by="admin"),
    Act("accounts.reactivate", made=a_closed_account, by="admin"),
    Act("accounts.reset_second_factor", made=an_account_with_codes, by="admin"),
    Act("my_account.end_session", made=another_browser),
    Act("calendar_feeds.give", status=200),
    Act("calendar_feeds.revoke"),
    Act("mailings.save", {"digest": "y"}),
    Act("my_account.end_others", made=another_browser),
    Act("my_account.change_password", PASSWORDS, by="copil"),
]
