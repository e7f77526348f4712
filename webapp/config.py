"""Settings, read once from the environment and instance/, checked before anything starts."""

import ipaddress
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from webapp.exceptions import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "SEMAILLES_"
MIN_SECRET_LENGTH = 32
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
_RANGES = {
    "port": (1, 65_535),
    "workers": (1, 64),
    "proxy_hops": (0, 10),
    "max_upload_mb": (1, 1_024),
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
        Address that people type; cookies are ``Secure`` when it is https.
    host, port : str, int
        Where the server listens.
    workers : int
        Web processes.
    proxy_hops : int
        Reverse proxies whose forwarded headers are believed.
    debug : bool
        Development mode, refused beyond this machine.
    testing : bool
        Set by the tests only.
    max_upload_mb : int
        Largest request accepted, in megabytes.
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

    def __post_init__(self) -> None:
        """Refuse what would be unsafe or could not work."""
        if len(self.secret_key) < MIN_SECRET_LENGTH:
            raise ConfigurationError(f"{PREFIX}SECRET_KEY", "too_short", str(MIN_SECRET_LENGTH))
        if self.debug and not _is_loopback(self.host):
            raise ConfigurationError(f"{PREFIX}DEBUG", "public_debug", self.host)
        if urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise ConfigurationError(f"{PREFIX}PUBLIC_URL", "not_web_address", self.public_url)
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise ConfigurationError(
                    f"{PREFIX}{name.upper()}", "out_of_range", f"{least} et {most}"
                )

    @property
    def database(self) -> str:
        """SQLAlchemy address, the local default filled in."""
        return self.database_url or f"sqlite:///{self.instance_path / 'semailles.sqlite'}"

    @property
    def jobs_path(self) -> Path:
        """File of the background queue."""
        return self.instance_path / "jobs.sqlite"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies travel over https only."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_public(self) -> bool:
        """Whether others than this machine may come: the law then asks who publishes."""
        return not _is_loopback(urlsplit(self.public_url).hostname or "")

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
        key = settings.pop("secret_key", None) or _kept_secret(instance)
        converted = {name: _convert(name, value) for name, value in settings.items()}
        return cls(instance_path=instance, secret_key=key, **converted)  # type: ignore[arg-type] # names and types are checked by _convert


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX)}


def _file_settings(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(path.name, "unreadable", str(error)) from error


def _kept_secret(instance: Path) -> str:
    """Return the instance's own key, made on the first run and readable by its owner only."""
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
