"""Counts of the origins of a cluster's contributions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from webapp.collection.models import Concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Numbers of contributions, people, tables, workshops, territories and people concerned."""

    contributions: int
    people: int
    tables: int
    workshops: int
    territories: int
    concerned: int


class CountedContribution(Protocol):
    """The counted fields of a contribution: the row itself, or some of its columns."""

    @property
    def id(self) -> int:
        """Its identifier; a contribution counts once."""

    @property
    def people(self) -> int:
        """Number of people it represents."""

    @property
    def workshop_id(self) -> int:
        """Its workshop."""

    @property
    def table_label(self) -> str:
        """Its table in the workshop, if any."""

    @property
    def territory(self) -> str | None:
        """Territory of its author."""

    @property
    def concerned(self) -> Concerned:
        """Whether its author is personally concerned."""


def count(contributions: Iterable[CountedContribution]) -> Provenance:
    """Count the origins of distinct contributions."""
    distinct = {contribution.id: contribution for contribution in contributions}.values()
    return Provenance(
        contributions=len(distinct),
        people=sum(v.people for v in distinct),
        tables=len({(v.workshop_id, v.table_label) for v in distinct if v.table_label}),
        workshops=len({v.workshop_id for v in distinct}),
        territories=len({v.territory for v in distinct if v.territory}),
        concerned=sum(v.concerned is Concerned.YES for v in distinct),
    )
