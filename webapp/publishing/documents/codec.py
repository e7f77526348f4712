"""Converts dataclasses to JSON values and back, checked against their annotations."""

import types
from collections.abc import Callable
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

from webapp.platform.decimals import exact
from webapp.publishing.documents.content import LATER

T = TypeVar("T")
_MAX_EXPONENT = 30
type_hints = cache(get_type_hints)


def encode(value: object) -> object:
    """Return ``value`` as JSON values; decimals become strings, to stay exact."""
    if is_dataclass(value) and not isinstance(value, type):
        written = (f for f in fields(value) if not is_omitted(f, getattr(value, f.name)))
        return {f.name: encode(getattr(value, f.name)) for f in written}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return exact(value)
    return value


def is_omitted(described: Field[object], value: object) -> bool:
    """Whether a field is omitted: added in a later version, and empty."""
    return LATER in described.metadata and value == described.default


def decode(kind: type[T], value: object) -> T:
    """Return the ``kind`` that ``encode`` turned into ``value``.

    Raises
    ------
    ValueError
        If ``value`` does not match the annotations of ``kind``.
    """
    return cast("T", _decode(kind, value))


def _decode(kind: object, value: object) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not types.NoneType]
        return None if value is None else _decode(options[0], value)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], part) for part in _expect(list, value))
    if is_dataclass(kind) and isinstance(kind, type):
        return _decode_record(kind, _expect(dict, value))
    return _decode_scalar(cast("type", kind), value)


def _decode_record(kind: type, value: dict[str, object]) -> object:
    hints = type_hints(kind)
    optional = {f.name for f in fields(kind) if LATER in f.metadata}
    if set(value) - set(hints) or set(hints) - set(value) - optional:
        raise ValueError(f"{kind.__name__}: fields {sorted(set(value) ^ set(hints))}")
    return kind(**{name: _decode(hints[name], part) for name, part in value.items()})


def _decode_scalar(kind: type, value: object) -> object:
    if kind in _READERS:
        return _READERS[kind](_expect(str, value))
    if issubclass(kind, StrEnum):
        return kind(_expect(str, value))
    return _expect(kind, value)


def _expect(kind: type[T], value: object) -> T:
    # A boolean is an int in Python, and an int is not a flag in JSON: compare exactly.
    if type(value) is not kind:
        raise ValueError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"not a decimal: {text!r}") from error
    # A short text such as « 1e999999999 » can denote a huge number.
    if not number.is_finite() or abs(number.adjusted()) > _MAX_EXPONENT:
        raise ValueError(f"not a reasonable decimal: {text!r}")
    return number


_READERS: dict[type, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: _decimal,
}
