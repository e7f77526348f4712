"""Settings are checked once, and nothing unsafe starts."""

import stat

import pytest

from webapp.config import Config
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


@pytest.mark.parametrize(
    ("variables", "setting", "problem"),
    [
        ({"SECRET_KEY": "short"}, "SEMAILLES_SECRET_KEY", "too_short"),
        ({"DEBUG": "1", "HOST": "0.0.0.0"}, "SEMAILLES_DEBUG", "public_debug"),
        ({"DEBUG": "1", "HOST": "example.org"}, "SEMAILLES_DEBUG", "public_debug"),
        ({"PUBLIC_URL": "ftp://example.org"}, "SEMAILLES_PUBLIC_URL", "not_web_address"),
        ({"PORT": "0"}, "SEMAILLES_PORT", "out_of_range"),
        ({"PORT": "many"}, "SEMAILLES_PORT", "not_integer"),
        ({"DEBUG": "perhaps"}, "SEMAILLES_DEBUG", "not_boolean"),
        ({"COLOUR": "green"}, "SEMAILLES_COLOUR", "unknown"),
        ({"TESTING": "1"}, "SEMAILLES_TESTING", "unknown"),
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
