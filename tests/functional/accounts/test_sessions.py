"""Sessions of the staff: a row of the server keeps each open, and nothing brings one back."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import before_render_template
from sqlalchemy import func, select, update

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp import create_app
from webapp.accounts import sessions
from webapp.accounts.models import User, UserSession
from webapp.accounts.sessions import AccountSnapshot, Limits
from webapp.exceptions import SignInRefusedError
from webapp.platform.extensions import db, transaction

EMAIL = "animation@example.org"
DESK = "/animation/"


@pytest.fixture
def browsers(app, staff):
    """Two browsers of one person."""
    other = app.test_client()
    assert sign_in(other, EMAIL).status_code == 303
    return staff, other


def is_in(client):
    return client.get(DESK).status_code == 200


def replayed(app, client):
    """Open a browser that stole the cookie of ``client``."""
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    return thief


def token_of(client):
    with client.session_transaction() as cookie:
        return cookie["_user_id"]


def fall_silent(client):
    """Have more than an hour pass without a gesture of this browser's person."""
    with client.session_transaction() as cookie:
        cookie["seen"] -= 3700


def count_rows(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(UserSession))


def change(app, **values):
    with app.app_context(), transaction() as session:
        session.execute(update(UserSession).values(**values))


def test_check_20_the_session_changes_at_sign_in(app, staff):
    before, kept = token_of(staff), replayed(app, staff)
    assert len(before) >= 43  # 256 bits
    sign_in(staff, EMAIL)
    assert token_of(staff) != before
    assert is_in(staff)
    assert not is_in(kept)


def test_check_20_the_cookie_of_a_visitor_does_not_become_a_session(app, staff, phone):
    phone.get("/connexion")
    stolen = replayed(app, phone)
    sign_in(phone, EMAIL)
    assert is_in(phone)
    assert not is_in(stolen)


def test_check_20_signing_out_ends_every_session_for_good(app, browsers):
    staff, other = browsers
    stolen = replayed(app, staff)
    post(staff, "/deconnexion", DESK)
    assert not any(is_in(client) for client in (staff, other, stolen))


def test_check_20_signing_out_after_a_long_silence_ends_every_session_too(app, browsers):
    staff, other = browsers
    page = read(staff.get(DESK))
    fall_silent(staff)
    answer = staff.post("/deconnexion", data={"csrf_token": page.value("csrf_token")})
    assert "sur tous vos appareils" in read(staff.get(answer.location)).text
    assert not is_in(other)
    assert count_rows(app) == 0


def test_who_left_already_is_not_told_that_their_other_devices_are_closed(app, browsers):
    staff, other = browsers
    page = read(staff.get(DESK))
    post(other, "/compte/sessions/fermer-les-autres", "/compte/")
    answer = staff.post("/deconnexion", data={"csrf_token": page.value("csrf_token")})
    told = read(staff.get(answer.location)).text
    assert "sur tous vos appareils" not in told
    assert "Sur les autres, déconnectez-vous aussi" in told
    assert is_in(other)


def test_signing_in_again_after_a_long_silence_leaves_no_session_behind(app, staff):
    fall_silent(staff)
    assert sign_in(staff, EMAIL).status_code == 303
    assert count_rows(app) == 1


def test_check_20_a_deactivated_account_has_no_session(app, browsers):
    with app.app_context(), transaction() as session:
        builders.find_user(session, EMAIL).active = False
    assert not any(is_in(client) for client in browsers)


@pytest.mark.both_databases("two writers at once")
def test_check_20_a_request_under_way_does_not_bring_its_session_back(app, browsers):
    staff, other = browsers
    with staff.session_transaction() as cookie:
        cookie["seen"] -= 120  # so that the answer renews the cookie
    stolen, ended = replayed(app, staff), []

    def end():
        url = "/compte/sessions/fermer-les-autres"
        ended.append(post(other, url, "/compte/").status_code)

    def meanwhile(sender, **values):
        if threading.current_thread() is threading.main_thread():
            thread = threading.Thread(target=end)
            thread.start()
            thread.join()

    with before_render_template.connected_to(meanwhile, app):
        answer = staff.get(DESK)
    assert ended == [303]
    assert "session=" in answer.headers["Set-Cookie"]
    assert is_in(other)
    assert not is_in(staff)
    assert not is_in(stolen)


def test_check_20_an_account_that_changed_during_its_sign_in_stays_out(app, staff):
    # pragma: allowlist nextline secret
    for changed in ({"active": False}, {"active": True, "password_hash": "scrypt:another"}):
        with app.app_context():
            checked = AccountSnapshot.of(builders.find_user(db.session(), EMAIL))
            with transaction() as session:
                session.execute(update(User).values(**changed))
            with pytest.raises(SignInRefusedError), transaction() as session:
                sessions.open_session(session, checked=checked, now=builders.NOW, limits=Limits())


def test_a_session_without_a_gesture_for_an_hour_is_over(app, staff):
    for minutes, inside in ((59, True), (61, False)):
        with staff.session_transaction() as cookie:
            cookie["seen"] -= minutes * 60
        assert is_in(staff) is inside


def test_what_a_page_asks_by_itself_is_no_gesture(staff):
    for minutes in (40, 40):
        with staff.session_transaction() as cookie:
            cookie["seen"] -= minutes * 60
        answer = staff.get("/animation/salles/etat", headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 303


def test_a_session_ends_after_half_a_day_whatever_is_done(app, staff):
    with app.app_context():
        opened = db.session.scalars(select(UserSession.opened_at)).one()
    change(app, opened_at=opened - timedelta(hours=11, minutes=59))
    assert is_in(staff)
    change(app, opened_at=opened - timedelta(hours=12, seconds=1))
    assert not is_in(staff)
    sign_in(staff, EMAIL)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UserSession)) == 1


def test_somebody_sees_and_closes_their_own_sessions_only(app, browsers):
    staff, other = browsers
    stranger = app.test_client()
    with app.app_context(), transaction() as session:
        builders.user(session, email="autre@example.org")
    sign_in(stranger, "autre@example.org")
    page = staff.get("/compte/")
    assert read(page).text.count("Ouverte le") == 2
    assert read(page).text.count("cette session") == 1
    urls = re.findall(r'action="(/compte/sessions/[^"]+/fermer)"', page.text)
    for url in urls:
        assert post(stranger, url, "/compte/").status_code == 303
    assert all(is_in(client) for client in browsers)
    assert post(staff, urls[0], "/compte/").status_code == 303  # the latest: the other browser's
    assert (is_in(staff), is_in(other)) == (True, False)
    assert "Fermer les autres sessions" not in read(staff.get("/compte/")).text


def test_the_database_holds_no_token_and_no_trace_of_the_browser(app, staff):
    token = token_of(staff)
    with staff.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "seen", "csrf_token", "_flashes"}
    with app.app_context():
        row = db.session.scalars(select(UserSession)).one()
        assert token not in {row.token_hash, row.public_id}
        columns = set(UserSession.__table__.columns.keys())
    assert columns == {"id", "public_id", "user_id", "token_hash", "opened_at"}


def test_check_39_cookies_and_caches_of_a_public_address(config):
    app = create_app(replace(config, public_url="https://semailles.example"))
    with app.app_context(), transaction() as session:
        builders.user(session)
    client, base = app.test_client(), "https://semailles.example"
    token = read(client.get("/connexion", base_url=base)).value("csrf_token")
    fields = {"csrf_token": token, "email": EMAIL, "password": builders.PASSWORD}
    answer = client.post("/connexion", base_url=base, data=fields)
    assert answer.status_code == 303
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-")
        assert re.search("SameSite=(Lax|Strict)", cookie)
        assert "Domain" not in cookie
        for word in ("Secure", "HttpOnly", "Path=/"):
            assert word in cookie
    page = client.get(DESK, base_url=base)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.headers["Vary"]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_typing_is_a_gesture(staff):
    """A page that is being written on asks for a token by HEAD (typed.js), once a minute."""
    for minutes in (40, 40):
        with staff.session_transaction() as cookie:
            cookie["seen"] -= minutes * 60
        answer = staff.head("/jeton", headers={"Sec-Fetch-Dest": "empty"})
        assert answer.status_code == 200
    assert is_in(staff)
