"""Directory of organisations, with one canonical spelling each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.exceptions import DuplicateError, EmptyTextError, FeedsItemError, NotFoundError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean, folded
from webapp.roadmap.models import Organisation, OrganisationKind, RoadmapItem
from webapp.territory import references
from webapp.territory.models import ReferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFields:
    """Fields of an organisation."""

    name: str
    kind: OrganisationKind = OrganisationKind.OTHER
    territory: str | None = None
    contact: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation, the items that it leads and those it partners."""

    organisation: Organisation
    leads: tuple[RoadmapItem, ...]
    joins: tuple[RoadmapItem, ...]


def list_organisations(session: Session) -> Sequence[Organisation]:
    """Return the whole directory in alphabetical order, ignoring accents."""
    return session.scalars(select(Organisation).order_by(Organisation.folded)).all()


def list_entries(session: Session) -> list[Entry]:
    """Return the directory with the items of each organisation, regional and local."""
    whose = joinedload(RoadmapItem.roadmap), joinedload(RoadmapItem.working_group)
    query = select(RoadmapItem).options(*whose).order_by(RoadmapItem.reference)
    items = session.scalars(query).all()
    return [
        Entry(
            found,
            leads=tuple(item for item in items if item.lead == found.name),
            joins=tuple(item for item in items if found.name in item.partners),
        )
        for found in list_organisations(session)
    ]


def get_organisation(session: Session, *, public_id: str) -> Organisation:
    """Return an organisation by its public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = session.scalar(select(Organisation).where(Organisation.public_id == public_id))
    if found is None:
        raise NotFoundError(public_id)
    return found


def add_organisation(session: Session, *, fields: OrganisationFields, actor: Actor) -> Organisation:
    """Add an organisation.

    Raises
    ------
    EmptyTextError
        If the name is empty.
    DuplicateError
        If the directory has this name, ignoring case and accents.
    """
    name = _name(fields.name)
    if _known(session, [name]):
        raise DuplicateError
    found = Organisation(name=name, folded=folded(name), kind=fields.kind)
    _write(session, found, fields)
    session.add(found)
    session.flush()
    audit.record_act(session, actor, "organisation.add", f"organisation:{found.public_id}")
    return found


def save_organisation(
    session: Session, *, organisation: Organisation, fields: OrganisationFields, actor: Actor
) -> None:
    """Update an organisation; a new name is propagated to the items that had the old one.

    Raises
    ------
    EmptyTextError
        If the name is empty.
    DuplicateError
        If another organisation has this name.
    """
    name = _name(fields.name)
    if any(other is not organisation for other in _known(session, [name]).values()):
        raise DuplicateError
    if name != organisation.name:
        for item in _items_of(session, organisation.name):
            item.lead = name if item.lead == organisation.name else item.lead
            item.partners = tuple(name if p == organisation.name else p for p in item.partners)
            item.changed_by_id = actor.id
    organisation.name, organisation.folded = name, folded(name)
    _write(session, organisation, fields)
    session.flush()
    subject = f"organisation:{organisation.public_id}"
    audit.record_act(session, actor, "organisation.save", subject)


def remove_organisation(session: Session, *, organisation: Organisation, actor: Actor) -> None:
    """Remove an organisation from the directory.

    Raises
    ------
    FeedsItemError
        If an item names it.
    """
    if _items_of(session, organisation.name):
        raise FeedsItemError
    audit.record_act(
        session, actor, "organisation.remove", f"organisation:{organisation.public_id}"
    )
    session.delete(organisation)
    session.flush()


def settle(session: Session, names: Iterable[str], actor: Actor) -> tuple[str, ...]:
    """Return the canonical spellings of ``names``, adding unknown ones to the directory.

    Duplicates are removed, ignoring case and accents.
    """
    given: dict[str, str] = {}
    for raw in names:
        if name := " ".join(clean(raw).split()):
            given.setdefault(folded(name), name)
    known = _known(session, given.values())
    for key, name in given.items():
        if key not in known:
            known[key] = add_organisation(
                session, fields=OrganisationFields(name=name), actor=actor
            )
    return tuple(known[key].name for key in given)


def _known(session: Session, names: Iterable[str]) -> dict[str, Organisation]:
    keys = [folded(name) for name in names]
    found = session.scalars(select(Organisation).where(Organisation.folded.in_(keys)))
    return {organisation.folded: organisation for organisation in found}


def _items_of(session: Session, name: str) -> list[RoadmapItem]:
    items = session.scalars(select(RoadmapItem).order_by(RoadmapItem.id))
    return [item for item in items if item.lead == name or name in item.partners]


def _name(raw: str) -> str:
    name = " ".join(clean(raw).split())
    if not name:
        raise EmptyTextError
    return name


def _write(session: Session, organisation: Organisation, fields: OrganisationFields) -> None:
    held = (organisation.territory,)
    kind, codes = ReferenceKind.TERRITORY, (fields.territory,)
    references.check(session, kind=kind, codes=codes, current=held)
    organisation.kind, organisation.territory = fields.kind, fields.territory
    organisation.contact, organisation.website = clean(fields.contact), clean(fields.website)
