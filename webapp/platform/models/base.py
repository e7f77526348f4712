"""Declarative base and column types shared by every model."""

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
    """An instant. SQLite forgets time zones; this puts UTC back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes, store UTC."""
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
    """A short list of words, kept as JSON text: the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Store a JSON array."""
        del dialect
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return a tuple, which nobody can change in place unseen."""
        del dialect
        return None if value is None else tuple(json.loads(value))


class IntegerKind(TypeDecorator[IntEnum]):
    """A ranked list of states, kept as their numbers so that the database sorts them."""

    impl = Integer
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:
        """Store the number."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:
        """Return the member; a number of no member is a defect of the data."""
        del dialect
        return None if value is None else self.kind(value)


def enum_column(kind: type[StrEnum], name: str = "") -> Enum:
    """Return the column type of a state: its words, checked by a named constraint.

    A table with two columns of one kind names their constraints apart.
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
    """Plain SQLAlchemy: models do not know Flask."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        tuple[str, ...]: Strings,
    }


def new_public_id() -> str:
    """Return an identifier that tells nothing and cannot be guessed (72 bits)."""
    return secrets.token_urlsafe(9)


def new_link_token() -> str:
    """Return what opens a table's page to whoever holds it (132 bits)."""
    return secrets.token_urlsafe(17)


class HasPublicId:
    """What is named in an address has an identifier that is not sequential."""

    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
