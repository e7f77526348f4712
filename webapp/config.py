"""Settings, read once from the environment and instance/, and validated at start-up."""

import ipaddress
import math
import os
import re
import secrets
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from webapp.exceptions import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "SEMAILLES_"
MIN_SECRET_LENGTH = 32
_MIN_ENTROPY_BITS = 90.0  # 32 random hexadecimal digits are above, sentences well below
# Placeholder values found in examples and tutorials.
_KNOWN_SECRETS = (
    *("changeme", "changethis", "changerceci", "replaceme", "remplacer", "secretkey", "password"),
    *("motdepasse", "semailles", "yoursecret", "insecure", "notsecret", "djangoinsecure"),
    *("12345678", "abcdefgh", "azertyui", "qwertyui", "deadbeef", "exampleexample"),
)
_CONTACT = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+)")
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
_RANGES = {
    "port": (1, 65_535),
    "smtp_port": (1, 65_535),
    "workers": (1, 64),
    "proxy_hops": (0, 10),
    "max_upload_mb": (1, 1_024),
    "min_free_mb": (0, 1_000_000),
    "password_checks": (1, 16),
    "session_hours": (1, 168),
    "idle_minutes": (1, 1_440),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting of the application, with no insecure default.

    Attributes
    ----------
    instance_path : Path
        Folder of the local database, the secrets and the job queue.
    secret_key : str
        Key that signs cookies; at least 32 characters.
    database_url : str
        SQLAlchemy address; empty means SQLite in ``instance_path``.
    public_url : str
        Public address, by default the local port; cookies are ``Secure`` when it is https.
    host, port : str, int
        Address on which the server listens.
    workers : int
        Web processes.
    proxy_hops : int
        Number of trusted reverse proxies (``X-Forwarded-*`` headers).
    debug : bool
        Development mode, refused unless the server listens on a loopback address.
    testing : bool
        Set by the tests only.
    max_upload_mb : int
        Largest request accepted, in megabytes.
    plain_http : bool
        Whether other machines may connect without https, for a trial on a local network.
    min_free_mb : int
        Free disk space, in megabytes, below which the readiness check fails.
    security_contact : str
        Contact published in security.txt: mailto: or https://; empty publishes none.
    password_checks : int
        Passwords that one web process verifies concurrently.
    session_hours, idle_minutes : int
        Absolute and idle lifetimes of a staff session.
    sso_issuer, sso_client_id, sso_client_secret : str
        OpenID Connect provider for staff sign-in, all three or none.
    smtp_host, smtp_port, smtp_security : str, int, str
        Mail server; no message is sent without a host. Security is ``starttls``, ``tls``, or
        ``none`` on a loopback address.
    smtp_user, smtp_password : str
        Account on the mail server, both or none.
    mail_from : str
        Address of the sender, required with a host.
    """

    instance_path: Path
    secret_key: str
    database_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    proxy_hops: int = 0
    debug: bool = False
    testing: bool = False
    max_upload_mb: int = 16
    plain_http: bool = False
    min_free_mb: int = 500
    security_contact: str = ""
    password_checks: int = 1
    session_hours: int = 12
    idle_minutes: int = 60
    sso_issuer: str = ""
    sso_client_id: str = ""
    sso_client_secret: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""

    def __post_init__(self) -> None:
        """Reject unsafe or unusable settings."""
        if len(self.secret_key) < MIN_SECRET_LENGTH:
            raise ConfigurationError(f"{PREFIX}SECRET_KEY", "too_short", str(MIN_SECRET_LENGTH))
        if not self.testing and is_weak(self.secret_key):
            raise ConfigurationError(f"{PREFIX}SECRET_KEY", "weak")
        if self.debug and not _is_loopback(self.host):
            raise ConfigurationError(f"{PREFIX}DEBUG", "public_debug", self.host)
        self._check_address()
        if self.security_contact and not _CONTACT.fullmatch(self.security_contact):
            raise ConfigurationError(f"{PREFIX}SECURITY_CONTACT", "not_contact")
        self._check_sso()
        self._check_mail()
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise ConfigurationError(
                    f"{PREFIX}{name.upper()}", "out_of_range", f"{least} et {most}"
                )

    def _check_address(self) -> None:
        scheme, host = urlsplit(self.public_url).scheme, self._public_host
        if scheme not in {"http", "https"} or not host:
            raise ConfigurationError(f"{PREFIX}PUBLIC_URL", "not_web_address", self.public_url)
        if self.debug and not _is_loopback(host):
            raise ConfigurationError(f"{PREFIX}DEBUG", "public_debug", host)
        if scheme == "http" and not self.plain_http and not _is_loopback(host):
            raise ConfigurationError(f"{PREFIX}PUBLIC_URL", "plain_http", self.public_url)

    @property
    def _public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    def _check_sso(self) -> None:
        given = (self.sso_issuer, self.sso_client_id, self.sso_client_secret)
        if any(given) and not all(given):
            raise ConfigurationError(f"{PREFIX}SSO_ISSUER", "incomplete")
        parts = urlsplit(self.sso_issuer)
        if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
            raise ConfigurationError(f"{PREFIX}SSO_ISSUER", "not_https", self.sso_issuer)
        if self.sso and not all(find_spec(name) for name in ("authlib", "requests")):
            raise ConfigurationError(f"{PREFIX}SSO_ISSUER", "no_extra")

    def _check_mail(self) -> None:
        if bool(self.smtp_user) != bool(self.smtp_password):
            raise ConfigurationError(f"{PREFIX}SMTP_USER", "incomplete_account")
        if self.smtp_host and not _ADDRESS.fullmatch(self.mail_from):
            raise ConfigurationError(f"{PREFIX}MAIL_FROM", "not_mail_address", self.mail_from)
        if self.smtp_security not in {"starttls", "tls", "none"}:
            raise ConfigurationError(
                f"{PREFIX}SMTP_SECURITY", "unknown_security", self.smtp_security
            )
        if self.smtp_host and self.smtp_security == "none" and not _is_loopback(self.smtp_host):
            raise ConfigurationError(f"{PREFIX}SMTP_SECURITY", "plain_mail", self.smtp_host)

    @property
    def sso(self) -> bool:
        """Whether single sign-on is configured."""
        return bool(self.sso_issuer)

    @property
    def database(self) -> str:
        """SQLAlchemy URL, by default the SQLite file of the instance."""
        return self.database_url or f"sqlite:///{self.instance_path / 'semailles.sqlite'}"

    @property
    def jobs_path(self) -> Path:
        """SQLite file of the job queue."""
        return self.instance_path / "jobs.sqlite"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are sent over https only."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def public(self) -> bool:
        """Whether the instance is served beyond this machine, over https."""
        return not (_is_loopback(self._public_host) or self.plain_http)

    @property
    def trusted_hosts(self) -> list[str] | None:
        """Hosts accepted by a public instance: its own, and loopback ones for probes."""
        here = ["localhost", "127.0.0.1", "[::1]"]
        return [self._public_host, *here] if self.public else None

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the variables named ``SEMAILLES_*`` over ``instance/semailles.toml``.

        Raises
        ------
        ConfigurationError
            If a value is unknown, malformed or unsafe.
        """
        instance = Path(environ.get(f"{PREFIX}INSTANCE_PATH", ROOT / "instance"))
        settings = _file_settings(instance / "semailles.toml") | _environment(environ)
        settings.pop("instance_path", None)
        key = settings.pop("secret_key", None) or _stored_secret(instance)
        converted = {name: _convert(name, value) for name, value in settings.items()}
        if "port" in converted:  # the default public address follows the port
            converted.setdefault("public_url", f"http://127.0.0.1:{converted['port']}")
        return cls(instance_path=instance, secret_key=key, **converted)  # type: ignore[arg-type] # names and types are checked by _convert


def is_weak(secret: str) -> bool:
    """Whether a key is guessable: a placeholder, low entropy, or a repeated pattern.

    Examples
    --------
    >>> is_weak("0123456789abcdef" * 2), is_weak("please-change-me-before-the-launch!")
    (True, True)
    >>> is_weak(secrets.token_urlsafe(24))
    False
    """
    letters = "".join(character for character in secret.lower() if character.isalnum())
    if any(known in letters for known in _KNOWN_SECRETS):
        return True
    halves = range(1, len(secret) // 2 + 1)
    if any(secret[period:] == secret[:-period] for period in halves):
        return True
    counts, length = Counter(secret).values(), len(secret)
    return -sum(n * math.log2(n / length) for n in counts) < _MIN_ENTROPY_BITS


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX)}


def _file_settings(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(path.name, "unreadable", str(error)) from error


def _stored_secret(instance: Path) -> str:
    """Return the secret key of the instance, created on first run with mode 600."""
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii").strip()


def _convert(name: str, value: str) -> str | int | bool:
    kinds = {field.name: field.type for field in fields(Config)}
    setting = f"{PREFIX}{name.upper()}"
    if name not in kinds or name == "testing":
        raise ConfigurationError(setting, "unknown")
    if kinds[name] is int:
        try:
            return int(value)
        except ValueError:
            raise ConfigurationError(setting, "not_integer", value) from None
    if kinds[name] is bool:
        if value.lower() not in _TRUE | _FALSE:
            raise ConfigurationError(setting, "not_boolean", value)
        return value.lower() in _TRUE
    return value


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
