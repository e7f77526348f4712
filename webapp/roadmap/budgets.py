"""Money that items can count on, line by line."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.exceptions import EmptyTextError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import items, organisations
from webapp.roadmap.models import BudgetLine, RoadmapItem


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetFields:
    """What somebody gives in one year, in euros."""

    year: int
    funder: str
    amount: int
    purpose: str = ""


def add_line(
    session: Session, *, item: RoadmapItem, fields: BudgetFields, actor: Actor
) -> BudgetLine:
    """Add a line to the budget of an item; the directory learns who pays.

    Raises
    ------
    EmptyTextError
        If nobody pays.
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
    """Take a line out of the budget of its item."""
    item = line.item
    item.budget.remove(line)
    items.record_part(session, item, "budget.remove", actor)
