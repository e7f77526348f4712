"""Sign-in by password: throttled, with bounded concurrency and uniform failures."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.accounts import login_throttle, passwords, sessions, users
from webapp.accounts.passwords import Gate
from webapp.accounts.sessions import AccountSnapshot
from webapp.exceptions import SignInRefusedError, WeakPasswordError
from webapp.platform.audit import Actor

Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Submitted credentials, and the key of their throttle counter.

    ``known`` is whether this browser signed in to the account before.
    """

    email: str
    password: str
    key: str
    now: datetime
    public: bool = False
    known: bool = False


def authenticate(transaction: Transaction, *, attempt: Attempt, gate: Gate) -> AccountSnapshot:
    """Verify an address and a password; return the account.

    The password is verified outside any transaction, so that it does not hold the write lock.

    Raises
    ------
    SignInRefusedError
        If the address is unknown, the password wrong or the account inactive, alike.
    WeakPasswordError
        If it is the demonstration password, on a public instance.
    TooManyAttemptsError
        If too many attempts failed.
    BusyError
        If too many passwords are being verified.
    """
    if len(attempt.password) > passwords.MAX_LENGTH:
        raise SignInRefusedError
    if attempt.public and attempt.password == passwords.DEMONSTRATION:
        raise WeakPasswordError("demonstration")
    if attempt.known:
        # Counted before the gate: a throttled browser does not occupy a slot.
        found = _count_attempt(transaction, attempt)
        with gate.slot(known=True):
            verified = _matches(attempt, found)
    else:
        # Counted inside the gate: writes by unknown browsers are limited to the verification rate.
        with gate.slot():
            found = _count_attempt(transaction, attempt)
            verified = _matches(attempt, found)
    if found is None or not verified:
        raise SignInRefusedError
    with transaction() as session:
        login_throttle.reset(session, key=attempt.key)
    return found


def change_password(
    transaction: Transaction, *, attempt: Attempt, new: str, gate: Gate
) -> AccountSnapshot:
    """Change a password after verifying the current one; every session ends.

    Raises
    ------
    WeakPasswordError
        If ``new`` does not satisfy the policy.
    SignInRefusedError, TooManyAttemptsError, BusyError
        As for ``authenticate``.
    """
    passwords.check_new(new, email=attempt.email)
    checked = authenticate(transaction, attempt=attempt, gate=gate)
    with gate.slot(known=True):
        password_hash = passwords.hash_new(new)
    with transaction() as session:
        user = sessions.lock(session, checked=checked)
        users.set_password(
            session,
            user=user,
            password_hash=password_hash,
            actor=Actor(id=user.id, now=attempt.now),
        )
        return AccountSnapshot.of(user)


def _count_attempt(transaction: Transaction, attempt: Attempt) -> AccountSnapshot | None:
    """Count the attempt in the throttle and return its account, if any."""
    with transaction() as session:
        login_throttle.count(session, key=attempt.key, now=attempt.now)
        return users.find_snapshot(session, email=attempt.email)


def _matches(attempt: Attempt, found: AccountSnapshot | None) -> bool:
    return passwords.matches(attempt.password, found.password_hash if found else None)
