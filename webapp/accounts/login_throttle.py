"""A growing delay between attempts on one account, never on an address of the network.

An attempt is counted before it is checked, so that a hundred at once count for a hundred; a success
forgets them. A browser that entered the account before has a count of its own: a stranger who
types wrong passwords keeps nobody out.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.accounts.models import AttemptCount
from webapp.exceptions import TooManyAttemptsError
from webapp.platform import key_derivation

FREE = 5
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)
MEMORY = timedelta(days=1)
# How many counts are kept. The gate lets some ten strangers a second in: pushing a count out takes
# more than an hour, which is no quicker than waiting for the longest delay after each attempt.
MOST = 50_000


def key_of(secret: str, *, what: str, account: str, browser: str = "") -> str:
    """Return under which key attempts on ``account`` are counted.

    ``what`` is tried: a password or a code. ``browser`` is what a known browser holds, or nothing.
    """
    return key_derivation.mark(secret, f"attempts:{what}", f"{account.strip().lower()}\n{browser}")


def count(session: Session, *, key: str, now: datetime) -> None:
    """Count one attempt, before it is checked.

    Raises
    ------
    TooManyAttemptsError
        If it comes before the delay that the failures before it call for.
    """
    session.execute(delete(AttemptCount).where(AttemptCount.last_at <= now - MEMORY))
    _push_out(session)
    found = _locked(session, key, now)
    wait = found.last_at + delay(found.failures) - now
    if wait > timedelta(0):
        raise TooManyAttemptsError(wait)
    found.failures, found.last_at = found.failures + 1, now
    session.flush()


def forget(session: Session, *, key: str) -> None:
    """Forget the attempts before the one that succeeded."""
    session.execute(delete(AttemptCount).where(AttemptCount.key == key))


def first_use(session: Session, *, key: str, now: datetime) -> bool:
    """Whether what ``key`` stands for serves for the first time; it does not serve again."""
    if session.get(AttemptCount, key) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(AttemptCount(key=key, failures=0, last_at=now))
    except IntegrityError:  # at the same instant
        return False
    return True


def delay(failures: int) -> timedelta:
    """Return how long to wait after ``failures`` attempts that failed in a row.

    Examples
    --------
    >>> [int(delay(number).total_seconds()) for number in (4, 5, 6, 7, 20)]
    [0, 30, 60, 120, 900]
    """
    if failures < FREE:
        return timedelta(0)
    return min(SHORTEST * (1 << min(failures - FREE, 10)), LONGEST)


def _push_out(session: Session) -> None:
    """Forget the oldest tenth of the counts when there are too many of them."""
    kept = session.scalar(select(func.count()).select_from(AttemptCount)) or 0
    if kept >= MOST:
        oldest = (
            select(AttemptCount.key).order_by(AttemptCount.last_at).limit(kept - MOST * 9 // 10)
        )
        session.execute(delete(AttemptCount).where(AttemptCount.key.in_(oldest.scalar_subquery())))


def _locked(session: Session, key: str, now: datetime) -> AttemptCount:
    """Return the count, locked; the first attempt makes it, whoever else makes it at once."""
    found = session.get(AttemptCount, key, with_for_update=True, populate_existing=True)
    if found is None:
        try:
            with session.begin_nested():
                session.add(AttemptCount(key=key, failures=0, last_at=now))
        except IntegrityError:
            pass
        return session.get_one(AttemptCount, key, with_for_update=True, populate_existing=True)
    return found
