"""Retention periods, and the record of each purge."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base, enum_column

if TYPE_CHECKING:
    from webapp.accounts.models.users import User

# Allowed range of each retention period; the name ends with the unit.
DELAYS = {
    "words_days": (1, 365),
    "answers_days": (30, 1095),
    "accounts_months": (3, 36),
    "marks_hours": (24, 168),
    "imports_hours": (1, 168),
    "exports_hours": (1, 24),
}
DEFAULT_DELAYS = {
    "words_days": 180,
    "answers_days": 365,
    "accounts_months": 12,
    "marks_hours": 24,
    "imports_hours": 24,
    "exports_hours": 1,
}


class RetentionPolicy(Base):
    """Retention periods of the instance; a single row, absent while the defaults apply."""

    __tablename__ = "retention_policy"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        *(
            CheckConstraint(f"{name} BETWEEN {least} AND {most}", name=f"{name}_range")
            for name, (least, most) in DELAYS.items()
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words_days: Mapped[int]
    answers_days: Mapped[int]
    accounts_months: Mapped[int]
    marks_hours: Mapped[int]
    imports_hours: Mapped[int]
    exports_hours: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_by: Mapped["User | None"] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class PurgeCause(StrEnum):
    """What triggered a purge."""

    NIGHT = "night"
    COMMAND = "command"
    RESTORE = "restore"


class PurgeRecord(Base):
    """Number of rows deleted by one purge, by kind. Append-only."""

    __tablename__ = "purge_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    cause: Mapped[PurgeCause] = mapped_column(enum_column(PurgeCause))
    words: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    accounts: Mapped[int] = mapped_column(default=0)
    marks: Mapped[int] = mapped_column(default=0)
    imports: Mapped[int] = mapped_column(default=0)
    exports: Mapped[int] = mapped_column(default=0)
