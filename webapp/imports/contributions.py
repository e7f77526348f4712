"""Imports contributions from a file into one workshop."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import (
    MAX_LABEL_LENGTH,
    MAX_PEOPLE,
    Channel,
    Contribution,
    DecisionKind,
    ModerationDecision,
    Workshop,
    WorkshopState,
)
from webapp.collection.text_analysis import find_personal_data
from webapp.collection.workshops import get_workshop
from webapp.exceptions import (
    EmptyTextError,
    InvalidRowsError,
    MissingColumnError,
    RowProblem,
    TextTooLongError,
    UncertainLayoutError,
    WorkshopClosedError,
)
from webapp.imports.reading import Row, Table
from webapp.platform import audit, text_cleaning

DETAIL_COLUMNS = ("table", "feuille", "personnes")
TEXT_COLUMNS = ("texte", "text", "contribution", "proposition", "idée", "body")
_TEXT_NAMES = tuple(map(text_cleaning.folded, TEXT_COLUMNS))
_ASKED = re.compile(r"\?|\b(?:idee|proposition|contribution|reponse|texte|avis|souhait)", re.ASCII)
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The rows to import, the workshop, and whether all contributions wait for moderation.

    ``detail_columns`` maps the names of ``DETAIL_COLUMNS`` (table, sheet, people) to columns. With
    ``skip_blank``, rows without a text are left out and counted.
    """

    table: Table
    code: str
    text_columns: tuple[str, ...] = ()
    detail_columns: Mapping[str, str] = field(default_factory=dict)
    hold: bool = False
    skip_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of an import: rows read, stored, already known, repeated, held, and left out blank."""

    read: int
    stored: int
    known: int
    repeated: int
    to_moderate: int
    blank: int = 0


@dataclass(frozen=True, slots=True)
class _NewRow:
    """A row that is not in the database."""

    key: str
    body: str
    details: Details
    waits: bool


@dataclass(frozen=True, slots=True)
class Read:
    """The new rows of a file, scanned for personal data: plain values, to be stored later."""

    code: str
    new_rows: Sequence[_NewRow]
    report: Report


def plan_import(session: Session, *, request: Request) -> Report:
    """Return the report of :func:`import_contributions`, without storing anything.

    Raises
    ------
    MissingColumnError, InvalidRowsError
        As :func:`import_contributions`.
    """
    return read_rows(session, request=request).report


def import_contributions(
    session: Session,
    *,
    request: Request,
    now: datetime,
    actor_id: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Store every row as a contribution, all or nothing.

    Idempotent: the key of a row is made of the workshop, its text and the number of earlier
    occurrences of the text in the file, so that identical texts of two people count twice.
    Texts without detected personal data are published, others wait for moderation.

    Raises
    ------
    MissingColumnError
        If a requested column is missing.
    InvalidRowsError
        With every row whose text is empty or too long, or that has an invalid detail.
    """
    read = read_rows(session, request=request)
    return store_rows(session, read=read, now=now, actor_id=actor_id, progress=progress)


