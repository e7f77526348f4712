"""Flask extensions, and the unit of work that is the only place to commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from webapp.config import Config
from webapp.exceptions import ConflictError
from webapp.platform.jobs import Jobs, take_requests
from webapp.platform.models import Base
from webapp.platform.sqlite import WRITE_OPTIONS, prepare_engine, write_lock

db = SQLAlchemy(metadata=Base.metadata)
csrf = CSRFProtect()
login_manager = LoginManager()
jobs = Jobs()


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit once when the block succeeds, roll back when it raises.

    The session is rolled back first, so that the block reads current rows. The jobs that services
    asked for are enqueued after the commit.

    Raises
    ------
    ConflictError
        If another transaction changed an object between its reading and its writing.
    """
    session = db.session()
    _roll_back(session)
    with write_lock(db.engine):
        try:
            session.connection(execution_options=WRITE_OPTIONS)
            yield session
            session.commit()
        except StaleDataError as error:
            _roll_back(session)
            raise ConflictError(None) from error
        except BaseException:
            _roll_back(session)
            raise
    for job, arguments in take_requests(session):
        jobs.enqueue(job, **arguments)


def register(app: Flask, config: Config) -> None:
    """Bind every extension to ``app``."""
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.session_protection = None  # it would store a hash of IP address and user agent
    jobs.init_app(config)


def _roll_back(session: Session) -> None:
    """Forget what the session has read and written, and the jobs that it was asked for."""
    session.rollback()
    take_requests(session)
