"""Budget lines of items."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.exceptions import EmptyTextError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import items, organisations
from webapp.roadmap.models import BudgetLine, RoadmapItem


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetFields:
    """Funding by one funder in one year, in euros."""

    year: int
    funder: str
    amount: int
    purpose: str = ""


def add_line(
    session: Session, *, item: RoadmapItem, fields: BudgetFields, actor: Actor
) -> BudgetLine:
    """Add a budget line to an item, and its funder to the directory.

    Raises
    ------
    EmptyTextError
        If the funder is empty.
    """
    funder = organisations.settle(session, [fields.funder], actor)
    if not funder:
        raise EmptyTextError
    line = BudgetLine(
        year=fields.year, funder=funder[0], purpose=clean(fields.purpose), amount=fields.amount
    )
    item.budget.append(line)
    items.record_part(session, item, "budget.add", actor)
    return line


def remove_line(session: Session, *, line: BudgetLine, actor: Actor) -> None:
    """Remove a budget line."""
    item = line.item
    item.budget.remove(line)
    items.record_part(session, item, "budget.remove", actor)
