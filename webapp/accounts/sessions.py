"""Server-side sessions: the cookie holds a random token, the database its hash.

A row is inserted at sign-in and deleted at the end of the session, and is never updated. A deleted
session therefore cannot be restored by a concurrent request.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager

from webapp.accounts.models import SecondFactor, User, UserSession
from webapp.exceptions import SignInRefusedError
from webapp.platform.tokens import token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Absolute and idle lifetimes of a session."""

    absolute: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class AccountSnapshot:
    """Snapshot of an account whose credentials were verified."""

    id: int
    public_id: str
    email: str
    password_hash: str

    @classmethod
    def of(cls, user: User) -> "AccountSnapshot":
        """Return a snapshot of ``user``."""
        return cls(user.id, user.public_id, user.email, user.password_hash)


def open_session(
    session: Session, *, checked: AccountSnapshot, now: datetime, limits: Limits
) -> tuple[User, str]:
    """Open a session for a verified account; return its token (256 bits).

    Raises
    ------
    SignInRefusedError
        If the account changed since the verification.
    """
    user = lock(session, checked=checked)
    user.last_sign_in_on = now.astimezone(UTC).date()
    _delete_expired(session, now=now, limits=limits)
    token = secrets.token_urlsafe(32)
    session.add(UserSession(user_id=user.id, token_hash=token_hash(token), opened_at=now))
    session.flush()
    return user, token


def lock(session: Session, *, checked: AccountSnapshot) -> User:
    """Lock and reload a verified account.

    It may have been deactivated, or its password changed, since the verification.

    Raises
    ------
    SignInRefusedError
        If it changed since the verification.
    """
    current = session.scalar(
        select(User)
        .where(User.id == checked.id, User.active)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if current is None or current.password_hash != checked.password_hash:
        raise SignInRefusedError
    return current


@dataclass(frozen=True, slots=True)
class OpenSession:
    """An open session, and whether its account has a second factor."""

    session: UserSession
    second_factor: bool


def find(session: Session, *, token: str, now: datetime, limits: Limits) -> OpenSession | None:
    """Return the session of ``token``, unless it ended, expired, or its account is inactive."""
    row = session.execute(
        select(UserSession, SecondFactor.user_id)
        .join(UserSession.user)
        .outerjoin(SecondFactor, SecondFactor.user_id == UserSession.user_id)
        .options(contains_eager(UserSession.user))
        .where(
            UserSession.token_hash == token_hash(token),
            UserSession.opened_at > now - limits.absolute,
            User.active,
        )
    ).first()
    return OpenSession(row[0], row[1] is not None) if row else None


def list_open(
    session: Session, *, user: User, now: datetime, limits: Limits
) -> Sequence[UserSession]:
    """Return the open sessions of ``user``, latest first."""
    return session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.opened_at > now - limits.absolute)
        .order_by(UserSession.id.desc())
    ).all()


def end(session: Session, *, user: User, public_id: str) -> None:
    """End one session of ``user``; no effect if it is not theirs or already ended."""
    session.execute(
        delete(UserSession).where(
            UserSession.user_id == user.id, UserSession.public_id == public_id
        )
    )


def end_token(session: Session, *, token: str) -> None:
    """End the session of ``token``, if there is one."""
    session.execute(delete(UserSession).where(UserSession.token_hash == token_hash(token)))


def end_all(session: Session, *, user: User, except_token: str = "") -> None:
    """End every session of ``user``, except the one of the token ``except_token``."""
    session.execute(
        delete(UserSession).where(
            UserSession.user_id == user.id, UserSession.token_hash != token_hash(except_token)
        )
    )


def end_all_of(session: Session, *, token: str) -> bool:
    """End every session of the account of ``token``; return whether there was any.

    Idle sessions are accepted: signing out must always work.
    """
    owner = select(UserSession.user_id).where(UserSession.token_hash == token_hash(token))
    ended = session.scalars(
        delete(UserSession)
        .where(UserSession.user_id.in_(owner))
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())


def _delete_expired(session: Session, *, now: datetime, limits: Limits) -> None:
    session.execute(delete(UserSession).where(UserSession.opened_at <= now - limits.absolute))
