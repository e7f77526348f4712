"""The application factory and the ``semailles`` command."""

from datetime import timedelta

from flask import Flask

from webapp import cli, error_pages, presentation, tasks
from webapp.accounts import views as accounts_views
from webapp.accounts.passwords import Gate
from webapp.accounts.sessions import Limits
from webapp.accounts.views import access
from webapp.administration import views as administration_views
from webapp.collection import views as collection_views
from webapp.collection.devices import TOKEN_LIFE
from webapp.config import ROOT, Config
from webapp.imports import views as imports_views
from webapp.moderation import views as moderation_views
from webapp.notifications import views as notifications_views
from webapp.platform import extensions, logs
from webapp.platform.actions import Action
from webapp.platform.mail import Mailer
from webapp.platform.views import error_logging, headers, reader_language
from webapp.platform.views.requires import requires
from webapp.privacy import views as privacy_views
from webapp.publishing import views as publishing_views
from webapp.review import views as review_views
from webapp.roadmap import views as roadmap_views
from webapp.territory import views as territory_views

BLUEPRINTS = (
    *collection_views.BLUEPRINTS,
    *publishing_views.BLUEPRINTS,
    *accounts_views.BLUEPRINTS,
    *moderation_views.BLUEPRINTS,
    *review_views.BLUEPRINTS,
    *roadmap_views.BLUEPRINTS,
    *notifications_views.BLUEPRINTS,
    *imports_views.BLUEPRINTS,
    *territory_views.BLUEPRINTS,
    *administration_views.BLUEPRINTS,
    *privacy_views.BLUEPRINTS,
)


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
        # Database errors may quote a contribution: parameters are kept out of the logs.
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
        MAILER=Mailer(config),
        TRUSTED_HOSTS=config.trusted_hosts,
        SESSION_LIMITS=Limits(
            absolute=timedelta(hours=config.session_hours),
            idle=timedelta(minutes=config.idle_minutes),
        ),
        SESSION_COOKIE_NAME="__Host-session" if config.secure_cookies else "session",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A participant's cookie expires a day after their last submission; reading does not renew.
        PERMANENT_SESSION_LIFETIME=TOKEN_LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # no route answers OPTIONS
        WTF_CSRF_SSL_STRICT=False,  # Referrer-Policy is no-referrer: no Referer to check
        WTF_CSRF_TIME_LIMIT=None,  # a CSRF token expires with its session only
        WTF_I18N_ENABLED=False,  # WTForms has its own French
    )
    logs.configure()
    headers.register(app, config)  # before the extensions: CSRFProtect reads the form
    reader_language.register(app)  # before the extensions too: their refusals are shown in it
    extensions.register(app, config)
    error_logging.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    requires(Action.READ)(app.view_functions["static"])
    access.register(app)
    presentation.register(app)
    error_pages.register(app)
    tasks.register(app)
    return app


def main() -> None:
    """Run the ``semailles`` command; the factory is injected, so nothing imports this module."""
    cli.main(obj=create_app)
