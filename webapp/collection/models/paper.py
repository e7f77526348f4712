"""Tables of printed slips, of keyed paper lines and of their second readings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import Contribution
from webapp.collection.models.workshops import Prompt, Workshop
from webapp.platform import tokens
from webapp.platform.models.base import Base


class PrintedSlip(Base):
    """A slip printed with the code of its future receipt.

    ``code`` is on the stub only, which its author keeps; ``mark`` is on the part that is handed in.
    ``contribution`` is the last one keyed from it; the slip is in use while that contribution has
    ``code`` as its receipt, which a line that is taken back loses.
    """

    __tablename__ = "printed_slip"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_positive"),
        UniqueConstraint("workshop_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    printed_at: Mapped[datetime]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    workshop: Mapped[Workshop] = relationship()
    prompt: Mapped[Prompt | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()

    @property
    def mark(self) -> str:
        """Its number in the workshop, with two check characters."""
        return tokens.mark(self.number, series=self.workshop_id)

    @property
    def is_keyed(self) -> bool:
        """Whether the code is the receipt of a contribution."""
        return self.contribution is not None and self.contribution.receipt == self.code


class PaperLine(Base):
    """The user who keyed in a paper contribution."""

    __tablename__ = "paper_line"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    keyed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    keyed_by: Mapped[User] = relationship()


class PaperReading(Base):
    """Second reading of a keyed line: confirmed, or replaced by a correction."""

    __tablename__ = "paper_reading"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime]
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    read_by: Mapped[User] = relationship()
    correction: Mapped[Contribution | None] = relationship(foreign_keys=correction_id)
