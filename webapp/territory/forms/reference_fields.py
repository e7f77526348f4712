"""Fields whose choices are a reference list."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField, SelectMultipleField

from webapp.platform.forms.base import choices
from webapp.territory.forms.reference_cache import lists
from webapp.territory.models import ReferenceKind


class _ReferenceChoices:
    """Mixin: accepts every code of a list, and shows those that are active or selected.

    Retired codes validate here; services decide whether a row may keep one.
    """

    data: Any

    def __init__(
        self,
        label: str,
        kind: ReferenceKind,
        *,
        first: Mapping[str, str] | None = None,
        without: frozenset[str] = frozenset(),
        **more: Any,  # noqa: ANN401 - the arguments of any WTForms field
    ) -> None:
        self._kind = kind

        def known() -> dict[str, Any]:
            listed = lists().entries[kind].values()
            return choices({**(first or {}), **{e.code: _name(kind, e.code) for e in listed}})

        self._without = without
        super().__init__(label, choices=known, **more)  # type: ignore[call-arg] # a mixin

    def iter_choices(self) -> Any:  # noqa: ANN401 - as in WTForms
        """Return the choices, without retired ones unless selected."""
        left_out = lists().retired(self._kind)
        return [
            choice
            for choice in super().iter_choices()  # type: ignore[misc] # a mixin
            if choice.value not in self._without
            and (choice.selected or choice.value not in left_out)
        ]


def _name(kind: ReferenceKind, code: str) -> str:
    found = lists()
    return found.strand(code) if kind is ReferenceKind.STRAND else found.name(kind, code)


class ListedField(_ReferenceChoices, SelectField):
    """Selects one entry of a list."""


class SeveralListedField(_ReferenceChoices, SelectMultipleField):
    """Selects several entries of a list."""
