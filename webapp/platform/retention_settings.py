"""Retention periods of the instance: stored settings, or defaults."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from webapp.exceptions import ConflictError, DelayError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.models import DEFAULT_DELAYS, DELAYS, RetentionPolicy

_MONTH = timedelta(days=365) / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Retention periods in force.

    Attributes
    ----------
    words_days : int
        Original text of contributions that were masked, set aside or withdrawn.
    answers_days : int
        Free-text answers of closed questionnaires.
    accounts_months : int
        Unused accounts, which are then deactivated.
    marks_hours : int
        Device marks, after the last activity of a finished workshop.
    imports_hours : int
        Uploaded files that were not imported.
    exports_hours : int
        Documents generated in the background.
    version : int
        Version of the settings; 0 for the defaults.
    """

    words_days: int
    answers_days: int
    accounts_months: int
    marks_hours: int
    imports_hours: int
    exports_hours: int
    version: int = 0

    @property
    def words(self) -> timedelta:
        """Retention of original text; doubled while the masking has no second reading."""
        return timedelta(days=self.words_days)

    @property
    def answers(self) -> timedelta:
        """Retention of free-text answers."""
        return timedelta(days=self.answers_days)

    @property
    def accounts(self) -> timedelta:
        """Inactivity after which an account is deactivated."""
        return self.accounts_months * _MONTH

    @property
    def marks(self) -> timedelta:
        """Retention of device marks after the last activity of a workshop."""
        return timedelta(hours=self.marks_hours)

    @property
    def imports(self) -> timedelta:
        """Retention of uploaded files."""
        return timedelta(hours=self.imports_hours)

    @property
    def exports(self) -> timedelta:
        """Retention of generated documents."""
        return timedelta(hours=self.exports_hours)


def read(session: Session) -> Delays:
    """Return the retention periods in force."""
    policy = session.get(RetentionPolicy, 1)
    if policy is None:
        return Delays(**DEFAULT_DELAYS)
    return Delays(version=policy.version, **{name: getattr(policy, name) for name in DELAYS})


def save(session: Session, *, delays: Delays, actor: Actor) -> None:
    """Store new retention periods; the changes are recorded in the audit log.

    Raises
    ------
    DelayError
        If a period is out of range.
    ConflictError
        If somebody changed them since ``actor`` read them.
    """
    for name, (least, most) in DELAYS.items():
        if not least <= getattr(delays, name) <= most:
            raise DelayError(name, least, most)
    policy = session.get(RetentionPolicy, 1, populate_existing=True)
    before = read(session)
    if (actor.version or 0) != before.version:
        author = policy.changed_by.display_name if policy and policy.changed_by else ""
        raise ConflictError(None, author)
    changed = {n: getattr(delays, n) for n in DELAYS if getattr(delays, n) != getattr(before, n)}
    if not changed and policy is not None:
        return
    if policy is None:
        policy = RetentionPolicy(id=1, **DEFAULT_DELAYS)
        session.add(policy)
    for name, value in changed.items():
        setattr(policy, name, value)
    policy.changed_by_id = actor.id
    session.flush()
    details = ", ".join(f"{name}={value}" for name, value in changed.items())
    audit.record_act(session, actor, "retention.save", "retention", details)
