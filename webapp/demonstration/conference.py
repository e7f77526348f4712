"""Demonstration, first day: accounts, programme, contributions, moderation."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.accounts import users
from webapp.accounts.models import User
from webapp.collection import contributions
from webapp.collection.models import (
    Contribution,
    DecisionKind,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.collection.workshops import get_workshop
from webapp.demonstration import files, room
from webapp.demonstration.accounts import ACCOUNTS, COMMISSIONER, FACILITATOR_OF
from webapp.imports.programme import ConferenceFields, import_programme
from webapp.moderation import decisions
from webapp.platform.audit import Actor
from webapp.territory.regions import GROUPS, PARIS, ensure_region

SLUG = "angers-2023"
CONFERENCE = ConferenceFields(
    slug=SLUG,
    name="Conférence régionale du Pacte des solidarités",
    place="Maison de quartier des Hauts-de-Saint-Aubin, Angers",
    capacity=200,
)
BEFORE = datetime(2023, 11, 6, 18, 0, tzinfo=PARIS)
EVENING = datetime(2023, 11, 7, 18, 30, tzinfo=PARIS)
# One workshop of each working group and a stand stay open, so that visitors can contribute.
STILL_OPEN = frozenset({"H7KQ4M", "V5LHC4", "D2RZP7", "E6PGW3"})


def is_empty(session: Session) -> bool:
    """Whether the instance has no account and no workshop, as the demonstration requires."""
    accounts = session.scalar(select(func.count()).select_from(User))
    workshops = session.scalar(select(func.count()).select_from(Workshop))
    return not accounts and not workshops


def is_loaded(session: Session) -> bool:
    """Whether the accounts of the demonstration exist."""
    emails = [account.email for account in ACCOUNTS]
    found = session.scalar(select(func.count()).select_from(User).where(User.email.in_(emails)))
    return found == len(emails)


def load(session: Session) -> int:
    """Store the conference at the end of its first day; return the number of contributions."""
    ensure_region(session)
    programme = files.read_programme()
    import_programme(session, table=programme, conference=CONFERENCE, now=BEFORE)
    for account in ACCOUNTS:
        users.store_user(session, account=account, now=BEFORE)
    for workshop in session.scalars(select(Workshop)):
        workshop.state = WorkshopState.OPEN
    session.flush()
    count = sum(_load_group(session, group) for group, _, _ in GROUPS)
    for workshop in session.scalars(select(Workshop)):
        if workshop.code not in STILL_OPEN:
            workshop.state = WorkshopState.CLOSED
    session.flush()
    commissioner = session.scalars(select(User.id).where(User.email == COMMISSIONER)).one()
    room.add_room_data(session, actor=Actor(id=commissioner, now=EVENING))
    return count


def _load_group(session: Session, group: str) -> int:
    actor_id = session.scalars(select(User.id).where(User.email == FACILITATOR_OF[group])).one()
    sources = files.read_contributions(group)
    for source in sources:
        contribution = _receive(session, source)
        if source.decision is not DecisionKind.PENDING and not source.is_late:
            moderate(session, contribution, source, actor_id, EVENING)
    return len(sources)


def _receive(session: Session, source: files.SourceContribution) -> Contribution:
    workshop = get_workshop(session, code=source.workshop)
    start = workshop.starts_at or BEFORE
    hours = 3 if workshop.kind is WorkshopKind.STAND else 0
    return contributions.submit_contribution(
        session,
        code=source.workshop,
        body=source.body,
        key=source.key,
        now=start + timedelta(hours=hours, minutes=source.minute),
        details=source.details,
    )


def moderate(
    session: Session,
    contribution: Contribution,
    source: files.SourceContribution,
    actor_id: int,
    now: datetime,
) -> None:
    """Apply the moderation decision given in the file."""
    masked = source.masked_body if source.decision is DecisionKind.MASKED else None
    decisions.decide(
        session,
        contribution,
        decisions.Decision(
            kind=source.decision,
            now=now,
            actor_id=actor_id,
            reason=source.reason,
            masked_body=masked,
        ),
    )
