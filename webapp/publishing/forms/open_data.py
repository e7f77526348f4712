"""Query parameters of the open data API."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from webapp.exceptions import ParameterError
from webapp.platform.forms.base import identifier
from webapp.publishing.documents.content import ItemStatus
from webapp.publishing.documents.open_api import LARGEST_PAGE, PAGE_SIZE
from webapp.publishing.open_data import Part
from webapp.publishing.roadmap_search import Criteria

_TEXTS = ("strand", "territory", "public", "lead")


@dataclass(frozen=True, slots=True)
class Query:
    """Parsed parameters; unknown ones are ignored.

    Raises
    ------
    ParameterError
        If one is repeated, or has an invalid value.
    """

    args: MultiDict[str, str]

    def __post_init__(self) -> None:
        """Refuse repeated parameters, which are ambiguous."""
        for name, values in self.args.lists():
            if len(values) > 1:
                raise ParameterError(name, values[1])

    @property
    def roadmap(self) -> str | None:
        """The slug of a local roadmap, None for the regional one."""
        return self.args.get("roadmap") or None

    @property
    def version(self) -> int | None:
        """The version number, None for the one in force."""
        return self._number("version") if "version" in self.args else None

    @property
    def item(self) -> str:
        """The reference of an item, or empty."""
        return self.args.get("item", "")

    @property
    def part(self) -> Part:
        """The requested page."""
        size = self._number("per_page", PAGE_SIZE)
        if size > LARGEST_PAGE:
            raise ParameterError("per_page", str(size))
        return Part(self._number("page", 1), size)

    @property
    def wanted(self) -> Criteria:
        """The filters."""
        filters = {name: self.args.get(name, "") for name in _TEXTS}
        return Criteria(words=self.args.get("q", ""), status=self._status(), **filters)

    def _number(self, name: str, default: int = 0) -> int:
        text = self.args.get(name, str(default))
        number = identifier(text)
        if not number:
            raise ParameterError(name, text)
        return number

    def _status(self) -> ItemStatus | None:
        text = self.args.get("status")
        if text is not None and text not in set(ItemStatus):
            raise ParameterError("status", text)
        return ItemStatus(text) if text is not None else None
