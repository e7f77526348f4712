"""Content of the projector page: counts, and ideas once revealed."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.collection import endorsements
from webapp.collection.models import SHOWN, Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.collection.text_analysis import frequent_words

_NOTES = 12
_WORDS = 24
_SIZES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A published idea."""

    public_id: str
    words: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the word cloud: number of ideas, and display size from 1 to 4."""

    word: str
    count: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """Projector content of a workshop; ``notes`` and ``words`` are empty until revealed."""

    received: int
    published: int
    notes: tuple[Note, ...]
    words: tuple[Word, ...]


def read_wall(session: Session, *, workshop: Workshop) -> Wall:
    """Return the projector content of ``workshop``."""
    kind = ModerationDecision.kind
    received, published = session.execute(
        select(func.count(), func.count().filter(kind.in_(SHOWN)))
        .select_from(Contribution)
        .join(Contribution.decision)
        .where(Contribution.workshop_id == workshop.id, kind != DecisionKind.WITHDRAWN)
    ).one()
    notes = _notes(session, workshop) if workshop.wall_revealed else []
    supported = sorted(notes, key=lambda note: -note.points)  # stable sort: then newest first
    return Wall(
        received=received,
        published=published,
        notes=tuple(supported[:_NOTES]),
        words=_words(notes),
    )


def _notes(session: Session, workshop: Workshop) -> list[Note]:
    points = endorsements.count_points(session, workshop=workshop)
    return [
        Note(public_id=idea.public_id, words=idea.shown_body or "", points=points.get(idea.id, 0))
        for idea in endorsements.list_shown(session, workshop=workshop)
    ]


def _words(notes: list[Note]) -> tuple[Word, ...]:
    """Return the most frequent words, among those of at least two ideas."""
    ranked = [pair for pair in frequent_words([n.words for n in notes], _WORDS) if pair[1] > 1]
    most = ranked[0][1] if ranked else 1
    return tuple(
        Word(word=word, count=count, size=max(1, round(_SIZES * count / most)))
        for word, count in ranked
    )
