"""JSON Schema of dataclasses, derived from the same annotations as the codec."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, Union, get_args, get_origin

from webapp.publishing.documents.codec import type_hints
from webapp.publishing.documents.content import LATER
from webapp.publishing.documents.labels import label

Schema = dict[str, object]
_PREFIX: Final = "#/components/schemas/"
_PLAIN: Final[dict[object, Schema]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    # A string, since most JSON readers round numbers.
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
}


def schema(kind: object) -> Schema:
    """Return the schema of ``kind``; a dataclass is a reference to the components."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not types.NoneType]
        return {"anyOf": [*(schema(option) for option in options), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": schema(get_args(kind)[0])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(member) for member in kind]}
    if isinstance(kind, type) and is_dataclass(kind):
        return {"$ref": f"{_PREFIX}{kind.__name__}"}
    raise TypeError(f"no schema for {kind!r}")


def components(*kinds: object) -> Schema:
    """Return the schemas of every dataclass reachable from ``kinds``, by name."""
    found = {kind.__name__: kind for kind in _records(kinds, set())}
    return {name: _record(kind) for name, kind in sorted(found.items())}


def _record(kind: type) -> Schema:
    hints = type_hints(kind)
    names = [field.name for field in fields(kind)]
    # A field added in a later version is written only when filled.
    optional = {field.name for field in fields(kind) if LATER in field.metadata}
    return {
        "type": "object",
        "required": [name for name in names if name not in optional],
        "properties": {name: {"title": label(name)} | schema(hints[name]) for name in names},
    }


def _records(kinds: tuple[object, ...], seen: set[type]) -> Iterator[type]:
    """Yield the dataclasses in ``kinds`` and in their fields, without duplicates."""
    for kind in kinds:
        if isinstance(kind, type) and is_dataclass(kind):
            if kind not in seen:
                seen.add(kind)
                yield kind
                yield from _records(tuple(type_hints(kind).values()), seen)
        else:
            yield from _records(get_args(kind), seen)
