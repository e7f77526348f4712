"""Invitations, recovery and the accounts page: links used once, people who cannot lock all out."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp import create_app
from webapp.accounts import administration, links
from webapp.accounts.models import AccountLink, Role, User, UserSession
from webapp.accounts.passwords import Gate
from webapp.exceptions import LastAdministratorError, LinkOverError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry

ACCOUNTS = "/administration/comptes/"
NEW = "quatre mots sans rapport"


def invite(admin, email="lea@example.org", role="facilitator", **fields):
    """Invite somebody and return the path of the link that is shown."""
    fields = {"display_name": "Léa", "groups": builders.GROUP} | fields
    return path_on(post(admin, ACCOUNTS, email=email, role=role, **fields))


def path_on(answer):
    assert answer.status_code == 200
    found = re.findall(r">http://127\.0\.0\.1:8000(/compte/lien/[\w-]{43})<", answer.text)
    assert len(found) == 1
    return found[0]


def page_of(app, email):
    with app.app_context():
        return ACCOUNTS + builders.find_user(db.session(), email).public_id


def actions(app):
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_link_used_in_the_browser_of_somebody_else_ends_their_session(app, admin):
    path = invite(admin)
    stolen = app.test_client()
    stolen.set_cookie("session", admin.get_cookie("session").value)
    assert post(admin, path, new=NEW).location == "/connexion"
    assert stolen.get(ACCOUNTS).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(UserSession)).all() == []


def test_check_24_strangers_at_the_gate_keep_out_no_holder_of_a_link(app, admin, phone):
    path, gate = invite(admin), Gate(1, waiting=0, patience=0)
    app.config["PASSWORD_GATE"] = gate
    with gate.slot():
        assert post(phone, path, new=NEW).location == "/connexion"


def test_check_21_an_invitation_opens_an_account_once(app, admin, phone):
    path = invite(admin)
    assert "invité" in read(admin.get(ACCOUNTS)).text
    assert sign_in(phone, "lea@example.org").status_code == 422  # no password opens it yet
    for _ in range(2):  # looking uses nothing up
        page = phone.get(path)
        assert "Bienvenue, Léa" in read(page).text
        assert page.headers["Cache-Control"] == "no-store"
    weak = post(phone, path, new="motdepasse123")
    assert weak.status_code == 422
    assert "tout le monde essaie" in read(weak).text
    assert post(phone, path, new=NEW).location == "/connexion"
    assert phone.get("/animation/").status_code == 303  # a link signs nobody in
    assert sign_in(phone, "lea@example.org", NEW).location == "/animation/"
    assert phone.get(f"/revue/{builders.GROUP}").status_code == 200
    for again in (phone.get(path), phone.post(path, data={"new": NEW, "csrf_token": token(phone)})):
        assert again.status_code == 410
        assert "Ce lien ne sert plus" in read(again).text
    assert actions(app)[-3:] == ["user.add", "user.invite", "user.password"]


def token(client):
    return read(client.get("/connexion")).value("csrf_token")


def test_check_21_a_link_expires_and_another_revokes_it(app, admin, phone):
    first = invite(admin)
    second = path_on(post(admin, page_of(app, "lea@example.org") + "/lien", ACCOUNTS))
    assert phone.get(first).status_code == 410
    assert phone.get(second).status_code == 200
    with app.app_context(), transaction() as session:
        session.execute(update(AccountLink).values(expires_at=builders.NOW))
    assert phone.get(second).status_code == 410
    assert post(phone, second, "/connexion", new=NEW).status_code == 410
    assert "lien expiré" in read(admin.get(ACCOUNTS)).text


def test_check_21_a_recovery_link_replaces_the_password_and_ends_the_sessions(app, admin, phone):
    with app.app_context(), transaction() as session:
        builders.user(session)
    sign_in(phone, "animation@example.org")
    path = path_on(post(admin, page_of(app, "animation@example.org") + "/lien", ACCOUNTS))
    assert phone.get("/animation/").status_code == 200
    other = app.test_client()
    assert "L’ancien mot de passe" in read(other.get(path)).text
    assert post(other, path, new=NEW).status_code == 303
    assert phone.get("/animation/").status_code == 303
    assert sign_in(phone, "animation@example.org").status_code == 422
    assert sign_in(other, "animation@example.org", NEW).status_code == 303


@pytest.mark.both_databases("two writers at once")
def test_check_21_two_uses_of_one_link_at_once_are_one(app, admin):
    path = invite(admin)
    secret, outcomes = path.rsplit("/", 1)[1], []

    def use(password):
        with app.app_context():
            try:
                links.use(transaction, token=secret, password=password, gate=Gate(4), now=in_time)
                outcomes.append("used")
            except LinkOverError:
                outcomes.append("refused")
            finally:
                db.session.remove()

    with app.app_context():
        in_time = db.session.scalars(select(AccountLink.created_at)).one()
    threads = [threading.Thread(target=use, args=(f"{NEW} {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 3 + ["used"]


def test_check_21_only_a_hash_of_the_link_is_kept(app, admin):
    secret = invite(admin).rsplit("/", 1)[1]
    with app.app_context():
        kept = db.session.scalars(select(AccountLink)).one()
        assert secret not in kept.token_hash
        assert kept.expires_at - kept.created_at == timedelta(days=7)


@pytest.fixture
def public(config):
    """The application at a public address."""
    app = create_app(replace(config, public_url="https://semailles.example"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_check_21_a_forged_host_changes_no_link_and_gets_no_page(public):
    client = public.test_client()
    for host in ("evil.example", "semailles.example.evil.example", "evil.example:443"):
        answer = client.get("/connexion", base_url=f"https://{host}")
        assert answer.status_code == 400
        assert "evil" not in answer.text
    for host in ("semailles.example", "127.0.0.1:8000", "localhost"):
        assert client.get("/connexion", base_url=f"https://{host}").status_code == 200


def test_check_21_a_link_begins_with_the_public_address_whatever_the_host(public):
    from webapp.cli import main  # noqa: PLC0415 - only here

    with public.app_context(), transaction() as session:
        builders.user(session)
    from click.testing import CliRunner  # noqa: PLC0415 - idem

    done = CliRunner().invoke(
        main, ["user", "recover", "animation@example.org"], obj=lambda: public
    )
    assert done.exit_code == 0, done.output
    assert re.search(r"\nhttps://semailles\.example/compte/lien/[\w-]{43}\n", done.output)


def test_somebody_is_invited_from_the_command_line(app, admin, phone):
    from click.testing import CliRunner  # noqa: PLC0415 - idem

    from webapp.cli import main  # noqa: PLC0415 - only here

    words = ["user", "invite", "lea@example.org", "--name", "Léa", "--role", "observer"]
    done = CliRunner().invoke(main, words, obj=lambda: app)
    assert done.exit_code == 0, done.output
    path = re.search(r"/compte/lien/\S+", done.output).group()
    assert post(phone, path, new=NEW).status_code == 303
    assert sign_in(phone, "lea@example.org", NEW).location == "/copil/"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "pas une adresse"}, "Écrivez une adresse complète"),
        ({"email": ""}, "Écrivez l’adresse"),
        ({"display_name": " "}, "Donnez le nom"),
        ({"role": "empereur"}, "choix"),
        ({"groups": "nulle-part"}, "choix"),
    ],
)
def test_an_invitation_that_is_wrong_keeps_what_was_typed(admin, fields, said):
    typed = {"email": "lea@example.org", "display_name": "Léa", "role": "observer"} | fields
    answer = post(admin, ACCOUNTS, **typed)
    assert answer.status_code == 422
    assert said in read(answer).text
    assert read(answer).value("email") == typed["email"]


def test_an_address_has_one_account(admin):
    invite(admin)
    again = post(admin, ACCOUNTS, email="LEA@example.org", display_name="L", role="observer")
    assert again.status_code == 409
    assert "Un compte existe déjà" in read(again).text


def test_an_account_is_changed_closed_and_opened_again(app, admin, phone):
    with app.app_context(), transaction() as session:
        builders.user(session)
    page = page_of(app, "animation@example.org")
    sign_in(phone, "animation@example.org")
    saved = post(admin, page, display_name="Amina", role="observer")
    assert saved.status_code == 303
    assert phone.get("/animation/").status_code == 403  # at once
    assert "Amina" in read(phone.get("/compte/")).text
    assert post(admin, f"{page}/desactiver", page).status_code == 303
    assert phone.get("/compte/").status_code == 303
    assert sign_in(phone, "animation@example.org").status_code == 422
    assert post(admin, f"{page}/lien", ACCOUNTS).status_code == 410
    assert post(admin, f"{page}/reactiver", page).status_code == 303
    assert phone.get("/compte/").status_code == 303  # its old sessions stay closed
    assert sign_in(phone, "animation@example.org").status_code == 303
    assert actions(app)[-3:] == ["user.save", "user.deactivate", "user.reactivate"]


def test_groups_given_and_taken_away_count_at_once(app, admin, phone):
    with app.app_context(), transaction() as session:
        builders.user(session)
    page = page_of(app, "animation@example.org")
    sign_in(phone, "animation@example.org")
    for groups, statuses in (
        ([builders.OTHER_GROUP], (404, 200)),
        ([builders.GROUP, builders.OTHER_GROUP], (200, 200)),
        ([], (404, 404)),
    ):
        post(admin, page, display_name="Amina", role="facilitator", groups=groups)
        got = [phone.get(f"/revue/{g}").status_code for g in (builders.GROUP, builders.OTHER_GROUP)]
        assert tuple(got) == statuses


def test_a_link_of_a_closed_account_opens_nothing(app, admin, phone):
    path, page = invite(admin), page_of(app, "lea@example.org")
    post(admin, f"{page}/desactiver", page)
    assert phone.get(path).status_code == 410
    post(admin, f"{page}/reactiver", page)
    assert phone.get(path).status_code == 410


def test_nobody_closes_their_own_account_nor_the_last_administration(app, admin):
    own = page_of(app, "admin@example.org")
    assert "Désactiver ce compte" not in read(admin.get(own)).text
    assert post(admin, f"{own}/desactiver", own).status_code == 409
    kept = post(admin, own, display_name="Admin", role="observer")
    assert kept.status_code == 409
    assert "Il faut garder une personne" in read(kept).text
    with app.app_context():
        assert db.session.scalars(select(User.role)).one() is Role.ADMINISTRATOR


@pytest.mark.both_databases("two writers at once")
def test_two_administrators_who_close_each_other_s_account_leave_one(app, admin):
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.ADMINISTRATOR, email="autre@example.org")
        ids = list(session.scalars(select(User.id).order_by(User.id)))
    outcomes = []

    def close(actor_id, user_id):
        with app.app_context():
            try:
                with transaction() as session:
                    user = session.get_one(User, user_id)
                    actor = Actor(id=actor_id, now=builders.NOW)
                    administration.deactivate(session, user=user, actor=actor)
                outcomes.append("closed")
            except LastAdministratorError:
                outcomes.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=close, args=pair) for pair in (ids, reversed(ids))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "refused"]
