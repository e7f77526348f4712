"""Links from items to local pacts and initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import Workshop, WorkshopKind
from webapp.exceptions import EmptyTextError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import items
from webapp.roadmap.models import ItemLink, LinkKind, RoadmapItem


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFields:
    """Fields of a link; a stand provides the default title."""

    kind: LinkKind
    title: str = ""
    url: str = ""
    stand: Workshop | None = None


def list_stands(session: Session) -> Sequence[Workshop]:
    """Return the stands of the instance."""
    return session.scalars(
        select(Workshop).where(Workshop.kind == WorkshopKind.STAND).order_by(Workshop.title)
    ).all()


def add_link(session: Session, *, item: RoadmapItem, fields: LinkFields, actor: Actor) -> ItemLink:
    """Add a link to a local pact or an initiative.

    Raises
    ------
    EmptyTextError
        If there is neither a title nor a stand.
    """
    title = " ".join(clean(fields.title).split()) or (fields.stand.title if fields.stand else "")
    if not title:
        raise EmptyTextError
    link = ItemLink(kind=fields.kind, title=title, url=clean(fields.url), workshop=fields.stand)
    item.links.append(link)
    items.record_part(session, item, "link.add", actor)
    return link


def remove_link(session: Session, *, link: ItemLink, actor: Actor) -> None:
    """Remove a link."""
    item = link.item
    item.links.remove(link)
    items.record_part(session, item, "link.remove", actor)
