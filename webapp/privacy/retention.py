"""Retention: purges the data past its retention period; rows and counts stay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp.accounts import links, sessions
from webapp.accounts.models import Role, User
from webapp.collection import devices, printed_slips
from webapp.collection.models import (
    Channel,
    Contribution,
    DecisionKind,
    ModerationDecision,
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
)
from webapp.imports import drafts
from webapp.moderation.models import MaskReading
from webapp.platform import audit, retention_settings
from webapp.platform.models import AuditEntry, PurgeCause, PurgeRecord
from webapp.platform.retention_settings import Delays
from webapp.privacy import erasure
from webapp.privacy.erasure import Erasure
from webapp.publishing import exports

COUNTS = ("words", "answers", "accounts", "marks", "imports", "exports")
_UNREAD = 2  # times the period: limit for masked contributions without a second reading
_NIGHT = timedelta(hours=24)
_NOTICE = timedelta(days=7)  # grace period, to review the settings before the first purge
_CORRECTED = timedelta(days=1)  # to type a withdrawn line again
_HIDDEN = (DecisionKind.SET_ASIDE, DecisionKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Purge:
    """Counts of a purge, and its erasure ledger entries."""

    record: PurgeRecord
    erasures: tuple[Erasure, ...]


def purge(
    session: Session, *, now: datetime, cause: PurgeCause, words_days: int | None = None
) -> Purge:
    """Purge the data past the current retention periods, and record counts by kind.

    A masked contribution keeps its masked text. Text is not purged during the grace period of an
    instance, so that old data is not lost before the settings are reviewed. ``words_days``
    overrides the retention period of original text for this purge.
    """
    periods = retention_settings.read(session)
    if words_days is not None:
        periods = replace(periods, words_days=words_days)
    spared = cause is PurgeCause.NIGHT and not _may_purge_text(session, periods, now)
    expired = () if spared else _expired_contributions(session, periods, now)
    erased = erasure.erase(session, erased=expired, now=now)
    record = PurgeRecord(
        at=now,
        cause=cause,
        words=len(erased),
        answers=_drop_answers(session, now - periods.answers),
        accounts=_deactivate_idle(session, now - periods.accounts, now),
        marks=devices.purge_marks(session, now=now, life=periods.marks),
        imports=drafts.drop_old(session, now=now, life=periods.imports),
        exports=exports.drop_old(session, now=now, life=periods.exports),
    )
    session.add(record)
    session.flush()
    slips = printed_slips.purge(session, now=now, life=periods.words)
    counts = [(name, getattr(record, name)) for name in COUNTS] + [("slips", slips)]
    details = ", ".join(f"{name}={count}" for name, count in counts)
    line = audit.Line(action="retention.purge", subject="retention", at=now, details=details)
    audit.record(session, line)
    return Purge(record, erased)


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether the nightly purge is due."""
    latest = session.scalar(select(func.max(PurgeRecord.at)))
    return latest is None or latest <= now - _NIGHT


def list_records(session: Session, *, limit: int = 30) -> Sequence[PurgeRecord]:
    """Return the last purge records, latest first."""
    return session.scalars(select(PurgeRecord).order_by(PurgeRecord.id.desc()).limit(limit)).all()


def _may_purge_text(session: Session, periods: Delays, now: datetime) -> bool:
    """Whether the periods were set by a person, or the grace period is over."""
    first = session.scalar(select(func.min(PurgeRecord.at)))
    return periods.version > 0 or (first is not None and first <= now - _NOTICE)


def _expired_contributions(
    session: Session, periods: Delays, now: datetime
) -> Sequence[Contribution]:
    """Return the contributions whose text is past its retention period, oldest first."""
    masked = ModerationDecision.kind == DecisionKind.MASKED
    withdrawn = ModerationDecision.kind == DecisionKind.WITHDRAWN
    decided, read = ModerationDecision.decided_at, MaskReading.decision_id.is_not(None)
    old, very_old = decided <= now - periods.words, decided <= now - _UNREAD * periods.words
    return session.scalars(
        select(Contribution)
        .join(Contribution.decision)
        .outerjoin(MaskReading, MaskReading.decision_id == ModerationDecision.id)
        .options(selectinload(Contribution.decisions), selectinload(Contribution.excerpts))
        .where(
            Contribution.erased_at.is_(None),
            or_(
                ModerationDecision.kind.in_(_HIDDEN) & old,
                masked & ((read & old) | very_old),
                withdrawn & _is_miskeyed() & (decided <= now - _CORRECTED),
            ),
        )
        .order_by(Contribution.id)
    ).all()


def _is_miskeyed() -> ColumnElement[bool]:
    """Return the condition of contributions withdrawn by a table or a keyer before moderation."""
    read = Contribution.decisions.any(
        ModerationDecision.kind.not_in([DecisionKind.PENDING, DecisionKind.WITHDRAWN])
    )
    return Contribution.channel.in_([Channel.RAPPORTEUR, Channel.PAPER]) & ~read


def _drop_answers(session: Session, limit: datetime) -> int:
    """Delete the free-text answers of closed surveys; ratings stay."""
    texts = (
        select(SurveyQuestion.id)
        .join(SurveyQuestion.survey)
        .where(
            SurveyQuestion.kind == QuestionKind.TEXT,
            Survey.state == SurveyState.CLOSED,
            Survey.closed_at <= limit,
        )
    )
    deleted = session.scalars(
        delete(SurveyAnswer)
        .where(SurveyAnswer.question_id.in_(texts))
        .returning(SurveyAnswer.id)
        .execution_options(synchronize_session=False)
    )
    return len(deleted.all())


def _deactivate_idle(session: Session, limit: datetime, now: datetime) -> int:
    """Deactivate the accounts unused since ``limit``; an administrator always stays.

    Applies only once purges have run for that long: older instances recorded no sign-ins.
    """
    watched = session.scalar(select(func.min(PurgeRecord.at)))
    if watched is None or watched > limit:
        return 0
    acted = select(AuditEntry.id).where(AuditEntry.actor_id == User.id, AuditEntry.at > limit)
    idle = session.scalars(
        select(User)
        .where(
            User.active,
            User.created_at <= limit,
            or_(User.last_sign_in_on.is_(None), User.last_sign_in_on <= limit.date()),
            ~acted.exists(),
        )
        .order_by(User.id)
    ).all()
    administrators = select(func.count()).where(User.active, User.role == Role.ADMINISTRATOR)
    count = 0
    for user in idle:
        if user.role is Role.ADMINISTRATOR and session.scalar(administrators) == 1:
            continue
        user.active = False
        session.flush()
        sessions.end_all(session, user=user)
        links.revoke(session, user=user)
        subject = f"user:{user.public_id}"
        audit.record(session, audit.Line(action="user.deactivate", subject=subject, at=now))
        count += 1
    return count
