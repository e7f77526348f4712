"""Tables of a workshop: rapporteurs' links, and the notes sent through them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from webapp.collection import contributions, printed_slips
from webapp.collection.contributions import Details
from webapp.collection.models import (
    Contribution,
    DecisionKind,
    TableEntry,
    TableLink,
    Workshop,
    WorkshopState,
)
from webapp.collection.workshops import record_act
from webapp.exceptions import AlreadyModeratedError, NotFoundError
from webapp.moderation import decisions
from webapp.platform.audit import Actor
from webapp.platform.tokens import link_tokens, new_link_token

MAX_TABLES = 40


def add_links(
    session: Session, *, workshop: Workshop, count: int, actor: Actor
) -> Sequence[TableLink]:
    """Create the missing links of tables 1 to ``count``; return the new ones."""
    known = set(
        session.scalars(select(TableLink.label).where(TableLink.workshop_id == workshop.id))
    )
    labels = [str(number) for number in range(1, min(count, MAX_TABLES) + 1)]
    links = [
        TableLink(workshop_id=workshop.id, label=label, created_at=actor.now)
        for label in labels
        if label not in known
    ]
    session.add_all(links)
    session.flush()
    if links:
        record_act(session, workshop, "tables", actor, str(len(links)))
    return links


def list_links(session: Session, *, workshop: Workshop) -> Sequence[tuple[TableLink, int]]:
    """Return the links of a workshop with their numbers of contributions."""
    rows = session.execute(
        select(TableLink, func.count(TableEntry.contribution_id))
        .outerjoin(TableEntry, TableEntry.link_id == TableLink.id)
        .where(TableLink.workshop_id == workshop.id)
        .group_by(TableLink.id)
        .order_by(TableLink.id)
    )
    return [(link, count) for link, count in rows]


def renew(session: Session, *, workshop: Workshop, label: str, actor: Actor) -> TableLink:
    """Replace the token of a table's link; the old one is revoked.

    Notes sent through the old one are available through the new one.

    Raises
    ------
    NotFoundError
        If the workshop has no such table.
    """
    link = session.scalar(
        select(TableLink).where(TableLink.workshop_id == workshop.id, TableLink.label == label)
    )
    if link is None:
        raise NotFoundError(label)
    link.token, link.created_at = new_link_token(), actor.now
    session.flush()
    record_act(session, workshop, "table_renewed", actor, label)
    return link


def get_link(session: Session, *, token: str) -> TableLink:
    """Return the link of ``token``.

    Raises
    ------
    NotFoundError
        If it is revoked or unknown, or its workshop is archived.
    """
    link = session.scalar(
        select(TableLink)
        .options(joinedload(TableLink.workshop))
        .where(TableLink.token.in_(link_tokens(token)))
    )
    if link is None or link.workshop.state is WorkshopState.ARCHIVED:
        raise NotFoundError(token)
    return link


def submit_note(
    session: Session, *, link: TableLink, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Store a sticky note of the table; ``key`` is an idempotency key.

    Raises
    ------
    EmptyTextError, TextTooLongError, IdempotencyError, WorkshopClosedError
        As :func:`webapp.collection.contributions.submit_contribution` does.
    SlipUnknownError, SlipUsedError, SlipElsewhereError
        As :func:`webapp.collection.printed_slips.submit_copied` does.
    """
    workshop = link.workshop.code
    contribution = printed_slips.submit_copied(
        session, code=workshop, body=body, key=key, now=now, details=details
    )
    if session.get(TableEntry, contribution.id) is None:
        session.add(TableEntry(contribution_id=contribution.id, link_id=link.id))
        session.flush()
    return contribution


def list_notes(session: Session, *, link: TableLink) -> Sequence[Contribution]:
    """Return the notes of the table that are not withdrawn, newest first."""
    own = select(TableEntry.contribution_id).where(TableEntry.link_id == link.id)
    return contributions.list_not_withdrawn(session, Contribution.id.in_(own))


def get_note(session: Session, *, link: TableLink, public_id: str) -> Contribution:
    """Return a note of this table.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    note = session.scalar(
        select(Contribution)
        .join(TableEntry, TableEntry.contribution_id == Contribution.id)
        .where(TableEntry.link_id == link.id, Contribution.public_id == public_id)
    )
    if note is None:
        raise NotFoundError(public_id)
    return note


def get_slip(session: Session, *, link: TableLink, public_id: str) -> Contribution:
    """Return a note of this table, to print its receipt.

    Raises
    ------
    NotFoundError
        If there is none, or it was withdrawn.
    """
    note = get_note(session, link=link, public_id=public_id)
    if note.decision.kind is DecisionKind.WITHDRAWN:
        raise NotFoundError(public_id)
    return note


def take_back(
    session: Session, *, note: Contribution, now: datetime, actor_id: int | None = None
) -> None:
    """Withdraw a note that is still pending; ``actor_id`` is None for the rapporteur.

    Raises
    ------
    AlreadyModeratedError
        If it was moderated already: from then on a facilitator decides.
    """
    if note.decision.kind is not DecisionKind.PENDING:
        raise AlreadyModeratedError
    decision = decisions.Decision(kind=DecisionKind.WITHDRAWN, now=now, actor_id=actor_id)
    decisions.decide(session, note, decision)
    printed_slips.release(session, note=note)
