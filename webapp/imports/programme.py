"""Imports the programme of a conference: its workshops and stands."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection import conferences
from webapp.collection.models import Conference, Prompt, Workshop, WorkshopKind
from webapp.exceptions import InvalidRowsError, RowProblem
from webapp.imports.reading import Row, Table
from webapp.platform import audit, tokens
from webapp.territory.models import WorkingGroup
from webapp.territory.regions import PARIS

KINDS = {
    "atelier": WorkshopKind.WORKSHOP,
    "kiosque": WorkshopKind.STAND,
    "séance": WorkshopKind.SITTING,
    "consultation": WorkshopKind.CONSULTATION,
}
_FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
REQUIRED = ("type", "titre", "groupe", "consigne")
LIMITS = {"titre": 200, "salle": 120, "organisme": 200, "consigne": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceFields:
    """The conference of the programme, created when it does not exist."""

    slug: str
    name: str
    place: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Plan of an import: the new rows and the number of existing ones."""

    new_rows: tuple[Row, ...]
    known: int


def plan_programme(session: Session, *, table: Table, conference: ConferenceFields) -> Plan:
    """Return the plan of the import of ``table``, without storing anything.

    Raises
    ------
    MissingColumnError
        If ``type``, ``titre``, ``groupe`` or ``consigne`` is missing.
    InvalidRowsError
        With every row whose kind, working group, code, times or lengths are invalid; or when no row
        gives the dates of a new conference.
    """
    table.checked().require(*REQUIRED)
    groups = {group.slug: group for group in session.scalars(select(WorkingGroup))}
    known = set(session.scalars(select(Workshop.code)))
    titles = {
        tuple(row) for row in session.execute(select(Workshop.title, Workshop.working_group_id))
    }
    problems = [p for row in table.rows for p in _problems(row, groups)]
    problems += _repeated_codes(table)
    if problems:
        raise InvalidRowsError(tuple(sorted(problems, key=lambda problem: problem.line)))
    new_rows = tuple(
        row
        for row in table.rows
        if tokens.read_code(row.get("code")) not in known
        and (row.get("titre"), groups[row.get("groupe")].id) not in titles
    )
    undated = not all(any(row.get(name) for row in new_rows) for name in ("debut", "fin"))
    if new_rows and undated and _owner(session, conference) is None:
        raise InvalidRowsError((RowProblem(1, "conference_times"),))
    return Plan(new_rows=new_rows, known=len(table.rows) - len(new_rows))


def import_programme(
    session: Session,
    *,
    table: Table,
    conference: ConferenceFields,
    now: datetime,
    actor_id: int | None = None,
) -> tuple[Workshop, ...]:
    """Store the new workshops of ``table``, all or nothing.

    Raises
    ------
    MissingColumnError, InvalidRowsError
        As :func:`plan_programme`.
    """
    plan = plan_programme(session, table=table, conference=conference)
    groups = {group.slug: group for group in session.scalars(select(WorkingGroup))}
    known = set(session.scalars(select(Workshop.code)))
    workshops = tuple(_workshop(row, groups, known) for row in plan.new_rows)
    if workshops:
        owner = _owner(session, conference) or _new_conference(session, conference, workshops)
        owner.workshops.extend(workshops)
        session.flush()
        subject = f"conference:{owner.slug}"
        audit.record(
            session,
            audit.Line(
                action="programme.import",
                subject=subject,
                at=now,
                actor_id=actor_id,
                details=str(len(workshops)),
            ),
        )
    return workshops


def _problems(row: Row, groups: dict[str, WorkingGroup]) -> list[RowProblem]:
    problems = [RowProblem(row.line, f"missing_{name}") for name in REQUIRED if not row.get(name)]
    problems += [
        RowProblem(row.line, f"long_{name}", str(limit))
        for name, limit in LIMITS.items()
        if len(row.get(name)) > limit
    ]
    if row.get("type") and row.get("type").lower() not in KINDS:
        problems.append(RowProblem(row.line, "kind", row.get("type")))
    if row.get("groupe") and row.get("groupe") not in groups:
        problems.append(RowProblem(row.line, "group", row.get("groupe")))
    code = tokens.read_code(row.get("code"))
    if code and not tokens.is_code(code):
        problems.append(RowProblem(row.line, "code", row.get("code")))
    problems += _time_problems(row)
    return problems


def _repeated_codes(table: Table) -> list[RowProblem]:
    """Return the rows whose code is already used by an earlier row."""
    codes = [(row, tokens.read_code(row.get("code"))) for row in table.rows]
    seen: set[str] = set()
    problems = []
    for row, code in codes:
        if code in seen:
            problems.append(RowProblem(row.line, "repeated_code", row.get("code")))
        elif code:
            seen.add(code)
    return problems


def _time_problems(row: Row) -> list[RowProblem]:
    times = []
    for name in ("debut", "fin"):
        try:
            times.append(_instant(row.get(name)))
        except ValueError:
            return [RowProblem(row.line, "time", row.get(name))]
    start, end = times
    if start and end and end <= start:
        return [RowProblem(row.line, "time_order", row.get("fin"))]
    return []


def _instant(text: str) -> datetime | None:
    """Parse ``2023-11-07T10:45`` or ``07/11/2023 10:45``, in Europe/Paris by default."""
    if not text:
        return None
    french = _FRENCH_DAY.match(text)
    instant = datetime.fromisoformat(
        f"{french[3]}-{french[2]}-{french[1]}{text[french.end() :]}" if french else text
    )
    return instant if instant.tzinfo else instant.replace(tzinfo=PARIS)


def _workshop(row: Row, groups: dict[str, WorkingGroup], known: set[str]) -> Workshop:
    code = tokens.read_code(row.get("code")) or tokens.new_code(known)
    known.add(code)
    return Workshop(
        code=code,
        kind=KINDS[row.get("type").lower()],
        title=row.get("titre"),
        room=row.get("salle"),
        organisation=row.get("organisme"),
        starts_at=_instant(row.get("debut")),
        ends_at=_instant(row.get("fin")),
        working_group=groups[row.get("groupe")],
        prompts=[
            Prompt(position=1, question=row.get("consigne"), hint=row.get("aide"), is_current=True)
        ],
    )


def _owner(session: Session, fields: ConferenceFields) -> Conference | None:
    return conferences.find_conference(session, slug=fields.slug, name=fields.name)


def _new_conference(
    session: Session, fields: ConferenceFields, workshops: tuple[Workshop, ...]
) -> Conference:
    """Create the conference of a programme, on the dates of its workshops."""
    conference = Conference(
        slug=fields.slug,
        name=fields.name,
        place=fields.place,
        starts_at=min(workshop.starts_at for workshop in workshops if workshop.starts_at),
        ends_at=max(workshop.ends_at for workshop in workshops if workshop.ends_at),
        capacity=fields.capacity,
    )
    session.add(conference)
    return conference
