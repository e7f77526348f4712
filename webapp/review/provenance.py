"""Where a group comes from: counts that a reader can weigh."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from webapp.collection.models import Concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How many contributions, people, tables, workshops, territories and people concerned."""

    contributions: int
    people: int
    tables: int
    workshops: int
    territories: int
    concerned: int


class Voice(Protocol):
    """What is counted of a contribution: the row itself, or the columns read of it."""

    @property
    def id(self) -> int:
        """Its identifier: the same contribution counts once."""

    @property
    def people(self) -> int:
        """How many speak through it."""

    @property
    def workshop_id(self) -> int:
        """Where it was said."""

    @property
    def table_label(self) -> str:
        """At which table of the workshop, if any."""

    @property
    def territory(self) -> str | None:
        """Where they live."""

    @property
    def concerned(self) -> Concerned:
        """Whether they live what they speak of."""


def count(voices: Iterable[Voice]) -> Provenance:
    """Count where contributions come from, each once."""
    distinct = {voice.id: voice for voice in voices}.values()
    return Provenance(
        contributions=len(distinct),
        people=sum(v.people for v in distinct),
        tables=len({(v.workshop_id, v.table_label) for v in distinct if v.table_label}),
        workshops=len({v.workshop_id for v in distinct}),
        territories=len({v.territory for v in distinct if v.territory}),
        concerned=sum(v.concerned is Concerned.YES for v in distinct),
    )
