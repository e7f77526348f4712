"""Sends each account the messages that it asked for: reminders every day, a digest every Monday."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from webapp.accounts import users
from webapp.accounts.models import User
from webapp.accounts.permissions import may
from webapp.collection.models import Contribution, DecisionKind, Workshop
from webapp.exceptions import MailNotSentError
from webapp.moderation import decisions
from webapp.notifications import letters
from webapp.notifications.calendar_feeds import Address, list_events
from webapp.notifications.calendar_file import Event
from webapp.notifications.letters import Digest, Task, day_of
from webapp.notifications.models import MailPreference
from webapp.platform.actions import Action
from webapp.platform.french import NBSP, paris_date
from webapp.platform.mail import Letter, Mailer
from webapp.review import triage
from webapp.review.triage import Pile
from webapp.roadmap import progress
from webapp.roadmap.models import ItemStatus, ItemTransition, RoadmapItem
from webapp.territory.models import WorkingGroup
from webapp.vocabulary.labels import label

Transaction = Callable[[], AbstractContextManager[Session]]
NOTICE: Final = (timedelta(days=14), timedelta(days=1))  # how long before a date it is recalled
_WEEK: Final = timedelta(days=7)
_FAILURES: Final = 3  # in a row: the server is down rather than an address wrong
log = structlog.get_logger(__name__)


def save_preference(
    session: Session, *, user: User, reminders: bool, digest: bool, on: date
) -> None:
    """Save which messages ``user`` receives; what came before ``on`` is not sent."""
    kept = session.get(MailPreference, user.id) or MailPreference(user_id=user.id)
    if reminders and not kept.reminders:
        kept.reminded_on = on
    if digest and not kept.digest:
        kept.digested_on = on
    kept.reminders, kept.digest = reminders, digest
    session.add(kept)
    session.flush()


def find_preference(session: Session, *, user: User) -> MailPreference:
    """Return which messages ``user`` receives: none unless they were asked for."""
    kept = session.get(MailPreference, user.id)
    return kept or MailPreference(user_id=user.id, reminders=False, digest=False)


def send_due(transaction: Transaction, *, mailer: Mailer, at: Address, now: datetime) -> int:
    """Send what is due at ``now``, and return how many messages left.

    A message that leaves is recorded at once; one that does not is tried again the next time.
    """
    sent = failures = 0
    with transaction() as session:
        waiting = list(
            session.scalars(select(MailPreference.user_id).join(User).where(User.active))
        )
    for user_id in waiting if mailer else ():
        try:
            sent += _send_to(transaction, user_id, mailer, at, now)
            failures = 0
        except MailNotSentError:
            failures += 1
            log.warning("mail not sent", failures=failures)
            if failures == _FAILURES:
                break
    return sent


def _send_to(
    transaction: Transaction, user_id: int, mailer: Mailer, at: Address, now: datetime
) -> int:
    with transaction() as session:
        preference = session.get_one(MailPreference, user_id)
        due = list(_due(session, preference, at, now))
    for letter in due:
        mailer.send([letter], now=now)
    with transaction() as session:
        _mark(session.get_one(MailPreference, user_id), paris_date(now))
    return len(due)


def _mark(preference: MailPreference, today: date) -> None:
    preference.reminded_on = today
    if _is_digest_due(preference, today):
        preference.digested_on = today


def _due(
    session: Session, preference: MailPreference, at: Address, now: datetime
) -> Iterable[Letter]:
    """Yield the messages that are due for one account."""
    user, today, settings = preference.user, paris_date(now), at("mailings.show")
    events = list_events(session, user=user, at=at)
    if preference.reminders and (near := due_events(events, preference.reminded_on, today)):
        yield letters.reminder(user.email, near, settings=settings)
    if _is_digest_due(preference, today):
        week = read_week(session, user=user, events=events, at=at, now=now)
        if week:
            yield letters.digest(user.email, week, settings=settings)


def _is_digest_due(preference: MailPreference, today: date) -> bool:
    monday = today - timedelta(days=today.weekday())
    last = preference.digested_on
    return preference.digest and (last is None or last < monday)


def due_events(events: Iterable[Event], last: date | None, today: date) -> list[Event]:
    """Return the events to recall: those whose notice began after ``last``, up to ``today``."""
    since = today - timedelta(days=1) if last is None else last
    return [
        event
        for event in events
        if day_of(event) > today
        and any(since < day_of(event) - notice <= today for notice in NOTICE)
    ]


def read_week(
    session: Session, *, user: User, events: Iterable[Event], at: Address, now: datetime
) -> Digest:
    """Return the digest of ``user``: what waits, what comes, what happened in seven days."""
    groups = users.groups_of(session, user=user) if may(user, Action.OPEN_DESK) else []
    today = paris_date(now)
    return Digest(
        tasks=[
            *_group_tasks(session, groups, at),
            *_roadmap_tasks(session, user, groups, at, today),
        ],
        coming=[event for event in events if today <= day_of(event) < today + _WEEK],
        received=_received(session, groups, now - _WEEK),
        moved=_moved(session, groups, now - _WEEK),
    )


def _group_tasks(session: Session, groups: list[WorkingGroup], at: Address) -> Iterable[Task]:
    piles = triage.count_piles(session, group_ids=[group.id for group in groups])
    for group in groups:
        pending = decisions.count_by_kind(session, group_id=group.id)[DecisionKind.PENDING]
        where = f"groupe «{NBSP}{group.name}{NBSP}»"
        page = at("moderation.queue", group=group.slug)
        yield Task(
            count=pending,
            singular="contribution à relire",
            plural="contributions à relire",
            where=where,
            page=page,
        )
        yield Task(
            count=piles[group.id][Pile.UNPLACED],
            singular="note sans regroupement",
            plural="notes sans regroupement",
            where=where,
            page=at("triage.show", group=group.slug),
        )


def _roadmap_tasks(
    session: Session, user: User, groups: list[WorkingGroup], at: Address, today: date
) -> Iterable[Task]:
    steers = may(user, Action.STEER)
    mine = RoadmapItem.working_group_id.in_([group.id for group in groups])
    late = session.scalars(
        select(func.count()).select_from(RoadmapItem).where(mine, progress.late_items(today))
    ).one()
    submitted = session.scalars(
        select(func.count())
        .select_from(RoadmapItem)
        .where(mine, RoadmapItem.status == ItemStatus.SUBMITTED)
    ).one()
    page = at("steering.home" if steers else "desk.home")
    where = "dans la feuille de route" if steers else "dans vos groupes"
    yield Task(
        count=late, singular="fiche en retard", plural="fiches en retard", where=where, page=page
    )
    if steers:
        yield Task(
            count=submitted,
            singular="fiche à décider",
            plural="fiches à décider",
            where=where,
            page=page,
        )


def _received(session: Session, groups: list[WorkingGroup], since: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.workshop)
        .where(
            Workshop.working_group_id.in_([group.id for group in groups]),
            Contribution.submitted_at > since,
        )
    )
    return session.scalars(query).one()


def _moved(session: Session, groups: list[WorkingGroup], since: datetime) -> list[str]:
    """Return the last change of state of each item, oldest first."""
    query = (
        select(ItemTransition)
        .join(ItemTransition.item)
        .options(contains_eager(ItemTransition.item))
        .where(
            RoadmapItem.working_group_id.in_([group.id for group in groups]),
            ItemTransition.done_at > since,
        )
        .order_by(ItemTransition.id)
    )
    last = {step.item_id: step for step in session.scalars(query)}
    return [
        f"{step.item.reference} – {step.item.title}{NBSP}: {label('item', step.target)}"
        for step in last.values()
    ]
