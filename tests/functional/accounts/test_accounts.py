"""Signing in and passwords: nothing told apart, growing delays, few checks at once."""

import re
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp import create_app
from webapp.accounts import login_throttle, passwords
from webapp.accounts.models import AttemptCount, User
from webapp.accounts.passwords import DEMONSTRATION, Gate
from webapp.exceptions import BusyError
from webapp.platform.extensions import db, transaction

EMAIL = "animation@example.org"
NEW = "quatre mots sans rapport"


@pytest.fixture
def checks(monkeypatch):
    """What was compared with what, instead of a costly comparison."""
    made = []

    def compare(stored, password):
        made.append(stored)
        return (stored, password) == (builders.password_hash(), builders.PASSWORD)

    monkeypatch.setattr(passwords, "check_password_hash", compare)
    return made


def wait_no_more(app):
    """Have a day pass for those who failed."""
    with app.app_context(), transaction() as session:
        session.execute(update(AttemptCount).values(last_at=builders.NOW))


def test_check_24_unknown_and_wrong_answer_alike_and_cost_the_same_work(app, staff, phone, checks):
    with app.app_context(), transaction() as session:
        builders.user(session, email="partie@example.org").active = False
    answers = [
        (answer.status_code, read(answer).text, len(checks))
        for email in (EMAIL, "inconnue@example.org", "partie@example.org")
        if (answer := sign_in(phone, email, "une autre phrase longue"))
    ]
    assert [status for status, _, _ in answers] == [422, 422, 422]
    assert [count for _, _, count in answers] == [1, 2, 3]
    assert len({text for _, text, _ in answers}) == 1
    assert "Adresse ou mot de passe inconnu" in answers[0][1]
    # The decoy is as costly as what is kept of a password today.
    cost = passwords.hash_new("x").split("$")[0]
    assert checks[1].split("$")[0] == checks[2].split("$")[0] == cost


def test_check_24_failures_delay_one_account_and_no_other(app, staff, phone, checks):
    for _ in range(login_throttle.FREE_ATTEMPTS):
        assert sign_in(phone, EMAIL, "une autre phrase longue").status_code == 422
    refused = sign_in(phone, EMAIL)
    assert refused.status_code == 429
    assert 25 <= int(refused.headers["Retry-After"]) <= 30
    page = read(refused)
    assert re.search(r"Attendez (2\d|30)\xa0secondes, puis recommencez", page.text)
    assert page.value("email") == EMAIL
    assert len(checks) == 5  # the sixth was not even looked at
    with app.app_context(), transaction() as session:
        builders.user(session, email="autre@example.org")
    assert sign_in(phone, "autre@example.org").status_code == 303
    wait_no_more(app)
    assert sign_in(phone, EMAIL).status_code == 303


def test_check_24_an_unknown_address_is_delayed_like_a_known_one(app, phone, checks):
    statuses = [sign_in(phone, "inconnue@example.org").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_check_24_a_stranger_keeps_nobody_out(app, staff, phone, checks):
    post(staff, "/deconnexion", "/animation/")
    for _ in range(6):
        sign_in(phone, EMAIL, "une autre phrase longue")
    assert sign_in(phone, EMAIL).status_code == 429
    assert sign_in(staff, EMAIL).status_code == 303  # its own browser has a count of its own
    for _ in range(5):
        sign_in(staff, EMAIL, "une autre phrase longue")
    assert sign_in(staff, EMAIL).status_code == 429


def test_check_24_a_forged_cookie_has_no_count_of_its_own(app, staff, phone, checks):
    for number in range(6):
        phone.set_cookie("known", f"forged-{number}")
        last = sign_in(phone, EMAIL, "une autre phrase longue")
    assert last.status_code == 429


@pytest.mark.both_databases("two writers at once")
def test_check_24_attempts_at_once_are_counted_before_they_are_checked(app, staff, checks):
    key = login_throttle.key_of("secret", credential="password", account=EMAIL)
    passed = []

    def attempt():
        with app.app_context():
            try:
                with transaction() as session:
                    login_throttle.count(session, key=key, now=builders.NOW)
                passed.append(True)
            except login_throttle.TooManyAttemptsError:
                pass
            finally:
                db.session.remove()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == login_throttle.FREE_ATTEMPTS


def test_the_delay_doubles_and_a_quiet_day_forgets(session):
    now, waits = builders.NOW, []
    for _ in range(12):
        login_throttle.count(session, key="k", now=now)
        try:
            login_throttle.count(session, key="k", now=now)
        except login_throttle.TooManyAttemptsError as error:
            waits.append(int(error.wait.total_seconds()))
            now += error.wait
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900, 900, 900]
    login_throttle.count(session, key="k", now=now + login_throttle.COUNTER_LIFE)
    assert session.get_one(AttemptCount, "k").failures == 1


