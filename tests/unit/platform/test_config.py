"""Settings are checked once, and nothing unsafe starts."""

import secrets
import stat

import pytest

from webapp.config import Config, is_weak
from webapp.exceptions import ConfigurationError


@pytest.fixture
def load(tmp_path):
    """Load the settings of an instance of its own, with these variables."""

    def loaded(**variables):
        environment = {f"SEMAILLES_{name}": value for name, value in variables.items()}
        return Config.load(environment | {"SEMAILLES_INSTANCE_PATH": str(tmp_path)})

    return loaded


def test_the_secret_is_made_once_and_for_its_owner_only(load, tmp_path):
    first = load().secret_key
    assert len(first) >= 32
    assert load().secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_instances_have_two_secrets(tmp_path):
    keys = {
        Config.load({"SEMAILLES_INSTANCE_PATH": str(tmp_path / name)}).secret_key
        for name in ("a", "b")
    }
    assert len(keys) == 2


def test_the_environment_wins_over_the_file(load, tmp_path):
    (tmp_path / "semailles.toml").write_text("port = 8080\nworkers = 3\n", "utf-8")
    config = load(PORT="9000")
    assert (config.port, config.workers) == (9000, 3)


def test_the_address_follows_the_port_unless_it_is_given(load):
    assert load().public_url == "http://127.0.0.1:8000"
    assert load(PORT="9000").public_url == "http://127.0.0.1:9000"
    address = "https://semailles.example"
    assert load(PORT="9000", PUBLIC_URL=address).public_url == address


@pytest.mark.parametrize(
    ("variables", "setting", "problem"),
    [
        # pragma: allowlist nextline secret
        ({"SECRET_KEY": "short"}, "SEMAILLES_SECRET_KEY", "too_short"),
        ({"DEBUG": "1", "HOST": "0.0.0.0"}, "SEMAILLES_DEBUG", "public_debug"),
        ({"DEBUG": "1", "HOST": "example.org"}, "SEMAILLES_DEBUG", "public_debug"),
        ({"PUBLIC_URL": "ftp://example.org"}, "SEMAILLES_PUBLIC_URL", "not_web_address"),
        ({"DEBUG": "1", "PUBLIC_URL": "https://example.org"}, "SEMAILLES_DEBUG", "public_debug"),
        ({"PUBLIC_URL": "http://example.org"}, "SEMAILLES_PUBLIC_URL", "plain_http"),
        ({"PUBLIC_URL": "http://192.168.1.10:8000"}, "SEMAILLES_PUBLIC_URL", "plain_http"),
        ({"PUBLIC_URL": "http://"}, "SEMAILLES_PUBLIC_URL", "not_web_address"),
        ({"PORT": "0"}, "SEMAILLES_PORT", "out_of_range"),
        ({"PORT": "many"}, "SEMAILLES_PORT", "not_integer"),
        ({"DEBUG": "perhaps"}, "SEMAILLES_DEBUG", "not_boolean"),
        ({"COLOUR": "green"}, "SEMAILLES_COLOUR", "unknown"),
        ({"TESTING": "1"}, "SEMAILLES_TESTING", "unknown"),
        ({"SMTP_HOST": "mail.example"}, "SEMAILLES_MAIL_FROM", "not_mail_address"),
        ({"SMTP_USER": "semailles"}, "SEMAILLES_SMTP_USER", "incomplete_account"),
        ({"SMTP_SECURITY": "ssl"}, "SEMAILLES_SMTP_SECURITY", "unknown_security"),
        (
            {"SMTP_HOST": "mail.example", "SMTP_SECURITY": "none", "MAIL_FROM": "a@b.example"},
            "SEMAILLES_SMTP_SECURITY",
            "plain_mail",
        ),
    ],
)
def test_what_is_wrong_or_unsafe_is_refused_by_name(load, variables, setting, problem):
    with pytest.raises(ConfigurationError) as caught:
        load(**variables)
    assert (caught.value.setting, caught.value.problem) == (setting, problem)


def test_a_file_that_is_no_toml_is_refused(load, tmp_path):
    (tmp_path / "semailles.toml").write_text("port: 8080", "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert caught.value.problem == "unreadable"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_debug_is_for_this_machine_alone(load, host):
    assert load(DEBUG="1", HOST=host).debug


def test_cookies_are_secure_when_people_come_by_https(load):
    assert not load().secure_cookies
    assert load(PUBLIC_URL="https://semailles.example").secure_cookies


def test_a_configuration_cannot_change(load):
    with pytest.raises(AttributeError):
        load().port = 1


# pragma: allowlist nextline secret
DRAWN = "q9XfT2-vLr7_Wk0ZbN4hJc8sYdMaEoPu"


@pytest.mark.parametrize(
    "key",
    [
        "x" * 64,
        "0123456789abcdef" * 2,
        "tests-only-tests-only-tests-only-tests-only",
        "changeme-changeme-now-or-else-it-stays",
        "please-CHANGE_ME-before-the-launch!",
        f"semailles-{DRAWN}",
        f"secret_key={DRAWN}",
        "abababababababababababababababababcd",
        "aaaaaaaaaaaaaaaaaaaaaaaabbbbccccddddeeee",
    ],
)
def test_check_49_a_key_that_can_be_guessed_stops_the_start(load, key):
    with pytest.raises(ConfigurationError) as caught:
        load(SECRET_KEY=key)
    assert (caught.value.setting, caught.value.problem) == ("SEMAILLES_SECRET_KEY", "weak")
    assert caught.value.value == ""  # what was typed is not repeated in a terminal or a log


def test_check_49_a_key_drawn_at_random_is_taken(load):
    assert load(SECRET_KEY=DRAWN).secret_key == DRAWN
    for _ in range(500):
        assert not is_weak(secrets.token_hex(16))
        assert not is_weak(secrets.token_urlsafe(24))


def test_check_49_a_trial_on_a_local_network_is_asked_for_by_name(load):
    address = "http://192.168.1.10:8000"
    assert not load(PUBLIC_URL=address, PLAIN_HTTP="1").public
    assert not load().public
    assert load(PUBLIC_URL="https://semailles.example").public


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("http://127.0.0.1:8000", None),
        ("http://localhost", None),
        ("http://[::1]:8000", None),
        ("https://Semailles.example:8443/", ["semailles.example"]),
    ],
)
def test_a_public_instance_answers_under_its_own_name(load, address, hosts):
    config = load(PUBLIC_URL=address)
    assert config.public is (hosts is not None)
    assert (config.trusted_hosts or [None])[:1] == (hosts or [None])
