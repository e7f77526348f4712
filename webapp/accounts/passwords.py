"""Password policy, hashing, and limit on concurrent verifications."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from werkzeug.security import check_password_hash, generate_password_hash

from webapp.exceptions import BusyError, WeakPasswordError

MIN_LENGTH = 12
MAX_LENGTH = 1000
# Printed by the demonstration commands; refused on public instances.
DEMONSTRATION = "semailles-angers-2023"
NO_PASSWORD = "!"  # noqa: S105 - an unusable hash: no password matches it
# Verified when there is no stored hash, so that unknown accounts take the same time. Its cost
# equals that of a new hash, which a test checks.
_DECOY = (
    "scrypt:32768:8:1$AWRla2fjP4dX85pk$"
    # pragma: allowlist nextline secret
    "385a24dab811b9d801940c31c26386df4dbce5ca9788350de5c9b060c679326c"
    # pragma: allowlist nextline secret
    "18bee73be0e876faf58ff9e8451621b93af107a8e198ed835dc51bb53d835a84"
)
_SERVICE = "semailles"
_MIN_REMAINDER = 8
_MIN_PART = 4
_MIN_DISTINCT = 4
COMMON_FILE = Path(__file__).resolve().parent / "password_list" / "common.txt"
_PADDING = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class Gate:
    """Semaphore that limits concurrent password verifications and the queue for them.

    A verification takes 0.1 s of CPU and 32 MB, on purpose. Requests that would wait longer than
    ``patience`` seconds, or find the queue full, get ``BusyError``: the threads of the web process
    stay free for participants.

    Known requesters (a browser that signed in before, the holder of a link) have their own
    semaphore, which a flood of unknown ones cannot exhaust.
    """

    def __init__(self, at_once: int = 1, *, waiting: int = 2, patience: float = 2.0) -> None:
        self._lanes = {
            known: (
                threading.BoundedSemaphore(at_once + waiting),
                threading.BoundedSemaphore(at_once),
            )
            for known in (False, True)
        }
        self._patience = patience

    @contextmanager
    def slot(self, *, known: bool = False) -> Iterator[None]:
        """Hold a verification slot, of the known requesters or of the unknown ones.

        Raises
        ------
        BusyError
            If the queue is full or the wait is too long.
        """
        queue, slots = self._lanes[known]
        if not queue.acquire(blocking=False):
            raise BusyError
        try:
            if not slots.acquire(timeout=self._patience):
                raise BusyError
            try:
                yield
            finally:
                slots.release()
        finally:
            queue.release()


def check_new(password: str, *, email: str) -> None:
    """Check ``password`` against the policy.

    Raises
    ------
    WeakPasswordError
        If it is too short, too long, common, or built from the address or the service's name.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPasswordError("length")
    folded = password.casefold()
    if folded == DEMONSTRATION or _is_common(folded):
        raise WeakPasswordError("common")
    parts = {email.casefold(), *re.split(r"[@.]", email.casefold()), _SERVICE}
    remainder = folded
    for known in sorted(parts, key=len, reverse=True):
        remainder = remainder.replace(known, "") if len(known) >= _MIN_PART else remainder
    if remainder != folded and len(remainder) < _MIN_REMAINDER:
        raise WeakPasswordError("known")


def hash_new(password: str) -> str:
    """Return the scrypt hash of a password."""
    return generate_password_hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether ``password`` matches ``stored``; takes the same time without a stored hash."""
    known = stored is not None and stored != NO_PASSWORD
    return check_password_hash(stored if stored and known else _DECOY, password) and known


def _is_common(folded: str) -> bool:
    """Whether a password is repetitive or listed, with or without digits and signs around it."""
    stripped = _stripped(folded)
    listed = bool({folded, stripped} & _common())
    return listed or len(stripped) < _MIN_PART or len(set(folded)) < _MIN_DISTINCT


def _stripped(folded: str) -> str:
    return _PADDING.sub("", folded)


@cache
def _common() -> frozenset[str]:
    listed = COMMON_FILE.read_text("utf-8").split()
    return frozenset({*listed, *map(_stripped, listed)})
