"""Legal notices of the instance."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base, enum_column

MAX_NOTICE_LENGTH = 1000
NOTICE_FIELDS = (
    "publisher",
    "director",
    "host",
    "controller",
    "dpo",
    "rights_contact",
    "authority",
    "accessibility_contact",
)


class Conformity(StrEnum):
    """Conformity declared in the accessibility statement."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class LegalNotice(Base):
    """Publisher, host and contacts of the instance; a single row, fields empty until filled."""

    __tablename__ = "legal_notice"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    publisher: Mapped[str] = mapped_column(Text, default="")
    director: Mapped[str] = mapped_column(Text, default="")
    host: Mapped[str] = mapped_column(Text, default="")
    controller: Mapped[str] = mapped_column(Text, default="")
    dpo: Mapped[str] = mapped_column(Text, default="")
    rights_contact: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[str] = mapped_column(Text, default="")
    accessibility_contact: Mapped[str] = mapped_column(Text, default="")
    conformity: Mapped[Conformity] = mapped_column(enum_column(Conformity), default=Conformity.NONE)
    audited: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed
