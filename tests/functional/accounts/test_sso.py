"""Signing in with an OpenID provider: the right way, and everything that must not open."""

import hmac
import json
import re
import secrets
import time
from base64 import urlsafe_b64encode

import pyotp
import pytest
from joserfc import jwt
from sqlalchemy import func, select

from tests import builders
from tests.fixtures.openid import Provider
from tests.functional.browsing import post, read, sign_in
from tests.functional.reach import ELSEWHERE
from webapp import create_app
from webapp.accounts import second_factors
from webapp.accounts.models import User, UserSession
from webapp.config import Config
from webapp.exceptions import ConfigurationError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction

START = "/connexion/proconnect/"
EMAIL = "animation@example.org"


@pytest.fixture
def provider():
    """A provider on a free port of this machine."""
    running = Provider()
    yield running
    running.close()


@pytest.fixture
def site(config, provider):
    """The application, with this provider, and an account that it knows."""
    app = create_app(
        Config(
            instance_path=config.instance_path,
            secret_key=config.secret_key,
            database_url=config.database_url,
            sso_issuer=provider.issuer,
            sso_client_id=provider.client_id,
            sso_client_secret=provider.client_secret,
            testing=True,
        )
    )
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def come_back(client, provider, start=START):
    return client.get(provider.visit(client.get(start).location))


def opened(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(UserSession))


def test_the_button_is_there_only_when_a_provider_is_configured(app, site):
    assert "ProConnect" not in app.test_client().get("/connexion").text
    assert "S’identifier avec ProConnect" in site.test_client().get("/connexion").text


def test_somebody_who_has_an_account_enters(site, provider):
    client = site.test_client()
    back = come_back(client, provider)
    assert (back.status_code, back.location) == (303, f"{START}entrer")
    assert opened(site) == 0  # reading writes nothing: a button opens the session
    assert EMAIL in read(client.get(back.location)).text
    assert post(client, back.location).location == "/animation/"
    assert client.get("/animation/").status_code == 200
    asked = provider.asked[0]
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["state"] != asked["nonce"]
    assert not [name for name in asked if name.startswith("code_challenge")]
    assert "code_verifier" not in provider.asked[1]
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/connexion/proconnect/retour"
    assert set(asked["scope"].split()) == {"openid", "email"}


def test_the_page_asked_for_is_reached_and_nowhere_else(site, provider):
    client = site.test_client()
    back = come_back(client, provider, f"{START}?suite=/revue/{builders.GROUP}")
    assert post(client, back.location).location == f"/revue/{builders.GROUP}"
    for target in ELSEWHERE:
        client = site.test_client()
        start = client.get(START, query_string={"suite": target})
        back = client.get(provider.visit(start.location))
        assert (target, post(client, back.location).location) == (target, "/animation/")


def test_leaving_says_how_to_leave_the_provider_too(site, provider):
    client = site.test_client()
    post(client, come_back(client, provider).location)
    left = post(client, "/deconnexion", "/animation/")
    assert left.location == f"{START}fin"
    assert client.get("/animation/").status_code == 303
    page = read(client.get(left.location))
    assert f"{START}depart" in page.links
    door = client.get(f"{START}depart").location
    assert door.startswith(f"{provider.issuer}/end?")
    for name in (
        "id_token_hint=",
        "state=",
        "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000",
    ):
        assert name in door


def expired():
    return {"iat": int(time.time()) - 600, "exp": int(time.time()) - 300}


FAULTS = {
    "wrong nonce": lambda p: p.token_claims.update(nonce="another" * 8),
    "no nonce": lambda p: p.token_claims.update(nonce=None),
    "token of another issuer": lambda p: p.token_claims.update(iss="http://evil.example"),
    "token for another": lambda p: p.token_claims.update(aud="another"),
    "token expired": lambda p: p.token_claims.update(expired()),
    "token without an end": lambda p: p.token_claims.update(exp=None),
    "token signed by another key": lambda p: setattr(p, "token_key", p.other_key),
    "person signed by another key": lambda p: setattr(p, "info_key", p.other_key),
    "person not signed": lambda p: setattr(p, "plain_info", True),
    "person of another issuer": lambda p: p.info_claims.update(iss="http://evil.example"),
    "person for another": lambda p: p.info_claims.update(aud="another"),
    "another person": lambda p: p.info_claims.update(sub="person-2"),
    "person expired": lambda p: p.info_claims.update(expired()),
    "unverified address": lambda p: p.info_claims.update(email_verified=False),
    "no address": lambda p: p.info_claims.update(email=None),
    "unknown address": lambda p: setattr(p, "email", "inconnue@example.org"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_right_opens_nothing(site, provider, fault):
    client = site.test_client()
    FAULTS[fault](provider)
    refused = come_back(client, provider)
    assert refused.status_code == 403
    assert "ProConnect ne vous ouvre pas cette porte" in read(refused).text
    assert client.get(f"{START}entrer").location == "/connexion"
    assert opened(site) == 0
    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 1  # none was made


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_whose_algorithm_is_not_ours_is_refused(site, provider, algorithm, monkeypatch):
    def part(value):
        return urlsafe_b64encode(value).rstrip(b"=")

    def forge(header, claims, key):
        header = header | {"alg": algorithm}
        signed = b".".join(part(json.dumps(one).encode()) for one in (header, claims))
        mac = hmac.new(provider.client_secret.encode(), signed, "sha256").digest()
        return (signed + b"." + part(mac if algorithm == "HS256" else b"")).decode()

    client = site.test_client()
    url = provider.visit(client.get(START).location)
    monkeypatch.setattr(jwt, "encode", forge)
    assert client.get(url).status_code == 403
    assert opened(site) == 0


def test_the_state_is_of_this_browser_and_serves_once(site, provider):
    client, other = site.test_client(), site.test_client()
    url = provider.visit(client.get(START).location)
    assert other.get(url).status_code == 403  # a link that a stranger sent
    forged = re.sub("state=[^&]+", "state=" + "x" * 43, url)
    assert client.get(forged).status_code == 403
    assert client.get(url).status_code == 403  # the first answer used the number up
    url = provider.visit(client.get(START).location)
    with client.session_transaction() as cookie:
        cookie["sso"] = [*cookie["sso"][:2], cookie["sso"][2] - 601, ""]
    assert client.get(url).status_code == 403
    assert opened(site) == 0


def test_check_20_a_copy_of_the_cookie_of_the_last_step_opens_nothing_later(site, provider):
    client, thief = site.test_client(), site.test_client()
    back = come_back(client, provider)
    page = client.get(back.location)  # its answer holds the token of the form
    thief.set_cookie("session", client.get_cookie("session").value)
    post(client, back.location)
    post(client, "/deconnexion", "/animation/")
    token = read(page).value("csrf_token")
    assert thief.post(back.location, data={"csrf_token": token}).status_code == 403
    assert thief.get("/animation/").status_code == 303
    assert opened(site) == 0


def test_a_code_that_the_provider_does_not_know_is_refused(site, provider):
    client = site.test_client()
    url = provider.visit(client.get(START).location)
    assert client.get(url.replace("code=good", "code=bad")).status_code == 403


def test_a_closed_account_stays_closed(site, provider):
    client = site.test_client()
    back = come_back(client, provider)
    with site.app_context(), transaction() as session:
        builders.find_user(session, EMAIL).active = False
    assert post(client, back.location, "/connexion").location == "/connexion"
    assert come_back(client, provider).status_code == 403
    assert opened(site) == 0


def test_a_provider_that_is_down_leaves_the_password(site, provider):
    client = site.test_client()
    url = provider.visit(client.get(START).location)
    provider.broken = True
    for address in (url, START):
        down = client.get(address)
        assert down.status_code == 503
        assert "ProConnect ne répond pas" in read(down).text
    provider.close()
    assert client.get(START).status_code == 503
    assert sign_in(client, EMAIL).status_code == 303


def test_a_second_factor_is_still_asked_for(site, provider):
    secret = second_factors.new_secret()
    with site.app_context(), transaction() as session:
        user = builders.find_user(session, EMAIL)
        second_factors.enable(
            session,
            user=user,
            secret=secret,
            code=pyotp.TOTP(secret).at(builders.NOW),
            instance_key=site.secret_key,
            actor=Actor(id=user.id, now=builders.NOW),
        )
    client = site.test_client()
    back = come_back(client, provider)
    assert back.location == "/connexion/code"
    assert post(client, f"{START}entrer", "/connexion/code").location == "/connexion"
    assert post(client, "/connexion/code", code=pyotp.TOTP(secret).now()).status_code == 303
    assert client.get("/animation/").status_code == 200
    # A password alone does not lead to the provider's button either.
    other = site.test_client()
    sign_in(other, EMAIL)
    assert post(other, f"{START}entrer", "/connexion/code").location == "/connexion"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"sso_issuer": "https://id.example"}, "incomplete"),
        ({"sso_client_secret": "x"}, "incomplete"),
        (
            {
                "sso_issuer": "http://id.example",
                "sso_client_id": "x",
                "sso_client_secret": "x",
            },
            "not_https",
        ),
    ],
)
def test_half_a_provider_or_one_in_clear_is_refused_at_the_start(tmp_path, settings, problem):
    with pytest.raises(ConfigurationError) as caught:
        Config(instance_path=tmp_path, secret_key=secrets.token_urlsafe(32), **settings)
    assert caught.value.problem == problem
