"""Accounts of the staff: making them, checking a password."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from webapp.exceptions import DuplicateError, NotFoundError, WeakPasswordError
from webapp.models import Membership, Role, User, WorkingGroup
from webapp.services import audit
from webapp.services.words import clean
from webapp.services.workshops import get_group

MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an administrator says to make an account."""

    email: str
    display_name: str
    role: Role
    password: str
    groups: tuple[str, ...] = ()


def add_user(session: Session, *, account: Account, now: datetime) -> User:
    """Make an account.

    Raises
    ------
    WeakPasswordError
        If the password has fewer than 12 or more than 1,000 characters.
    DuplicateError
        If the address has an account.
    NotFoundError
        If a working group does not exist.
    """
    if not MIN_PASSWORD_LENGTH <= len(account.password) <= MAX_PASSWORD_LENGTH:
        raise WeakPasswordError
    email = account.email.strip().lower()
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise DuplicateError(email)
    user = User(
        email=email,
        display_name=clean(account.display_name),
        role=account.role,
        password_hash=generate_password_hash(account.password),
        created_at=now,
    )
    for slug in account.groups:
        group = get_group(session, slug=slug)
        user.memberships.append(Membership(working_group_id=group.id))
    session.add(user)
    session.flush()
    audit.record(session, audit.Line(action="user.add", subject=f"user:{user.public_id}", at=now))
    return user


def authenticate(session: Session, *, email: str, password: str) -> User | None:
    """Return the account, or None; an unknown address costs the same time as a wrong password."""
    if len(password) > MAX_PASSWORD_LENGTH:
        return None
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    known = user is not None and user.active
    stored = user.password_hash if user is not None and known else _decoy()
    return user if check_password_hash(stored, password) and known else None


def get_active(session: Session, *, public_id: str) -> User | None:
    """Return the account behind a session cookie, unless it was deactivated."""
    return session.scalar(select(User).where(User.public_id == public_id, User.active))


def get_by_email(session: Session, *, email: str) -> User:
    """Return the account with this address, unless it was deactivated.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    user = session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    if user is None:
        raise NotFoundError(email)
    return user


def groups_of(session: Session, *, user: User) -> list[WorkingGroup]:
    """Return the working groups that ``user`` may open, in order of name."""
    query = select(WorkingGroup).order_by(WorkingGroup.name)
    if user.role is Role.FACILITATOR:
        query = query.join(Membership, Membership.working_group_id == WorkingGroup.id).where(
            Membership.user_id == user.id
        )
    return list(session.scalars(query))


@cache
def _decoy() -> str:
    return generate_password_hash("no account has this password")
