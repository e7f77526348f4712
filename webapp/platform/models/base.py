"""Declarative base and column types shared by all models."""

import json
import secrets
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite does not store time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Reject naive datetimes and convert to UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware datetime."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class Strings(TypeDecorator[tuple[str, ...]]):
    """A short list of strings, stored as JSON text on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Store a JSON array."""
        del dialect
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return a tuple: in-place changes would not be detected."""
        del dialect
        return None if value is None else tuple(json.loads(value))


class IntegerKind(TypeDecorator[IntEnum]):
    """An ``IntEnum`` stored as an integer, so that the database can sort on it."""

    impl = Integer
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:
        """Store the integer."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:
        """Return the member; an unknown number raises ``ValueError``."""
        del dialect
        return None if value is None else self.kind(value)


def enum_column(kind: type[StrEnum], name: str = "") -> Enum:
    """Return the column type of a string enumeration, with a named CHECK constraint.

    ``name`` distinguishes the constraints of two columns of the same enumeration in one table.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Declarative base, independent of Flask."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        tuple[str, ...]: Strings,
    }


def new_public_id() -> str:
    """Return a random, opaque identifier (72 bits)."""
    return secrets.token_urlsafe(9)


class HasPublicId:
    """Mixin: a random public identifier, used in URLs instead of the primary key."""

    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
