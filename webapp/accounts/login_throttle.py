"""Login throttle: exponential backoff per account, never per IP address.

An attempt is counted before it is verified, so that concurrent attempts all count; a success resets
the counter. A browser that signed in before has its own counter, so that an attacker cannot lock
the owner out.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.accounts.models import AttemptCount
from webapp.exceptions import TooManyAttemptsError
from webapp.platform import key_derivation

FREE_ATTEMPTS = 5
MIN_DELAY = timedelta(seconds=30)
MAX_DELAY = timedelta(minutes=15)
COUNTER_LIFE = timedelta(days=1)
# Maximum number of counters. The gate lets some ten unknown browsers a second in: evicting a
# counter takes more than an hour, no quicker than waiting for the longest delay each time.
MAX_COUNTERS = 50_000


def key_of(secret: str, *, credential: str, account: str, browser: str = "") -> str:
    """Return the key of the counter of ``account``.

    ``credential`` is "password" or "code"; ``browser`` identifies a known browser.
    """
    return key_derivation.keyed_hash(
        secret, f"attempts:{credential}", f"{account.strip().lower()}\n{browser}"
    )


def count(session: Session, *, key: str, now: datetime) -> None:
    """Count one attempt, before it is verified.

    Raises
    ------
    TooManyAttemptsError
        If it comes before the end of the current delay.
    """
    session.execute(delete(AttemptCount).where(AttemptCount.last_at <= now - COUNTER_LIFE))
    _evict_oldest(session)
    found = _locked_counter(session, key, now)
    wait = found.last_at + delay(found.failures) - now
    if wait > timedelta(0):
        raise TooManyAttemptsError(wait)
    found.failures, found.last_at = found.failures + 1, now
    session.flush()


def reset(session: Session, *, key: str) -> None:
    """Delete the counter, after a success."""
    session.execute(delete(AttemptCount).where(AttemptCount.key == key))


def first_use(session: Session, *, key: str, now: datetime) -> bool:
    """Whether ``key`` is used for the first time; records its use (single-use tokens)."""
    if session.get(AttemptCount, key) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(AttemptCount(key=key, failures=0, last_at=now))
    except IntegrityError:  # inserted by a concurrent request
        return False
    return True


def delay(failures: int) -> timedelta:
    """Return the delay after ``failures`` consecutive failed attempts.

    Examples
    --------
    >>> [int(delay(number).total_seconds()) for number in (4, 5, 6, 7, 20)]
    [0, 30, 60, 120, 900]
    """
    if failures < FREE_ATTEMPTS:
        return timedelta(0)
    return min(MIN_DELAY * (1 << min(failures - FREE_ATTEMPTS, 10)), MAX_DELAY)


def _evict_oldest(session: Session) -> None:
    """Evict the oldest tenth of the counters when there are ``MAX_COUNTERS`` of them."""
    total = session.scalar(select(func.count()).select_from(AttemptCount)) or 0
    if total >= MAX_COUNTERS:
        oldest = (
            select(AttemptCount.key)
            .order_by(AttemptCount.last_at)
            .limit(total - MAX_COUNTERS * 9 // 10)
        )
        session.execute(delete(AttemptCount).where(AttemptCount.key.in_(oldest.scalar_subquery())))


def _locked_counter(session: Session, key: str, now: datetime) -> AttemptCount:
    """Return the counter with its row locked, created if needed (safe under concurrency)."""
    found = session.get(AttemptCount, key, with_for_update=True, populate_existing=True)
    if found is None:
        try:
            with session.begin_nested():
                session.add(AttemptCount(key=key, failures=0, last_at=now))
        except IntegrityError:
            pass
        return session.get_one(AttemptCount, key, with_for_update=True, populate_existing=True)
    return found
