"""Formats laid out by a model that people may change, and what a changed model is checked by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final

from webapp.exceptions import UnknownFormatError, UnreadableFileError, UnusableModelError
from webapp.publishing.documents import docx, docx_template, odt, odt_template, sample
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.narrative_types import (
    Annex,
    Entry,
    Field,
    Grid,
    Making,
    Narrative,
    Part,
    Sheet,
    SourceGroup,
)
from webapp.publishing.documents.template_file import check_file


@dataclass(frozen=True, slots=True)
class TemplateFormat:
    """A format laid out by a model: ours, and how one is followed."""

    shipped: Callable[[], bytes]
    render: Callable[[RoadmapDocument, bytes | None], bytes]


TEMPLATES: Final[Mapping[str, TemplateFormat]] = MappingProxyType(
    {
        "odt": TemplateFormat(odt_template.default_template, odt.render),
        "docx": TemplateFormat(docx_template.default_template, docx.render),
    }
)


_KINDS = {
    "roadmap": Narrative,
    "entry": Entry,
    "making": Making,
    "part": Part,
    "sheet": Sheet,
    "field": Field,
    "annex": Annex,
    "group": SourceGroup,
    "grid": Grid,
}


def names() -> dict[str, tuple[str, ...]]:
    """Return what a model may name, object by object, under the names that our models give them."""
    return {name: tuple(field.name for field in fields(kind)) for name, kind in _KINDS.items()}


def template_format(name: str) -> TemplateFormat:
    """Return what lays the format ``name`` out.

    Raises
    ------
    UnknownFormatError
        If it has no model.
    """
    try:
        return TEMPLATES[name]
    except KeyError:
        raise UnknownFormatError(name, tuple(TEMPLATES)) from None


def check(data: bytes, name: str) -> None:
    """Make sure that ``data`` can be the model of the format ``name``.

    It lays out a draft, a published version and an empty roadmap, so that every branch is taken.

    Raises
    ------
    UnknownFormatError
        If the format has no model.
    UnusableModelError
        If the file is not what it says, holds something hostile, or its tags are not well formed.
    DocumentModelError
        If it names what the roadmap does not have, with all such names.
    """
    render = template_format(name).render
    check_file(data, name)
    try:
        for document in sample.documents():
            render(document, data)
    except UnreadableFileError as error:
        raise UnusableModelError("tags") from error
