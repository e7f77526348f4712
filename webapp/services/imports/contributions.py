"""Contributions from a file, into one workshop."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import (
    EmptyTextError,
    InvalidRowsError,
    MissingColumnError,
    RowProblem,
    TextTooLongError,
)
from webapp.models import Channel, Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.services import audit, contributions, words
from webapp.services.analysis import find_personal_data
from webapp.services.imports.reading import Row, Table
from webapp.services.workshops import get_workshop

TEXT_COLUMNS = ("texte", "text", "contribution", "proposition", "idée", "body")
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to import, where, and whether each contribution waits for moderation."""

    table: Table
    code: str
    text_columns: tuple[str, ...] = ()
    hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did: rows read, stored, known already, repeated, and held by the guard."""

    read: int
    stored: int
    known: int
    repeated: int
    held: int


def import_contributions(
    session: Session,
    *,
    request: Request,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Store every row as a contribution, or nothing.

    The same file again gives nothing new: a row's key is made of the workshop, its words and how
    many times they came before in the file, so that two people who say the same count twice.
    What the guard finds nothing in is published, the rest waits for a facilitator.

    Raises
    ------
    MissingColumnError
        If a text column is not in the file.
    InvalidRowsError
        With every row that has no text or too much of it.
    """
    workshop = get_workshop(session, code=request.code)
    columns = _text_columns(request)
    bodies = _bodies(request.table.rows, columns)
    keys = list(_keys(workshop, bodies))
    known = _known(session, keys)
    fresh = [(key, body) for key, body in zip(keys, bodies, strict=True) if key not in known]
    held = 0
    for count, (key, body) in enumerate(fresh, start=1):
        waits = request.hold or bool(find_personal_data(body))
        held += waits
        session.add(_contribution(workshop, key, body, now, waits=waits))
        if count % _BATCH == 0:
            session.flush()
            progress(count)
    report = Report(
        read=len(bodies),
        stored=len(fresh),
        known=len(bodies) - len(fresh),
        repeated=len(bodies) - len(set(bodies)),
        held=held,
    )
    if fresh:
        _record(session, workshop, report, now)
    return report


def _text_columns(request: Request) -> Sequence[str]:
    if request.text_columns:
        request.table.require(*request.text_columns)
        return request.text_columns
    usual = [column for column in TEXT_COLUMNS if column in request.table.columns]
    if not usual:
        raise MissingColumnError(TEXT_COLUMNS[0], request.table.columns)
    return usual[:1]


def _bodies(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    bodies: list[str] = []
    problems: list[RowProblem] = []
    for row in rows:
        text = "\n".join(part for column in columns if (part := row.get(column)))
        try:
            bodies.append(words.checked_body(text))
        except EmptyTextError:
            problems.append(RowProblem(row.line, "empty"))
        except TextTooLongError as error:
            problems.append(RowProblem(row.line, "too_long", str(error.length)))
    if problems:
        raise InvalidRowsError(tuple(problems))
    return bodies


def _keys(workshop: Workshop, bodies: Sequence[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for body in bodies:
        seen[body] += 1
        content = f"{workshop.code}\0{body}\0{seen[body]}"
        yield "import-" + hashlib.sha256(content.encode()).hexdigest()[:40]


def _known(session: Session, keys: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(keys), _BATCH):
        known.update(
            session.scalars(
                select(Contribution.idempotency_key).where(
                    Contribution.idempotency_key.in_(keys[start : start + _BATCH])
                )
            )
        )
    return known


def _contribution(
    workshop: Workshop, key: str, body: str, now: datetime, *, waits: bool
) -> Contribution:
    details = contributions.Details(channel=Channel.IMPORT)
    contribution = contributions.build_contribution(workshop, body, key, now, details)
    if not waits:
        contribution.decisions[0].is_current = False
        contribution.decisions.append(
            ModerationDecision(kind=DecisionKind.PUBLISHED, decided_at=now)
        )
    return contribution


def _record(session: Session, workshop: Workshop, report: Report, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        audit.Line(
            action="contribution.import",
            subject=f"workshop:{workshop.code}",
            at=now,
            details=f"{report.stored} of {report.read}",
        ),
    )
