"""Demonstration of tables, projector and survey."""

from sqlalchemy.orm import Session

from webapp.collection import prompts, surveys, tables, workshops
from webapp.collection.models import SurveyState
from webapp.collection.workshops import get_workshop
from webapp.platform.audit import Actor

TABLES = 6
WORKSHOPS = ("H7KQ4M", "V5LHC4", "D2RZP7")
STAND = "E6PGW3"
NEXT_QUESTION = "Et vous, que pourriez-vous y faire\u00a0?"
PRESENTATION = (
    "On y répare sa voiture soi-même, avec un mécanicien et des bénévoles\u00a0; on en prête une "
    "pendant ce temps.\nNous cherchons des communes qui voudraient le même garage."
)
# Invented: number of answers for each mark, from 1 to 5, on the two scales.
MARKS = ((1, 2, 5, 14, 16), (3, 6, 12, 11, 6))
DURATIONS = ("trop courte",) * 15 + ("bonne",) * 21 + ("trop longue",) * 2
WISHES = (
    "Plus de temps à table, moins de discours le matin",
    "Un micro pour ceux qui parlent doucement",
    "Prévoir une garde d’enfants, j’ai failli ne pas venir",
    "Envoyer les questions la veille, pour en parler chez nous",
    "Revenir nous dire ce que vous en avez fait",
)


def add_room_data(session: Session, *, actor: Actor) -> None:
    """Create tables and a projector for the open workshops, and a survey for the conference."""
    for code in WORKSHOPS:
        workshop = get_workshop(session, code=code)
        tables.add_links(session, workshop=workshop, count=TABLES, actor=actor)
        prompts.add_prompt(session, workshop=workshop, question=NEXT_QUESTION, actor=actor)
        workshops.set_wall(session, workshop=workshop, revealed=True, actor=actor)
    get_workshop(session, code=STAND).presentation = PRESENTATION
    survey = surveys.create_survey(
        session, title="Votre avis sur la journée", workshop=None, actor=actor
    )
    surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=actor)
    first, second = (_marks(counts) for counts in MARKS)
    for number, answers in enumerate(zip(first, second, DURATIONS, strict=True)):
        values = dict(enumerate(answers, start=1))
        if number % 8 == 0:
            values[4] = WISHES[number // 8]
        surveys.answer(session, survey=survey, values=values, sheet=f"demonstration-{number}")


def _marks(counts: tuple[int, ...]) -> list[str]:
    """Return one mark per answer."""
    return [mark for mark, count in zip(surveys.SCALE, counts, strict=True) for _ in range(count)]
