"""CSV for open data portals (UTF-8, commas, CRLF, ISO dates), TableSchema and datapackage."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Final

from webapp.platform.decimals import exact
from webapp.platform.file_text import cleaned
from webapp.platform.french import NBSP, paris_date
from webapp.platform.tables import Table, Value
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.open_data import LICENCE
from webapp.publishing.documents.tables import ITEM_COLUMNS, SEPARATOR, items_table

NAME: Final = "items.csv"
SCHEMA_NAME: Final = "schema.json"
PACKAGE_NAME: Final = "datapackage.json"
_SEVERAL: Final = f"Valeurs séparées par «{NBSP}{SEPARATOR.strip()}{NBSP}»"
_MEANINGS: Final = {
    "partners": _SEVERAL,
    "publics": _SEVERAL,
    "territories": _SEVERAL,
    "concerned": "Vide lorsque le nombre est inconnu ou inférieur à 5",
}


def render(document: RoadmapDocument) -> bytes:
    """Return the items of ``document`` as CSV."""
    return write(items_table(document))


def write(table: Table) -> bytes:
    """Return ``table`` as CSV with exact values and machine-readable column names."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode()


def table_schema(document: RoadmapDocument) -> bytes:
    """Return the TableSchema of the CSV, for validators and portals."""
    schema = {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "title": cleaned(document).title,
        **_schema(),
    }
    return _json(schema)


def datapackage(document: RoadmapDocument) -> bytes:
    """Return the datapackage descriptor of the CSV."""
    document = cleaned(document)
    resource = {
        "name": "items",
        "path": NAME,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "bytes": len(render(document)),
        "schema": _schema(),
    }
    package: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "feuille-de-route",
        "title": document.title,
        "description": f"{document.region}, {document.period}",
        "version": str(document.version),
        "created": paris_date(document.as_of).isoformat(),
        "licenses": [LICENCE],
        "resources": [resource],
    }
    return _json(package)


def _schema() -> dict[str, object]:
    fields = []
    for column in ITEM_COLUMNS:
        field: dict[str, object] = {
            "name": column.name,
            "title": column.title,
            "type": column.kind,
        }
        if column.kind == "date":
            field["format"] = "default"
        if column.name in _MEANINGS:
            field["description"] = _MEANINGS[column.name]
        if column.name == "reference":
            field["constraints"] = {"required": True, "unique": True}
        fields.append(field)
    return {"fields": fields, "primaryKey": "reference", "missingValues": [""]}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return exact(value) if isinstance(value, Decimal) else str(value)


def _json(value: dict[str, object]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
