"""Live statistics of workshops: contributions per minute and inactive tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.collection.models import Contribution, TableEntry, TableLink, Workshop

WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStats:
    """Counts of contributions received by one workshop.

    ``recent`` counts the contributions of each of the last ten minutes, oldest first; ``silent``
    lists the tables with a link that sent none in that time.
    """

    received: int
    recent: tuple[int, ...]
    last_at: datetime | None
    silent: tuple[str, ...]

    @property
    def per_minute(self) -> float:
        """Mean contributions per minute over the window."""
        return sum(self.recent) / len(self.recent)


def read_live_stats(
    session: Session, *, workshops: Sequence[Workshop], now: datetime
) -> dict[int, LiveStats]:
    """Return the statistics of ``workshops`` by id, in three queries."""
    ids = [workshop.id for workshop in workshops]
    since = now - WINDOW
    totals = {
        row.workshop_id: row
        for row in session.execute(
            select(
                Contribution.workshop_id,
                func.count().label("received"),
                func.max(Contribution.submitted_at).label("last_at"),
            )
            .where(Contribution.workshop_id.in_(ids))
            .group_by(Contribution.workshop_id)
        )
    }
    minutes = _minutes(session, ids, since)
    silent = _silent(session, ids, since)
    return {
        identifier: LiveStats(
            received=totals[identifier].received if identifier in totals else 0,
            recent=tuple(minutes.get(identifier, _NONE)),
            last_at=totals[identifier].last_at if identifier in totals else None,
            silent=tuple(silent.get(identifier, ())),
        )
        for identifier in ids
    }


_MINUTE = timedelta(minutes=1)
_COUNT = int(WINDOW / _MINUTE)
_NONE = [0] * _COUNT


def _minutes(session: Session, ids: Sequence[int], since: datetime) -> dict[int, list[int]]:
    counts: dict[int, list[int]] = {}
    for workshop_id, at in session.execute(
        select(Contribution.workshop_id, Contribution.submitted_at).where(
            Contribution.workshop_id.in_(ids), Contribution.submitted_at > since
        )
    ):
        minute = min(int((at - since) / _MINUTE), _COUNT - 1)
        counts.setdefault(workshop_id, list(_NONE))[minute] += 1
    return counts


def _silent(session: Session, ids: Sequence[int], since: datetime) -> dict[int, list[str]]:
    latest = (
        select(TableEntry.link_id, func.max(Contribution.submitted_at).label("at"))
        .join(TableEntry.contribution)
        .group_by(TableEntry.link_id)
        .subquery()
    )
    silent: dict[int, list[str]] = {}
    for workshop_id, label in session.execute(
        select(TableLink.workshop_id, TableLink.label)
        .outerjoin(latest, latest.c.link_id == TableLink.id)
        .where(TableLink.workshop_id.in_(ids), (latest.c.at.is_(None)) | (latest.c.at <= since))
        .order_by(TableLink.id)
    ):
        silent.setdefault(workshop_id, []).append(label)
    return silent
