"""Accounts of the staff: making them, finding them, changing a password."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts import passwords, permissions, sessions
from webapp.accounts.models import Membership, Role, User
from webapp.accounts.passwords import NO_PASSWORD
from webapp.accounts.permissions import Action, Scope
from webapp.accounts.sessions import Checked
from webapp.exceptions import AccountExistsError, NotFoundError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.territory.models import WorkingGroup
from webapp.territory.working_groups import get_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an administrator says to make an account."""

    email: str
    display_name: str
    role: Role
    password: str = ""
    groups: tuple[str, ...] = ()


def add_user(session: Session, *, account: Account, now: datetime) -> User:
    """Make an account.

    Raises
    ------
    WeakPasswordError
        If nobody may choose this password.
    AccountExistsError
        If the address has an account.
    NotFoundError
        If a working group does not exist.
    """
    passwords.check_new(account.password, email=account.email)
    return store_user(session, account=account, now=now)


def store_user(session: Session, *, account: Account, now: datetime, by: int | None = None) -> User:
    """Make an account whatever its password: none yet, or the demonstration's, which is public.

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


def find_checked(session: Session, *, email: str) -> Checked | None:
    """Return the active account with this address as it is now, for its password to be checked."""
    user = session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    return Checked.of(user) if user else None


def find_checked_by_id(session: Session, *, public_id: str) -> Checked | None:
    """Return the active account that a browser says it was checked for, as it is now."""
    user = session.scalar(select(User).where(User.public_id == public_id, User.active))
    return Checked.of(user) if user else None


def set_password(session: Session, *, user: User, password_hash: str, actor: Actor) -> None:
    """Give an account another password: every session of it ends."""
    user.password_hash = password_hash
    session.flush()
    sessions.end_all(session, user=user)
    audit.record_act(session, actor, "user.password", f"user:{user.public_id}")


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
    if permissions.scope_of(user, Action.OPEN_DESK) is not Scope.EVERYWHERE:
        query = query.join(Membership, Membership.working_group_id == WorkingGroup.id).where(
            Membership.user_id == user.id
        )
    return list(session.scalars(query))
