"""Formats rendered from a replaceable template, and checks of uploaded templates."""

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
    """A format rendered from a template: its default template and its renderer."""

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
    """Return the attributes available in templates, by object name."""
    return {name: tuple(field.name for field in fields(kind)) for name, kind in _KINDS.items()}


def template_format(name: str) -> TemplateFormat:
    """Return the template format called ``name``.

    Raises
    ------
    UnknownFormatError
        If it has no template.
    """
    try:
        return TEMPLATES[name]
    except KeyError:
        raise UnknownFormatError(name, tuple(TEMPLATES)) from None


def check(data: bytes, name: str) -> None:
    """Check that ``data`` can be used as the template of the format ``name``.

    It renders a draft, a published version and an empty roadmap, to execute every branch.

    Raises
    ------
    UnknownFormatError
        If the format has no template.
    UnusableModelError
        If the file is of another type, unsafe, or its tags are not well formed.
    DocumentModelError
        If it uses unknown names, with all of them.
    """
    render = template_format(name).render
    check_file(data, name)
    try:
        for document in sample.documents():
            render(document, data)
    except UnreadableFileError as error:
        raise UnusableModelError("tags") from error
