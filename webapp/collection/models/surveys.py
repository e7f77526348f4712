"""Tables of the satisfaction questionnaires and their answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.workshops import Workshop
from webapp.platform.models.base import Base, HasPublicId, enum_column


class SurveyState(StrEnum):
    """States of a questionnaire: draft → open ⇄ closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


_NEXT_STATES = {
    SurveyState.DRAFT: (SurveyState.OPEN,),
    SurveyState.OPEN: (SurveyState.CLOSED,),
    SurveyState.CLOSED: (SurveyState.OPEN,),
}


class QuestionKind(StrEnum):
    """Échelle de 1 à 5, choix, texte libre."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


class Survey(HasPublicId, Base):
    """A questionnaire about one workshop, or about the conference if it has none."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    state: Mapped[SurveyState] = mapped_column(enum_column(SurveyState), default=SurveyState.DRAFT)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    workshop: Mapped[Workshop | None] = relationship()
    questions: Mapped[list["SurveyQuestion"]] = relationship(
        back_populates="survey", order_by="SurveyQuestion.position"
    )

    @property
    def next_states(self) -> tuple[SurveyState, ...]:
        """States that may follow the present one."""
        return _NEXT_STATES[self.state]


class SurveyQuestion(Base):
    """A question; ``choices`` are the possible answers."""

    __tablename__ = "survey_question"
    __table_args__ = (
        UniqueConstraint("survey_id", "position"),
        CheckConstraint("(kind = 'choice') = (choices <> '[]')", name="choices_of_a_choice"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    label: Mapped[str] = mapped_column(String(300))
    choices: Mapped[tuple[str, ...]] = mapped_column(default=())
    survey: Mapped[Survey] = relationship(back_populates="questions")


class SurveyAnswer(Base):
    """An answer to one question; ``sheet`` is the idempotency key of the submission."""

    __tablename__ = "survey_answer"
    __table_args__ = (UniqueConstraint("question_id", "sheet"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"))
    sheet: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(Text)


class SentAnswer(Base):
    """Link from a free-text answer to its contribution, which alone holds the text."""

    __tablename__ = "sent_answer"

    answer_id: Mapped[int] = mapped_column(
        ForeignKey("survey_answer.id", ondelete="CASCADE"), primary_key=True
    )
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
