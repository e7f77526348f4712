"""What sorting notes one by one needs: compared pairs, and who is reading which note."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class ExcerptPairs(Base):
    """How probably an excerpt says the same as each other excerpt of its working group.

    All the rows of a working group are computed together, and replaced together.
    """

    __tablename__ = "excerpt_pairs"

    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"), primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    # Rank of the excerpt in ``probabilities`` of every row of the working group.
    position: Mapped[int]
    # Little-endian 16-bit integers, one for each position: 65,535 times the probability.
    probabilities: Mapped[bytes] = mapped_column(LargeBinary)


class TriageClaim(Base):
    """The note that a person is reading: others are offered another one until the claim expires."""

    __tablename__ = "triage_claim"

    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    until: Mapped[datetime]
