"""Chooses the sheet of a spreadsheet, and tells the sheets that are not read."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from webapp.exceptions import UnreadableFileError
from webapp.imports.headers import SEARCHED, find_header, is_known
from webapp.imports.layouts import Layout, Line, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its name, why it is not read by default, and the reading of its lines."""

    name: str
    aside: str = ""  # "hidden" or "chart"
    lines: Callable[[], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The sheet to read, with what to ask and what to tell about the others."""

    sheet: Sheet
    offered: tuple[str, ...]
    questions: tuple[Remark, ...]
    notices: tuple[Remark, ...]


@contextmanager
def damage_named(*errors: type[Exception]) -> Iterator[None]:
    """Turn what a damaged spreadsheet raises into one error, elements nested too deep included.

    Raises
    ------
    UnreadableFileError
        Instead of each of ``errors``.
    """
    damage: tuple[type[Exception], ...] = (*errors, RecursionError)
    try:
        yield
    except damage as error:
        raise UnreadableFileError(type(error).__name__) from error


def guarded(lines: Iterator[Line], *errors: type[Exception]) -> Iterator[Line]:
    """Yield ``lines``, which are read as they are asked for, under :func:`damage_named`."""
    with damage_named(*errors):
        yield from lines


def choose(sheets: Sequence[Sheet], layout: Layout) -> Choice:
    """Return the sheet of ``layout``, or the first one with a table.

    A hidden sheet is read only if it is chosen, a chart sheet never.

    Raises
    ------
    UnreadableFileError
        If no sheet can be read.
    """
    readable = [sheet for sheet in sheets if sheet.aside != "chart"]
    shown = [sheet for sheet in readable if not sheet.aside]
    offered = tuple(sheet.name for sheet in (*shown, *(s for s in readable if s.aside)))
    notices = tuple(Remark(f"{s.aside}_sheet", s.name) for s in sheets if s.aside)
    chosen = next((s for s in readable if layout.sheet and s.name == layout.sheet), None)
    if chosen:
        return Choice(chosen, offered, (), tuple(n for n in notices if n.value != chosen.name))
    if not shown:
        raise UnreadableFileError("no visible sheet")
    tables = [sheet for sheet in shown if _is_table(sheet)] or shown[:1]
    known = [sheet for sheet in tables if _is_table(sheet, known=True)]
    found = (known or tables)[0]
    unsure = len(tables) > 1 and found is not shown[0]
    asked = (Remark("sheet", found.name),) if unsure else ()
    others = tuple(Remark("other_sheet", s.name) for s in shown if s is not found)
    return Choice(found, offered, asked, notices + others)


def _is_table(sheet: Sheet, *, known: bool = False) -> bool:
    """Tell whether a sheet has rows below a header, a usual one if ``known``."""
    first = list(itertools.islice(sheet.lines(), SEARCHED))
    header = find_header(first)
    if header is None or (known and not any(map(is_known, header.cells))):
        return False
    return any(any(line.cells) for line in first if line.number > header.number)