def store_rows(
    session: Session,
    *,
    read: Read,
    now: datetime,
    actor_id: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Store the result of :func:`read_rows`, except rows stored since.

    Reading is slow: it is done before, outside the transaction.

    Raises
    ------
    WorkshopClosedError
        If the workshop is archived.
    """
    workshop = get_workshop(session, code=read.code)
    if workshop.state is WorkshopState.ARCHIVED:
        raise WorkshopClosedError(workshop.code, workshop.state)
    known = _known(session, [row.key for row in read.new_rows])
    rows = [row for row in read.new_rows if row.key not in known]
    report = replace(
        read.report,
        stored=len(rows),
        known=read.report.read - len(rows),
        to_moderate=sum(row.waits for row in rows),
    )
    for count, row in enumerate(rows, start=1):
        built = contributions.build_contribution(workshop, row.body, row.key, now, row.details)
        session.add(built if row.waits else _published(built, now))
        if count % _BATCH == 0:
            session.flush()
            progress(count)
    if rows:
        _record(session, workshop, report, now, actor_id)
    return report


def read_rows(session: Session, *, request: Request) -> Read:
    """Return the new rows of a file, without storing anything.

    Raises
    ------
    MissingColumnError, InvalidRowsError
        As :func:`import_contributions`.
    """
    workshop = get_workshop(session, code=request.code)
    columns = _text_columns(request)
    request.table.require(*request.detail_columns.values())
    request.table.confirmed(*request.text_columns).checked()
    rows = [
        row for row in request.table.rows if not (request.skip_blank and _is_blank(row, columns))
    ]
    bodies, details = _read(rows, request.detail_columns, columns)
    keys = list(_keys(workshop, bodies))
    known = _known(session, keys)
    new_rows = [
        _NewRow(key, body, detail, request.hold or bool(find_personal_data(body)))
        for key, body, detail in zip(keys, bodies, details, strict=True)
        if key not in known
    ]
    report = Report(
        read=len(bodies),
        stored=len(new_rows),
        known=len(bodies) - len(new_rows),
        repeated=len(bodies) - len(set(bodies)),
        to_moderate=sum(row.waits for row in new_rows),
        blank=len(request.table.rows) - len(rows),
    )
    return Read(workshop.code, new_rows, report)


def _text_columns(request: Request) -> Sequence[str]:
    if request.text_columns:
        request.table.require(*request.text_columns)
        return request.text_columns
    columns = request.table.columns
    guessed = guess_text(columns)
    if guessed:
        return (guessed,)
    if any(_plain(column) in _TEXT_NAMES for column in columns):
        raise UncertainLayoutError((("text", ", ".join(columns)),))
    raise MissingColumnError(TEXT_COLUMNS[0], columns)


def guess_text(columns: Sequence[str]) -> str:
    """Return the column of the texts: a usual name, or the only question; empty if unsure.

    Examples
    --------
    >>> guess_text(["Table", "Texte"]), guess_text(["texte", "texte (2)"])
    ('Texte', '')
    """
    named: dict[str, str] = {}
    for column in columns:
        named.setdefault(_plain(column), column)
    usual = next((named[name] for name in _TEXT_NAMES if name in named), "")
    if usual:
        return "" if f"{usual} (2)" in columns else usual
    asked = [column for column in columns if _ASKED.search(_plain(column))]
    left = asked if len(asked) == 1 else list(columns)
    return left[0] if len(left) == 1 else ""


def _plain(column: str) -> str:
    return text_cleaning.folded(column).strip()


def _is_blank(row: Row, columns: Sequence[str]) -> bool:
    return not any(row.get(column) for column in columns)


def _read(
    rows: Sequence[Row], detail_columns: Mapping[str, str], columns: Sequence[str]
) -> tuple[list[str], list[Details]]:
    """Return the text and details of each row, or raise with every invalid row."""
    bodies: list[str] = []
    details: list[Details] = []
    problems: list[RowProblem] = []
    for row in rows:
        text = "\n".join(part for column in columns if (part := row.get(column)))
        try:
            bodies.append(text_cleaning.checked_body(text))
            details.append(_details(row, detail_columns))
        except EmptyTextError:
            problems.append(RowProblem(row.line, "empty"))
        except TextTooLongError as error:
            problems.append(RowProblem(row.line, "too_long", str(error.length)))
        except _WrongDetailError as error:
            problems.append(RowProblem(row.line, error.problem, error.value))
    if problems:
        raise InvalidRowsError(tuple(problems))
    return bodies, details


class _WrongDetailError(Exception):
    def __init__(self, problem: str, value: str) -> None:
        super().__init__(problem, value)
        self.problem, self.value = problem, value


def _details(row: Row, columns: Mapping[str, str]) -> Details:
    cells = {name: row.get(column) for name, column in columns.items()}
    for name in ("table", "feuille"):
        if len(cells.get(name, "")) > MAX_LABEL_LENGTH:
            raise _WrongDetailError(f"long_{name}", str(MAX_LABEL_LENGTH))
    people = cells.get("personnes", "") or "1"
    if not (people.isdecimal() and len(people) < len("10000") and 1 <= int(people) <= MAX_PEOPLE):
        raise _WrongDetailError("people", people)
    return Details(
        channel=Channel.IMPORT,
        table_label=cells.get("table", ""),
        sheet=cells.get("feuille", ""),
        people=int(people),
    )


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


def _published(contribution: Contribution, now: datetime) -> Contribution:
    contribution.decisions[0].is_current = False
    contribution.decisions.append(ModerationDecision(kind=DecisionKind.PUBLISHED, decided_at=now))
    return contribution


def _record(
    session: Session, workshop: Workshop, report: Report, now: datetime, actor_id: int | None
) -> None:
    session.flush()
    audit.record(
        session,
        audit.Line(
            action="contribution.import",
            subject=f"workshop:{workshop.code}",
            at=now,
            actor_id=actor_id,
            details=f"{report.stored}/{report.read}",
        ),
    )
