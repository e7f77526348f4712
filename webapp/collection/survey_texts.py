"""Free-text answers of questionnaires, converted into contributions of the workshop.

The text of a converted answer is moved to its contribution, so that masking, withdrawal and erasure
apply to both.
"""

from collections.abc import Collection
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import (
    Channel,
    Contribution,
    DecisionKind,
    QuestionKind,
    SentAnswer,
    Survey,
    SurveyAnswer,
)
from webapp.exceptions import NotFoundError
from webapp.platform import audit
from webapp.platform.audit import Actor

Answers = dict[int, list[str | None]]


def send(session: Session, *, survey: Survey, actor: Actor) -> int:
    """Convert the free-text answers into contributions of the workshop, pending moderation.

    Return the number of new contributions; idempotent.

    Raises
    ------
    NotFoundError
        If the questionnaire has no workshop.
    """
    if survey.workshop is None:
        raise NotFoundError(survey.public_id)
    ids = [q.id for q in survey.questions if q.kind is QuestionKind.TEXT]
    waiting = session.scalars(
        select(SurveyAnswer)
        .outerjoin(SentAnswer, SentAnswer.answer_id == SurveyAnswer.id)
        .where(SurveyAnswer.question_id.in_(ids), SentAnswer.answer_id.is_(None))
        .order_by(SurveyAnswer.id)
        .with_for_update(of=SurveyAnswer)
    ).all()
    for answer in waiting:
        contribution = contributions.submit_contribution(
            session,
            code=survey.workshop.code,
            body=answer.value,
            key=str(uuid4()),
            now=actor.now,
            details=Details(channel=Channel.IMPORT),
        )
        answer.value = ""
        session.add(SentAnswer(answer_id=answer.id, contribution_id=contribution.id))
    session.flush()
    audit.record_act(session, actor, "survey.send", f"survey:{survey.public_id}", str(len(waiting)))
    return len(waiting)


def read(session: Session, *, question_ids: Collection[int]) -> Answers:
    """Return the answers by question id; None for an answer that may not be shown."""
    found: Answers = {}
    for answer, contribution in session.execute(
        select(SurveyAnswer, Contribution)
        .outerjoin(SentAnswer, SentAnswer.answer_id == SurveyAnswer.id)
        .outerjoin(Contribution, Contribution.id == SentAnswer.contribution_id)
        .options(joinedload(Contribution.decision))
        .where(SurveyAnswer.question_id.in_(question_ids))
        .order_by(SurveyAnswer.id)
    ):
        found.setdefault(answer.question_id, []).append(_text(answer, contribution))
    return found


def _text(answer: SurveyAnswer, contribution: Contribution | None) -> str | None:
    if contribution is None:
        return answer.value
    return (
        contribution.body
        if contribution.decision.kind is DecisionKind.PENDING
        else contribution.shown_body
    )
