"""Directory of the organisations that lead items or take part in them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.territory.models.references import MAX_CODE_LENGTH


class OrganisationKind(StrEnum):
    """Kind of organisation."""

    STATE = "state"
    AUTHORITY = "authority"
    OPERATOR = "operator"
    ASSOCIATION = "association"
    BUSINESS = "business"
    OTHER = "other"


class Organisation(HasPublicId, Base):
    """An organisation; ``folded`` is its name without case nor accents."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    territory: Mapped[str | None] = mapped_column(String(MAX_CODE_LENGTH))
    contact: Mapped[str] = mapped_column(String(200), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
