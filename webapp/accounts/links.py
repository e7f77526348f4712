"""Single-use links, valid for a week, by which a person sets their password; one per account.

No email is sent: the administrator hands the link over. It sets a password but does not sign in;
the second factor is asked for at the sign-in that follows.
"""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts import passwords, users
from webapp.accounts.models import AccountLink, LinkPurpose, User
from webapp.accounts.passwords import NO_PASSWORD, Gate
from webapp.exceptions import LinkOverError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.tokens import token_hash

LIFE = timedelta(days=7)


def make_link(session: Session, *, user: User, by: int | None, now: datetime) -> str:
    """Create a link for ``user`` and return its token; the previous link is revoked.

    Raises
    ------
    LinkOverError
        If the account is deactivated.
    """
    if not user.active:
        raise LinkOverError
    invited = user.password_hash == NO_PASSWORD
    token = secrets.token_urlsafe(32)
    session.merge(
        AccountLink(
            user_id=user.id,
            purpose=LinkPurpose.INVITATION if invited else LinkPurpose.RECOVERY,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    audit.record(
        session,
        audit.Line(
            action="user.invite" if invited else "user.recover",
            subject=f"user:{user.public_id}",
            at=now,
            actor_id=by,
        ),
    )
    return token


def find(session: Session, *, token: str, now: datetime) -> AccountLink:
    """Return the link of ``token``.

    Raises
    ------
    LinkOverError
        If it is used, revoked, expired or unknown.
    """
    found = session.scalar(
        select(AccountLink)
        .join(AccountLink.user)
        .where(
            AccountLink.token_hash == token_hash(token), AccountLink.expires_at > now, User.active
        )
    )
    if found is None:
        raise LinkOverError
    return found


def record_sent(session: Session, *, user: User, actor: Actor) -> None:
    """Record that the link of ``user`` was sent by e-mail."""
    audit.record_act(session, actor, "user.link_sent", f"user:{user.public_id}")


def use(
    transaction: Callable[[], AbstractContextManager[Session]],
    *,
    token: str,
    password: str,
    gate: Gate,
    now: datetime,
) -> str:
    """Set the password of the account of a link, consume the link, and return the email address.

    Raises
    ------
    LinkOverError
        If the link is invalid, or was used concurrently.
    WeakPasswordError
        If the password does not satisfy the policy.
    BusyError
        If too many passwords are being verified.
    """
    with transaction() as session:
        email = find(session, token=token, now=now).user.email
    passwords.check_new(password, email=email)
    with gate.slot(known=True):
        password_hash = passwords.hash_new(password)
    with transaction() as session:
        user = find(session, token=token, now=now).user
        used = session.scalars(
            delete(AccountLink)
            .where(AccountLink.token_hash == token_hash(token))
            .returning(AccountLink.user_id)
        ).all()
        if not used:  # consumed by a concurrent request
            raise LinkOverError
        users.set_password(
            session, user=user, password_hash=password_hash, actor=Actor(id=user.id, now=now)
        )
    return email


def revoke(session: Session, *, user: User) -> None:
    """Revoke the link of ``user``, if there is one."""
    session.execute(delete(AccountLink).where(AccountLink.user_id == user.id))
