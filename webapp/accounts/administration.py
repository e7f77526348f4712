"""Administration of accounts: invite, edit, deactivate, reactivate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.accounts import links as account_links
from webapp.accounts import sessions, users
from webapp.accounts.models import AccountLink, Membership, Role, SecondFactor, User
from webapp.accounts.passwords import NO_PASSWORD
from webapp.accounts.users import Account
from webapp.exceptions import LastAdministratorError, NotFoundError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.territory.models import WorkingGroup
from webapp.territory.working_groups import get_group


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFields:
    """Editable fields of an account."""

    display_name: str
    role: Role
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An account in the administration list."""

    user: User
    groups: tuple[str, ...]
    invited: bool
    link: AccountLink | None
    second_factor: bool


def list_entries(session: Session, *, now: datetime) -> list[Entry]:
    """Return all accounts by name, deactivated ones last."""
    found = session.scalars(
        select(User)
        .options(selectinload(User.memberships))
        .order_by(User.active.desc(), User.display_name, User.id)
    ).all()
    names = {group.id: group.name for group in session.scalars(select(WorkingGroup))}
    links = {
        link.user_id: link
        for link in session.scalars(select(AccountLink).where(AccountLink.expires_at > now))
    }
    with_factor = set(session.scalars(select(SecondFactor.user_id)))
    return [
        Entry(
            user=user,
            groups=tuple(sorted(names[m.working_group_id] for m in user.memberships)),
            invited=user.password_hash == NO_PASSWORD,
            link=links.get(user.id),
            second_factor=user.id in with_factor,
        )
        for user in found
    ]


def get_account(session: Session, *, public_id: str) -> User:
    """Return an account by its public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = session.scalar(select(User).where(User.public_id == public_id))
    if found is None:
        raise NotFoundError(public_id)
    return found


def invite(
    session: Session, *, account: Account, by: int | None, now: datetime
) -> tuple[User, str]:
    """Create an account without a password; return it with the token of its link.

    Raises
    ------
    AccountExistsError
        If the address has an account.
    NotFoundError
        If a working group does not exist.
    """
    user = users.store_user(session, account=account, now=now, by=by)
    return user, account_links.make_link(session, user=user, by=by, now=now)


def save(session: Session, *, user: User, fields: AccountFields, actor: Actor) -> None:
    """Change the name, the role and the groups of an account.

    Raises
    ------
    LastAdministratorError
        If no active administrator would be left.
    """
    if user.role is Role.ADMINISTRATOR and fields.role is not Role.ADMINISTRATOR:
        _check_another_administrator(session, user, actor)
    details = f"{user.role.value} → {fields.role.value}" if user.role != fields.role else ""
    user.display_name, user.role = fields.display_name, fields.role
    _set_groups(session, user, fields.groups)
    session.flush()
    audit.record_act(session, actor, "user.save", f"user:{user.public_id}", details)


def deactivate(session: Session, *, user: User, actor: Actor) -> None:
    """Deactivate an account: end its sessions and revoke its link; its history keeps its name.

    Raises
    ------
    LastAdministratorError
        If it is the actor's own account, or no active administrator would be left.
    """
    _check_another_administrator(session, user, actor)
    user.active = False
    session.flush()
    sessions.end_all(session, user=user)
    account_links.revoke(session, user=user)
    audit.record_act(session, actor, "user.deactivate", f"user:{user.public_id}")


def reactivate(session: Session, *, user: User, actor: Actor) -> None:
    """Reactivate an account, with its previous password."""
    user.active = True
    session.flush()
    audit.record_act(session, actor, "user.reactivate", f"user:{user.public_id}")


def _check_another_administrator(session: Session, user: User, actor: Actor) -> None:
    """Check that another administrator is active; locks their rows against concurrent changes."""
    administrators = session.scalars(
        select(User.id)
        .where(User.role == Role.ADMINISTRATOR, User.active)
        .order_by(User.id)
        .with_for_update()
    ).all()
    if user.id == actor.id or not set(administrators) - {user.id}:
        raise LastAdministratorError


def _set_groups(session: Session, user: User, slugs: Iterable[str]) -> None:
    wanted = {get_group(session, slug=slug).id for slug in slugs}
    for membership in list(user.memberships):
        if membership.working_group_id not in wanted:
            session.delete(membership)
            user.memberships.remove(membership)
    present = {membership.working_group_id for membership in user.memberships}
    user.memberships.extend(Membership(working_group_id=id_) for id_ in wanted - present)
