"""Reads the audit log: search, pagination, CSV export."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from webapp.accounts.models import User
from webapp.platform import csv_excel
from webapp.platform.models import AuditEntry
from webapp.platform.tables import Head, Table
from webapp.territory.regions import PARIS

PER_PAGE = 50
NOBODY = "-"  # filter value for lines without an account
_HEADS = (
    Head("line", "Ligne", "integer", 8),
    Head("at", "Date", "string", 20),
    Head("person", "Personne", "string", 30),
    Head("action", "Acte", "string", 40),
    Head("subject", "Objet", "string", 40),
    Head("details", "Précisions", "string", 40),
    Head("hash", "Empreinte", "string", 64),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Filters; an empty one is ignored."""

    person: str = ""
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line and the name of its author."""

    line: AuditEntry
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of matching lines, newest first."""

    entries: Sequence[Entry]
    number: int
    pages: int
    total: int


def read_page(session: Session, *, filters: Filters, number: int) -> Page:
    """Return one page of matching lines; a number past the end gives the last page."""
    conditions = list(_conditions(filters))
    query = select(func.count()).select_from(AuditEntry).outerjoin(User).where(*conditions)
    total = session.scalar(query) or 0
    pages = max(1, -(-total // PER_PAGE))
    shown = min(max(number, 1), pages)
    rows = session.execute(_lines(conditions).limit(PER_PAGE).offset((shown - 1) * PER_PAGE))
    return Page(entries=[_entry(row) for row in rows], number=shown, pages=pages, total=total)


def list_people(session: Session) -> Sequence[User]:
    """Return the accounts, by name."""
    return session.scalars(select(User).order_by(User.display_name, User.id)).all()


def export_lines(session: Session, *, filters: Filters, words: Mapping[str, str]) -> bytes:
    """Return the matching lines as a CSV for French Excel, with actions labelled by ``words``."""
    found = session.execute(_lines(_conditions(filters)).execution_options(yield_per=1000))
    rows = tuple(_row(_entry(row), words) for row in found)
    return csv_excel.write(Table("Journal", _HEADS, rows))


def _lines(conditions: Iterable[ColumnElement[bool]]) -> Select[AuditEntry, str]:
    query = select(AuditEntry, User.display_name).outerjoin(User, User.id == AuditEntry.actor_id)
    return query.where(*conditions).order_by(AuditEntry.id.desc())


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.person == NOBODY:
        yield AuditEntry.actor_id.is_(None)
    elif filters.person:
        yield User.public_id == filters.person
    if filters.action:
        yield AuditEntry.action == filters.action
    if filters.subject:
        yield AuditEntry.subject.contains(filters.subject, autoescape=True)
    if filters.since:
        yield AuditEntry.at >= _midnight(filters.since)
    if filters.until:
        yield AuditEntry.at < _midnight(filters.until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _entry(row: Row[AuditEntry, str]) -> Entry:
    line, name = row
    return Entry(line=line, person=name or "")


def _row(entry: Entry, words: Mapping[str, str]) -> tuple[str | int, ...]:
    line = entry.line
    at = line.at.astimezone(PARIS).isoformat(sep=" ", timespec="seconds")
    action = words.get(line.action, line.action)
    return (line.id, at, entry.person, action, line.subject, line.details, line.hash)
