"""How long each kind of thing is kept: what the instance decided, or what it starts with."""

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
    """The delays in force.

    Attributes
    ----------
    words_days : int
        Original words of what was masked, set aside or withdrawn.
    answers_days : int
        Free answers of the questionnaires that are closed.
    accounts_months : int
        Accounts that nobody uses, which are then deactivated.
    marks_hours : int
        Marks of devices, once their workshop is over and silent.
    imports_hours : int
        Files sent and not yet imported.
    exports_hours : int
        Documents made in the background.
    version : int
        Which decision this is; 0 as long as nobody decided.
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
        """How long original words stay; twice that when nobody read their masking again."""
        return timedelta(days=self.words_days)

    @property
    def answers(self) -> timedelta:
        """How long free answers stay."""
        return timedelta(days=self.answers_days)

    @property
    def accounts(self) -> timedelta:
        """How long an account may sleep."""
        return self.accounts_months * _MONTH

    @property
    def marks(self) -> timedelta:
        """How long devices are known once a workshop is silent."""
        return timedelta(hours=self.marks_hours)

    @property
    def imports(self) -> timedelta:
        """How long a file waits."""
        return timedelta(hours=self.imports_hours)

    @property
    def exports(self) -> timedelta:
        """How long documents wait."""
        return timedelta(hours=self.exports_hours)


def read(session: Session) -> Delays:
    """Return the delays in force."""
    policy = session.get(RetentionPolicy, 1)
    if policy is None:
        return Delays(**DEFAULT_DELAYS)
    return Delays(version=policy.version, **{name: getattr(policy, name) for name in DELAYS})


def save(session: Session, *, delays: Delays, actor: Actor) -> None:
    """Decide how long things are kept; what changes is in the journal.

    Raises
    ------
    DelayError
        If one is shorter or longer than it may be.
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
