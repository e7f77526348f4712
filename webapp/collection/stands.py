"""Stands: contributions of visitors, the themes that they name, and links for organisations.

A visitor's text is a contribution of the stand. The theme is stored beside it: it does not move the
contribution to another working group, but lets that group read it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import (
    SHOWN,
    Contribution,
    Inspiration,
    ModerationDecision,
    StandLink,
    Workshop,
    WorkshopKind,
)
from webapp.collection.workshops import record_act
from webapp.exceptions import NotFoundError
from webapp.platform.audit import Actor
from webapp.platform.tokens import link_tokens, new_link_token
from webapp.territory.models import WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A published contribution of a visitor, and the theme that they named."""

    contribution: Contribution
    theme: WorkingGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspirations:
    """Contributions of visitors, newest first, with counts by territory and theme."""

    voices: tuple[Voice, ...]
    territories: tuple[tuple[str, int], ...]
    themes: tuple[tuple[str, int], ...]


def submit(
    session: Session, *, code: str, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Store a contribution and, at a stand, the theme named by the visitor.

    An unknown theme is ignored.

    Raises
    ------
    NotFoundError, EmptyTextError, TextTooLongError, IdempotencyError, WorkshopClosedError,
    TooFastError
        As :func:`webapp.collection.contributions.submit_contribution` does.
    """
    contribution = contributions.submit_contribution(
        session, code=code, body=body, key=key, now=now, details=details
    )
    if details.theme and contribution.workshop.kind is WorkshopKind.STAND:
        group_id = session.scalar(select(WorkingGroup.id).where(WorkingGroup.slug == details.theme))
        if group_id is not None and session.get(Inspiration, contribution.id) is None:
            session.add(Inspiration(contribution_id=contribution.id, working_group_id=group_id))
            session.flush()
    return contribution


def theme_of(session: Session, *, contribution: Contribution) -> str:
    """Return the slug of the theme named by a visitor, or an empty string."""
    named = session.get(Inspiration, contribution.id)
    return named.working_group.slug if named else ""


def read_stand(session: Session, *, workshop: Workshop) -> Inspirations:
    """Return the published contributions of a stand."""
    return _read(session, Contribution.workshop_id == workshop.id)


def read_groups(session: Session, *, group_ids: Sequence[int]) -> Inspirations:
    """Return the published stand contributions about the themes of some groups, or at theirs."""
    return _read(
        session,
        Workshop.kind == WorkshopKind.STAND,
        or_(Inspiration.working_group_id.in_(group_ids), Workshop.working_group_id.in_(group_ids)),
    )


def find_link(session: Session, *, workshop: Workshop) -> StandLink | None:
    """Return the link of the organisation of a stand, or None."""
    return session.get(StandLink, workshop.id)


def give_link(session: Session, *, workshop: Workshop, actor: Actor) -> StandLink:
    """Create a link for the organisation of a stand; the previous one is revoked."""
    link = find_link(session, workshop=workshop)
    if link is None:
        link = StandLink(workshop_id=workshop.id, created_at=actor.now)
        session.add(link)
    else:
        link.token, link.created_at = new_link_token(), actor.now
    session.flush()
    record_act(session, workshop, "stand_link", actor)
    return link


def get_stand(session: Session, *, token: str) -> Workshop:
    """Return the stand of a link token.

    Raises
    ------
    NotFoundError
        If the link is revoked or unknown.
    """
    link = session.scalar(
        select(StandLink)
        .options(joinedload(StandLink.workshop))
        .where(StandLink.token.in_(link_tokens(token)))
    )
    if link is None:
        raise NotFoundError(token)
    return link.workshop


def _read(session: Session, *conditions: ColumnElement[bool]) -> Inspirations:
    rows = session.execute(
        select(Contribution, WorkingGroup)
        .join(Contribution.decision)
        .join(Contribution.workshop)
        .outerjoin(Inspiration, Inspiration.contribution_id == Contribution.id)
        .outerjoin(WorkingGroup, WorkingGroup.id == Inspiration.working_group_id)
        .options(joinedload(Contribution.decision), joinedload(Contribution.workshop))
        .where(ModerationDecision.kind.in_(SHOWN), *conditions)
        .order_by(Contribution.id.desc())
    )
    voices = tuple(Voice(contribution=contribution, theme=theme) for contribution, theme in rows)
    return Inspirations(
        voices=voices,
        territories=_counted(v.contribution.territory for v in voices if v.contribution.territory),
        themes=_counted(v.theme.name for v in voices if v.theme),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the names with their counts, most frequent first."""
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
