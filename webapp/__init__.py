"""Semailles: from what people say in workshops to the regional roadmap, and back."""

from datetime import timedelta

from flask import Flask

from webapp import cli, error_pages, extensions, presentation, tasks
from webapp.config import ROOT, Config
from webapp.extensions import headers, logs, refusals
from webapp.services.devices import TOKEN_LIFE
from webapp.services.passwords import Gate
from webapp.services.sessions import Limits
from webapp.views import BLUEPRINTS, access


def create_app(config: Config | None = None) -> Flask:
    """Build the application; without ``config``, read the environment and instance/."""
    config = config or Config.load()
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        instance_path=str(config.instance_path.resolve()),
    )
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database,
        # An error of the database may hold the words of a contribution: logs never do.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        TESTING=config.testing,
        DEBUG=config.debug,
        MAX_CONTENT_LENGTH=config.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        PUBLIC_URL=config.public_url.rstrip("/"),
        MIN_FREE_MB=config.min_free_mb,
        SECURITY_CONTACT=config.security_contact,
        PASSWORD_GATE=Gate(config.password_checks),
        IS_PUBLIC=config.public,
        SSO=config if config.sso else None,
        TRUSTED_HOSTS=config.trusted_hosts,
        SESSION_LIMITS=Limits(
            absolute=timedelta(hours=config.session_hours),
            idle=timedelta(minutes=config.idle_minutes),
        ),
        SESSION_COOKIE_NAME="__Host-session" if config.secure_cookies else "session",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A participant's cookie ends a day after they last sent something; reading adds nothing.
        PERMANENT_SESSION_LIFETIME=TOKEN_LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # nothing here is asked for what it allows
        WTF_CSRF_SSL_STRICT=False,  # our own policy has browsers send no Referer to compare
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session, however slow the writer
        WTF_I18N_ENABLED=False,  # WTForms has its own French
    )
    logs.configure()
    headers.register(app, config)  # before the extensions: the first of them reads the form
    extensions.register(app, config)
    refusals.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.register(app)
    presentation.register(app)
    error_pages.register(app)
    tasks.register(app)
    return app


def main() -> None:
    """Run the ``semailles`` command; the factory goes in, so that no layer imports this module."""
    cli.main(obj=create_app)