def test_no_address_is_kept_with_the_attempts(app, phone, checks):
    sign_in(phone, "inconnue@example.org")
    with app.app_context():
        row = db.session.scalars(select(AttemptCount)).one()
    assert re.fullmatch("[0-9a-f]{64}", row.key)


def test_check_24_few_passwords_are_checked_at_once():
    gate, inside = Gate(2, waiting=1, patience=0), []
    with gate.slot(), gate.slot():
        with pytest.raises(BusyError), gate.slot():
            inside.append("a third one")
        inside.append("two")
    with gate.slot():
        inside.append("one later")
    assert inside == ["two", "one later"]


def test_check_24_who_waits_in_vain_is_told_to_try_again(app, staff, phone):
    gate = Gate(1, waiting=1, patience=0)
    app.config["PASSWORD_GATE"] = gate
    with gate.slot():
        answer = sign_in(phone, EMAIL)
    assert answer.status_code == 503
    assert "recommencez dans quelques secondes" in read(answer).text
    assert read(answer).value("email") == EMAIL
    assert sign_in(phone, EMAIL).status_code == 303


def test_check_24_strangers_at_the_gate_keep_out_no_browser_that_is_known(app, staff, phone):
    post(staff, "/deconnexion", "/animation/")
    gate = Gate(1, waiting=0, patience=0)
    app.config["PASSWORD_GATE"] = gate
    with gate.slot():
        assert sign_in(phone, EMAIL).status_code == 503
        assert sign_in(staff, "autre@example.org").status_code == 503  # known for one account
        assert sign_in(staff, EMAIL).status_code == 303
        assert change(staff, NEW).status_code == 303


def test_check_24_a_known_browser_that_must_wait_takes_no_place(app, staff, checks):
    gate = Gate(1, waiting=0, patience=0)
    app.config["PASSWORD_GATE"] = gate
    for _ in range(login_throttle.FREE_ATTEMPTS):
        assert sign_in(staff, EMAIL, "une autre phrase longue").status_code == 422
    with gate.slot(known=True):
        assert sign_in(staff, EMAIL).status_code == 429
    with gate.slot(known=True), pytest.raises(BusyError), gate.slot(known=True):
        pytest.fail("known browsers wait for each other too")


def test_check_24_strangers_write_no_line_while_the_gate_is_full(app, staff, phone):
    gate = Gate(1, waiting=0, patience=0)
    app.config["PASSWORD_GATE"] = gate
    with gate.slot():
        assert sign_in(phone, "inconnue@example.org").status_code == 503
    with app.app_context():
        assert db.session.scalars(select(AttemptCount)).all() == []


def test_check_24_unknown_addresses_do_not_fill_the_database(
    app, staff, phone, checks, monkeypatch
):
    monkeypatch.setattr(login_throttle, "MAX_COUNTERS", 10)
    for number in range(25):
        assert sign_in(phone, f"inconnue-{number}@example.org").status_code == 422
        with app.app_context():
            assert len(db.session.scalars(select(AttemptCount)).all()) <= 10
    # The latest ones are counted still.
    statuses = [sign_in(phone, "inconnue-24@example.org").status_code for _ in range(5)]
    assert statuses == [422] * 4 + [429]


def test_check_25_lengths(app, staff):
    for length, status in ((11, 422), (12, 303), (64, 303), (1000, 303), (1001, 422), (5000, 422)):
        with app.app_context(), transaction() as session:
            builders.find_user(session, EMAIL).password_hash = builders.password_hash()
        assert sign_in(staff, EMAIL).status_code == 303
        new = ("phrase " * 1000)[:length]
        answer = change(staff, new)
        assert (length, answer.status_code) == (length, status)


