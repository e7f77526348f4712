"""Questions of a workshop, one of which is current."""

from sqlalchemy.orm import Session

from webapp.collection.models import Prompt, Workshop
from webapp.collection.workshops import record_act
from webapp.exceptions import EmptyTextError, NotFoundError
from webapp.platform import text_cleaning
from webapp.platform.audit import Actor


def add_prompt(
    session: Session, *, workshop: Workshop, question: str, hint: str = "", actor: Actor
) -> Prompt:
    """Append a question; the first one of a workshop becomes current.

    Raises
    ------
    EmptyTextError
        If the question is empty.
    """
    asked = " ".join(text_cleaning.clean(question).split())
    if not asked:
        raise EmptyTextError
    last = max((prompt.position for prompt in workshop.prompts), default=0)
    prompt = Prompt(
        position=last + 1,
        question=asked,
        hint=text_cleaning.clean(hint),
        is_current=workshop.current_prompt is None,
    )
    workshop.prompts.append(prompt)
    session.flush()
    record_act(session, workshop, "prompt", actor, str(prompt.position))
    return prompt


def ask(session: Session, *, workshop: Workshop, position: int, actor: Actor) -> Prompt:
    """Make the question at ``position`` the current one.

    Raises
    ------
    NotFoundError
        If the workshop has no such question.
    """
    chosen = next((prompt for prompt in workshop.prompts if prompt.position == position), None)
    if chosen is None:
        raise NotFoundError(str(position))
    for prompt in workshop.prompts:
        prompt.is_current = False
    session.flush()  # the unique index allows one current question at a time
    chosen.is_current = True
    session.flush()
    record_act(session, workshop, "ask", actor, str(position))
    return chosen
