"""Registry of the export formats of a roadmap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from webapp.exceptions import UnknownFormatError
from webapp.publishing.documents import (
    csv_excel,
    csv_file,
    docx,
    html_file,
    json_file,
    ods,
    odt,
    odt_template,
    pdf,
    xlsx,
)
from webapp.publishing.documents.content import RoadmapDocument

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: media type (no charset), file extension, label, renderer."""

    media_type: str
    extension: str
    label: str
    render: Callable[[RoadmapDocument], bytes]


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "odt": Format(odt_template.MIMETYPE, "odt", "Texte LibreOffice (ODT)", odt.render),
        "docx": Format(
            f"{_OFFICE}.wordprocessingml.document", "docx", "Texte Word (DOCX)", docx.render
        ),
        "pdf": Format("application/pdf", "pdf", "Document à signer (PDF)", pdf.render),
        "xlsx": Format(
            f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "Classeur Excel (XLSX)", xlsx.render
        ),
        "ods": Format(ods.MIMETYPE, "ods", "Classeur LibreOffice (ODS)", ods.render),
        "csv": Format("text/csv", "csv", "Données ouvertes (CSV)", csv_file.render),
        "csv-excel": Format("text/csv", "csv", "CSV pour Excel français", csv_excel.render),
        "json": Format(
            "application/json", "json", "Échange et sauvegarde (JSON)", json_file.render
        ),
        "html": Format("text/html", "html", "Page web (HTML)", html_file.render),
    }
)


def named(name: str) -> Format:
    """Return the format called ``name``.

    Raises
    ------
    UnknownFormatError
        If there is none.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormatError(name, tuple(FORMATS)) from None


def render(document: RoadmapDocument, name: str) -> bytes:
    """Return ``document`` in the format called ``name``."""
    return named(name).render(document)