def change(client, new, present=builders.PASSWORD):
    return post(client, "/compte/mot-de-passe", "/compte/", password=present, new=new)


def test_check_25_a_very_long_password_is_never_hashed(app, phone, monkeypatch):
    monkeypatch.setattr(passwords, "check_password_hash", lambda *_: pytest.fail("hashed"))
    monkeypatch.setattr(passwords, "generate_password_hash", lambda *_: pytest.fail("hashed"))
    assert sign_in(phone, EMAIL, "x" * 1001).status_code == 422
    with pytest.raises(passwords.WeakPasswordError):
        passwords.check_new("x" * 1001, email=EMAIL)


def test_check_25_the_three_thousand_most_common_are_refused():
    listed = passwords.COMMON_FILE.read_text("utf-8").split()
    assert len(listed) == len(set(listed)) >= 3000
    for password in listed:
        for typed in (password, f"{password.upper()}2024!!", f"123456789 {password} 000000"):
            with pytest.raises(passwords.WeakPasswordError):
                passwords.check_new(typed, email=EMAIL)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        (EMAIL, "known"),
        ("Animation@Example.org!!", "known"),
        ("animation.example 2024", "known"),
        ("semailles-2024", "known"),
        ("aaaabbbbaaaabbbb", "common"),
        ("2024-11-07 10:45", "common"),
        (DEMONSTRATION, "common"),
    ],
)
def test_check_25_what_anyone_would_guess_is_refused(password, problem):
    with pytest.raises(passwords.WeakPasswordError) as caught:
        passwords.check_new(password, email=EMAIL)
    assert caught.value.problem == problem


@pytest.mark.parametrize("password", [NEW, "les semailles se font en mars", "j'anime 3 groupes !"])
def test_a_phrase_is_accepted(password):
    passwords.check_new(password, email=EMAIL)


def test_check_25_a_password_may_be_pasted(staff, phone):
    for page in (phone.get("/connexion"), staff.get("/compte/")):
        fields = [a for tag, a in read(page).tags if tag == "input" and a.get("type") == "password"]
        assert fields
        assert all(a["autocomplete"] in {"current-password", "new-password"} for a in fields)
        assert not [a for a in fields if "maxlength" in a and int(a["maxlength"]) < 64]
        assert "onpaste" not in page.text


def test_check_20_a_new_password_ends_every_session(app, staff):
    other = app.test_client()
    sign_in(other, EMAIL)
    stolen = app.test_client()
    stolen.set_cookie("session", staff.get_cookie("session").value)
    assert change(staff, NEW).status_code == 303
    opened = [client.get("/animation/").status_code == 200 for client in (staff, other, stolen)]
    assert opened == [True, False, False]
    assert sign_in(other, EMAIL).status_code == 422
    assert sign_in(other, EMAIL, NEW).status_code == 303


def test_a_password_changes_only_with_the_present_one(app, staff):
    assert "Adresse ou mot de passe inconnu" in read(change(staff, NEW, "pas le bon du tout")).text
    refused = change(staff, "trop court")
    assert refused.status_code == 422
    assert "entre 12 et 1" in read(refused).text
    assert sign_in(app.test_client(), EMAIL).status_code == 303


def test_the_demonstration_s_password_opens_nothing_on_a_public_instance(config):
    app = create_app(replace(config, public_url="https://semailles.example"))
    app.config["PREFERRED_URL_SCHEME"] = "https"  # what the test client asks with
    with app.app_context(), transaction() as session:
        builders.user(session).password_hash = passwords.hash_new(DEMONSTRATION)
    client = app.test_client()
    token = read(client.get("/connexion")).value("csrf_token")
    fields = {"csrf_token": token, "email": EMAIL, "password": DEMONSTRATION}
    answer = client.post("/connexion", data=fields)
    assert answer.status_code == 422
    assert "celui de la démonstration" in read(answer).text
    with app.app_context():
        assert db.session.scalars(select(User.last_sign_in_on)).one() is None
        db.session.remove()
        db.engine.dispose()
