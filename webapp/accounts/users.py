"""Staff accounts: creation, look-up, password change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts import passwords, permissions, sessions
from webapp.accounts.models import Membership, Role, User
from webapp.accounts.passwords import NO_PASSWORD
from webapp.accounts.permissions import Scope
from webapp.accounts.sessions import AccountSnapshot
from webapp.exceptions import AccountExistsError, NotFoundError
from webapp.platform import audit
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.territory.models import WorkingGroup
from webapp.territory.working_groups import get_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Values of a new account."""

    email: str
    display_name: str
    role: Role
    password: str = ""
    groups: tuple[str, ...] = ()


def add_user(session: Session, *, account: Account, now: datetime) -> User:
    """Create an account with a password.

    Raises
    ------
    WeakPasswordError
        If the password does not satisfy the policy.
    AccountExistsError
        If the address has an account.
    NotFoundError
        If a working group does not exist.
    """
    passwords.check_new(account.password, email=account.email)
    return store_user(session, account=account, now=now)


def store_user(session: Session, *, account: Account, now: datetime, by: int | None = None) -> User:
    """Create an account without checking its password: none, or that of the demonstration.

    Raises
    ------
    AccountExistsError
        If the address has an account.
    NotFoundError
        If a working group does not exist.
    """
    email = account.email.strip().lower()
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise AccountExistsError(email)
    user = User(
        email=email,
        display_name=clean(account.display_name),
        role=account.role,
        password_hash=passwords.hash_new(account.password) if account.password else NO_PASSWORD,
        created_at=now,
    )
    for slug in account.groups:
        group = get_group(session, slug=slug)
        user.memberships.append(Membership(working_group_id=group.id))
    session.add(user)
    session.flush()
    subject = f"user:{user.public_id}"
    audit.record(session, audit.Line(action="user.add", subject=subject, at=now, actor_id=by))
    return user


def find_snapshot(session: Session, *, email: str) -> AccountSnapshot | None:
    """Return a snapshot of the active account with this address, for verification."""
    user = session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    return AccountSnapshot.of(user) if user else None


def find_snapshot_by_id(session: Session, *, public_id: str) -> AccountSnapshot | None:
    """Return a snapshot of the active account with this public id."""
    user = session.scalar(select(User).where(User.public_id == public_id, User.active))
    return AccountSnapshot.of(user) if user else None


def set_password(session: Session, *, user: User, password_hash: str, actor: Actor) -> None:
    """Set the password hash of an account and end its sessions."""
    user.password_hash = password_hash
    session.flush()
    sessions.end_all(session, user=user)
    audit.record_act(session, actor, "user.password", f"user:{user.public_id}")


def get_by_email(session: Session, *, email: str) -> User:
    """Return the active account with this address.

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
    """Return the working groups that ``user`` may open, by name."""
    query = select(WorkingGroup).order_by(WorkingGroup.name)
    if permissions.scope_of(user, Action.OPEN_DESK) is not Scope.EVERYWHERE:
        query = query.join(Membership, Membership.working_group_id == WorkingGroup.id).where(
            Membership.user_id == user.id
        )
    return list(session.scalars(query))
