"""What the room sees on the projector: counts at once, words only once they are revealed."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.services import endorsements
from webapp.services.analysis import frequent_words

_NOTES = 12
_WORDS = 24
_SIZES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A published idea on the wall."""

    public_id: str
    words: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that several ideas say: in how many, and its size on the wall, 1 to 4."""

    word: str
    count: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """The wall of a workshop; while it is hidden, ``notes`` and ``words`` are empty."""

    received: int
    published: int
    notes: tuple[Note, ...]
    words: tuple[Word, ...]


def read_wall(session: Session, *, workshop: Workshop) -> Wall:
    """Return what the wall of ``workshop`` shows now: published words, and only when revealed."""
    received = session.scalar(
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.decision)
        .where(
            Contribution.workshop_id == workshop.id,
            ModerationDecision.kind != DecisionKind.WITHDRAWN,
        )
    )
    shown = endorsements.list_shown(session, workshop=workshop)
    points = endorsements.count_points(session, workshop=workshop)
    notes = [
        Note(public_id=s.public_id, words=s.shown_body or "", points=points.get(s.id, 0))
        for s in shown
    ]
    supported = sorted(notes, key=lambda note: -note.points)  # stable: then latest first
    return Wall(
        received=received or 0,
        published=len(notes),
        notes=tuple(supported[:_NOTES]) if workshop.wall_revealed else (),
        words=_words(notes) if workshop.wall_revealed else (),
    )


def _words(notes: list[Note]) -> tuple[Word, ...]:
    """Return the words said by two ideas or more: a word of one person is not a trend."""
    ranked = [pair for pair in frequent_words([n.words for n in notes], _WORDS) if pair[1] > 1]
    most = ranked[0][1] if ranked else 1
    return tuple(
        Word(word=word, count=count, size=max(1, round(_SIZES * count / most)))
        for word, count in ranked
    )
