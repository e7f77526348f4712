"""The second factor: required on a public instance, each code once, never a dead end."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp import create_app
from webapp.accounts import login_throttle, second_factors
from webapp.accounts.models import AttemptCount, RecoveryCode, Role, SecondFactor
from webapp.accounts.sessions import AccountSnapshot
from webapp.cli import main
from webapp.exceptions import CodeRefusedError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry

EMAIL = "animation@example.org"
PAGE = "/compte/second-facteur/"
KEY = "a key of this instance"
ROLES = {
    "commissaire@example.org": Role.COMMISSIONER,
    "admin@example.org": Role.ADMINISTRATOR,
    "copil@example.org": Role.OBSERVER,
}


def secret_on(client):
    return re.search(r'translate="no">([A-Z2-7]{32})</code>', client.get(PAGE).text).group(1)


def enrol(client):
    """Set a second factor up; return its secret and the recovery codes."""
    secret = secret_on(client)
    answer = post(client, PAGE, code=pyotp.TOTP(secret).now())
    assert answer.status_code == 200
    codes = re.findall(r"<code[^>]*>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</code>", answer.text)
    assert len(set(codes)) == 10
    return secret, codes


def rewind(app):
    """Forget which code was used last and who failed: a later minute, without waiting."""
    with app.app_context(), transaction() as session:
        session.execute(update(SecondFactor).values(last_step=0))
        session.execute(update(AttemptCount).values(last_at=builders.NOW))


def is_in(client):
    return client.get("/animation/").status_code == 200


def enter(client, code, email=EMAIL):
    first = sign_in(client, email)
    assert (first.status_code, first.location) == (303, "/connexion/code")
    assert not is_in(client)
    return post(client, "/connexion/code", code=code)


def test_check_25_a_facilitator_turns_it_on_and_a_code_is_asked_for(app, staff, phone):
    other = app.test_client()
    sign_in(other, EMAIL)
    secret, _ = enrol(staff)
    assert is_in(staff)
    assert not is_in(other)  # opened with a password alone
    assert "Second facteur activé" in read(staff.get("/compte/")).text
    assert secret not in staff.get(PAGE).text
    rewind(app)
    refused = enter(phone, "000000")
    assert refused.status_code == 422
    assert "Ce code n’est pas le bon" in read(refused).text
    rewind(app)
    code = pyotp.TOTP(secret).now()
    done = post(phone, "/connexion/code", code=f"{code[:3]} {code[3:]}")
    assert (done.status_code, done.location) == (303, "/animation/")
    assert is_in(phone)


@pytest.mark.both_databases("locks")
def test_a_code_is_accepted_once(app, staff, phone):
    secret, _ = enrol(staff)
    rewind(app)
    code = pyotp.TOTP(secret).now()
    assert enter(phone, code).status_code == 303
    assert enter(app.test_client(), code).status_code == 422


@pytest.mark.both_databases("locks")
def test_a_recovery_code_replaces_the_phone_once(app, staff, phone):
    _, codes = enrol(staff)
    assert enter(phone, codes[3].lower().replace("-", " ")).status_code == 303
    assert "restent\xa0: 9" in read(phone.get(PAGE)).text
    assert enter(app.test_client(), codes[3]).status_code == 422
    fresh = post(
        phone, f"{PAGE}codes", PAGE, code=codes[4].translate(str.maketrans("2586", "ZSBG"))
    )
    assert fresh.status_code == 200
    assert codes[5] not in fresh.text
    assert enter(app.test_client(), codes[5]).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 10
        details = list(db.session.scalars(select(AuditEntry.details).order_by(AuditEntry.id)))
    assert details[-4:] == ["enabled", "recovery code used", "recovery code used", "new codes"]


def test_it_is_removed_with_a_code_only(app, staff, phone):
    secret, _ = enrol(staff)
    assert post(staff, f"{PAGE}retirer", PAGE, code="000000").status_code == 422
    rewind(app)
    done = post(staff, f"{PAGE}retirer", PAGE, code=pyotp.TOTP(secret).now())
    assert done.status_code == 303
    assert secret_on(staff) != secret
    assert sign_in(phone, EMAIL).location == "/animation/"


def test_check_24_codes_are_delayed_like_passwords(app, staff, phone):
    secret, _ = enrol(staff)
    rewind(app)
    sign_in(phone, EMAIL)
    for _ in range(login_throttle.FREE_ATTEMPTS):
        assert post(phone, "/connexion/code", code="000000").status_code == 422
    refused = post(phone, "/connexion/code", code=pyotp.TOTP(secret).now())
    assert refused.status_code == 429
    assert "Attendez" in read(refused).text
    assert sign_in(phone, EMAIL).status_code == 303  # a right password does not forgive codes
    assert post(phone, "/connexion/code", code="000000").status_code == 429


def test_a_password_alone_waits_ten_minutes_and_no_longer(app, staff, phone):
    secret, _ = enrol(staff)
    rewind(app)
    assert phone.get("/connexion/code").location == "/connexion"
    sign_in(phone, EMAIL)
    with phone.session_transaction() as cookie:
        cookie["held"] = [*cookie["held"][:2], cookie["held"][2] - 601, *cookie["held"][3:]]
    assert phone.get("/connexion/code").location == "/connexion"
    token = read(phone.get("/connexion")).value("csrf_token")
    late = phone.post("/connexion/code", data={"csrf_token": token, "code": "000000"})
    assert late.location == "/connexion"
    assert secret


def test_a_password_changed_meanwhile_opens_no_second_step(app, staff, phone):
    enrol(staff)
    sign_in(phone, EMAIL)
    with app.app_context(), transaction() as session:
        # pragma: allowlist nextline secret
        builders.find_user(session, EMAIL).password_hash = "scrypt:another"  # noqa: S105 - of nothing
    assert phone.get("/connexion/code").location == "/connexion"


def test_the_page_asked_for_is_remembered_through_both_steps(app, staff, phone):
    _, codes = enrol(staff)
    asked = phone.get(f"/revue/{builders.GROUP}")
    first = post(phone, asked.location, email=EMAIL, password=builders.PASSWORD)
    assert first.location.startswith("/connexion/code?suite=")
    assert post(phone, first.location, code=codes[0]).location == f"/revue/{builders.GROUP}"


def test_a_wrong_code_sets_nothing_up(app, staff):
    # No secret was shown yet: the token comes from another page.
    assert post(staff, PAGE, "/compte/", code="000000").status_code == 422
    staff.get(PAGE)
    for code in ("000000", "", "x" * 41, "ééé"):
        assert post(staff, PAGE, code=code).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SecondFactor)) == 0


def test_what_is_kept_gives_no_code(app, staff):
    secret, codes = enrol(staff)
    with app.app_context():
        kept = [db.session.scalars(select(SecondFactor.secret)).one()]
        kept += db.session.scalars(select(RecoveryCode.code_hash))
    for plain in (secret, *codes, *(code.replace("-", "") for code in codes)):
        assert not [one for one in kept if plain in one]


def test_an_administrator_resets_the_one_of_somebody_who_lost_all(app, staff, client):
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.ADMINISTRATOR, email="admin@example.org")
        public_id = builders.find_user(session, EMAIL).public_id
    admin = app.test_client()
    sign_in(admin, "admin@example.org")
    enrol(staff)
    page = f"/administration/comptes/{public_id}"
    assert "activé" in read(admin.get("/administration/comptes/")).text
    assert post(admin, f"{page}/second-facteur/retirer", page).status_code == 303
    assert not is_in(staff)
    assert sign_in(staff, EMAIL).location == "/animation/"
    enrol(staff)
    done = CliRunner().invoke(main, ["user", "reset-second-factor", EMAIL], obj=lambda: app)
    assert done.exit_code == 0, done.output
    assert not is_in(staff)
    with app.app_context():
        lines = db.session.execute(
            select(AuditEntry.actor_id, AuditEntry.details).where(AuditEntry.details == "reset")
        ).all()
    assert len(lines) == 2
    assert lines[1].actor_id is None


# On a public instance


@pytest.fixture
def public(config):
    """The application at a public address, with people of every role."""
    app = create_app(replace(config, public_url="https://semailles.example"))
    app.config["PREFERRED_URL_SCHEME"] = "https"  # what the test client asks with
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
        for email, role in ROLES.items():
            builders.user(session, role=role, email=email)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("email", ["commissaire@example.org", "admin@example.org"])
def test_check_25_who_steers_a_public_instance_enrols_before_anything_else(public, email):
    client = public.test_client()
    assert sign_in(client, email).location == PAGE
    for url in ("/pilotage/", "/copil/", "/animation/", "/administration/comptes/", "/compte/"):
        assert client.get(url).location == PAGE
    page = read(client.get(PAGE))
    assert "À faire avant toute chose" in page.text
    assert not {"/pilotage/", "/animation/", "/administration/comptes/"} & set(page.links)
    assert post(client, "/compte/sessions/fermer-les-autres", PAGE).location == PAGE
    enrol(client)
    assert client.get("/pilotage/").status_code == 200


@pytest.mark.parametrize(
    ("email", "home"), [(EMAIL, "/animation/"), ("copil@example.org", "/copil/")]
)
def test_the_others_choose(public, email, home):
    client = public.test_client()
    assert sign_in(client, email).location == home
    assert client.get(home).status_code == 200


def test_on_this_machine_nobody_has_to(app):
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
    client = app.test_client()
    assert sign_in(client, "commissaire@example.org").location == "/pilotage/"


# The rules of time, with a clock of their own


@pytest.fixture
def factor(app):
    """An account with a second factor set up at a known hour; its secret."""
    secret = second_factors.new_secret()
    with app.app_context(), transaction() as session:
        builders.group(session)
        user = builders.user(session)
        second_factors.enable(
            session,
            user=user,
            secret=secret,
            code=pyotp.TOTP(secret).at(builders.NOW),
            instance_key=KEY,
            actor=Actor(id=user.id, now=builders.NOW),
        )
    return secret


def check(app, code, now, key=KEY):
    with app.app_context():
        second_factors.check(
            transaction,
            checked=AccountSnapshot.of(builders.find_user(db.session(), EMAIL)),
            code=code,
            attempt_key="k",
            instance_key=key,
            now=now,
        )


def test_a_code_is_good_for_one_step_before_and_after(app, factor):
    later = builders.NOW + timedelta(hours=1)
    code = pyotp.TOTP(factor)
    for seconds in (-90, -60, 60, 90):
        with pytest.raises(CodeRefusedError):
            check(app, code.at(later + timedelta(seconds=seconds)), later)
    for seconds in (-30, 0, 30):
        check(app, code.at(later + timedelta(seconds=seconds)), later)
    with pytest.raises(CodeRefusedError):  # an older one than the last used, though in the window
        check(app, code.at(later), later)


@pytest.mark.both_databases("locks")
def test_the_code_that_set_it_up_is_used(app, factor):
    with pytest.raises(CodeRefusedError):
        check(app, pyotp.TOTP(factor).at(builders.NOW), builders.NOW)


def test_codes_are_those_of_the_standard():
    # pragma: allowlist nextline secret
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - RFC 6238, appendix B
    step = second_factors._step_of(secret, "287082", builders.NOW.fromtimestamp(59, builders.UTC))  # noqa: SLF001 - a unit
    assert step == 1


def test_another_key_of_the_instance_opens_nothing(app, factor):
    later = builders.NOW + timedelta(hours=1)
    with pytest.raises(CodeRefusedError):
        check(app, pyotp.TOTP(factor).at(later), later, key="another")
