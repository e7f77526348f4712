"""Entering an account: attempts counted, few passwords checked at once, nothing told apart."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.accounts import login_throttle, passwords, sessions, users
from webapp.accounts.passwords import Gate
from webapp.accounts.sessions import Checked
from webapp.exceptions import SignInRefusedError, WeakPasswordError
from webapp.platform.audit import Actor

Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was typed, and under which key this attempt is counted.

    ``known`` is whether this browser entered the account before.
    """

    email: str
    password: str
    key: str
    now: datetime
    public: bool = False
    known: bool = False


def enter(transaction: Transaction, *, attempt: Attempt, gate: Gate) -> Checked:
    """Return the account whose address and password were typed.

    The password is checked outside any transaction: nobody waits for it but its own person.

    Raises
    ------
    SignInRefusedError
        If they open nothing: an unknown address, a wrong password, a closed account alike.
    WeakPasswordError
        If it is the demonstration's password, on an instance that others reach.
    TooManyAttemptsError
        If too many attempts failed before.
    BusyError
        If too many people are entering at once.
    """
    if len(attempt.password) > passwords.MAX_LENGTH:
        raise SignInRefusedError
    if attempt.public and attempt.password == passwords.DEMONSTRATION:
        raise WeakPasswordError("demonstration")
    if attempt.known:
        # Counted first: a browser that must wait takes no place of those who are known.
        found = _counted(transaction, attempt)
        with gate.turn(known=True):
            entered = _matches(attempt, found)
    else:
        # Counted once inside: strangers write no more often than passwords are checked.
        with gate.turn():
            found = _counted(transaction, attempt)
            entered = _matches(attempt, found)
    if found is None or not entered:
        raise SignInRefusedError
    with transaction() as session:
        login_throttle.forget(session, key=attempt.key)
    return found


def change_password(transaction: Transaction, *, attempt: Attempt, new: str, gate: Gate) -> Checked:
    """Change the password of the account whose present one was typed: all its sessions end.

    Raises
    ------
    WeakPasswordError
        If nobody may choose ``new``.
    SignInRefusedError, TooManyAttemptsError, BusyError
        As for entering.
    """
    passwords.check_new(new, email=attempt.email)
    checked = enter(transaction, attempt=attempt, gate=gate)
    with gate.turn(known=True):
        kept = passwords.hash_new(new)
    with transaction() as session:
        user = sessions.lock(session, checked=checked)
        users.set_password(
            session, user=user, password_hash=kept, actor=Actor(id=user.id, now=attempt.now)
        )
        return Checked.of(user)


def _counted(transaction: Transaction, attempt: Attempt) -> Checked | None:
    """Count an attempt, unless it comes too soon; return the account that it is about."""
    with transaction() as session:
        login_throttle.count(session, key=attempt.key, now=attempt.now)
        return users.find_checked(session, email=attempt.email)


def _matches(attempt: Attempt, found: Checked | None) -> bool:
    return passwords.matches(attempt.password, found.password_hash if found else None)
