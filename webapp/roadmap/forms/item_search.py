"""Filters and sorting of the desk's items, read from the query string."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from wtforms import HiddenField, SelectField, StringField

from webapp.platform.forms.base import ANY, BaseForm, choices, chosen, filter_field, stripped
from webapp.roadmap import item_search
from webapp.roadmap.item_search import NOBODY, Criteria, Order, SortKey, Waiting
from webapp.roadmap.models import ItemStatus, Priority, RoadmapItem
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind, WorkingGroup
from webapp.vocabulary.labels import LABELS, capitalised


class ItemSearchForm(BaseForm):
    """Words, filters, sorted column and view; unknown values are ignored."""

    words = StringField("Mots ou référence", name="q", filters=[stripped])
    waiting = filter_field("Ce qui attend", capitalised("waiting"), name="attente")
    status = filter_field("État", capitalised("item"), name="etat")
    group = filter_field("Groupe de travail", name="groupe")
    strand = ListedField(
        "Axe",
        ReferenceKind.STRAND,
        first=ANY | {NOBODY: "Sans axe"},
        name="axe",
        default="",
        validate_choice=False,
    )
    lead = filter_field("Pilote", name="pilote")
    priority = filter_field("Priorité", LABELS["priority_choice"], name="priorite")
    sort = HiddenField(name="tri")
    view = HiddenField(name="vue")

    def offer(self, groups: Iterable[WorkingGroup], items: Iterable[RoadmapItem]) -> Self:
        """Set the choices of the working groups and of the leads."""
        self.group.choices = choices(ANY | {group.slug: group.name for group in groups})
        named = {lead: lead for lead in item_search.leads(items)}
        self.lead.choices = choices(ANY | {NOBODY: "Sans pilote"} | named)
        return self

    @property
    def filters(self) -> tuple[SelectField, ...]:
        """The fields that filter, in the order of the page."""
        return (
            self.waiting,
            self.status,
            self.group,
            self.strand,
            self.lead,
            self.priority,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything is filtered."""
        return self.wanted() != Criteria()

    def unfiltered(self) -> dict[str, Any]:
        """Return the query arguments of the same page, without filters."""
        fields = (self.sort, self.view)
        return {field.name: field.data for field in fields if field.data}

    def wanted(self) -> Criteria:
        """Return the filters."""
        waiting, status, priority = map(chosen, (self.waiting, self.status, self.priority))
        return Criteria(
            words=self.words.data or "",
            waiting=Waiting(waiting) if waiting else None,
            status=ItemStatus(status) if status else None,
            group=chosen(self.group),
            priority=Priority(int(priority)) if priority else None,
            strand=chosen(self.strand),
            lead=chosen(self.lead),
        )

    def order(self) -> Order:
        """Return the sorted column; a minus sign reverses it."""
        asked = self.sort.data or ""
        key = asked.removeprefix("-")
        known = key in list(SortKey)
        return Order(SortKey(key), asked.startswith("-")) if known else Order()

    def choose(self, items: Iterable[RoadmapItem], today: date) -> Sequence[RoadmapItem]:
        """Return the items to show, filtered and sorted."""
        return item_search.ordered(
            item_search.choose(items, self.wanted(), today=today), self.order()
        )

    def asked(self, **changes: str) -> dict[str, Any]:
        """Return the query arguments of the same page, updated with ``changes``."""
        fields = (self.words, *self.filters, self.sort, self.view)
        held = {field.name: field.data for field in fields} | changes
        return {name: value for name, value in held.items() if value}

    def sorted_by(self, name: str) -> dict[str, Any]:
        """Return the query arguments that sort by a column, in reverse if it sorts already."""
        order = self.order()
        reverse = order.key == name and not order.descending
        return self.asked(tri=f"-{name}" if reverse else name)
