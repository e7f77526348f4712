"""Content of the projector pages: counts, and once revealed, ideas and words page by page."""

import textwrap
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.collection import endorsements
from webapp.collection.models import SHOWN, Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.collection.text_analysis import frequent_words

PAGE_SECONDS = 12
# A page that has just been published is shown for this long, before the pages turn again.
_NEWS = timedelta(seconds=20)
_MOST_WORDS = 16
_LEAST_WORDS = 4
_WORD_SIZES = (2, 3, 4)

# Room for ideas below the question, by type size: characters of a line, and lines. Measured on
# screens of 16:9 with a wide typeface (DejaVu Sans); the sizes are ``sm-size-N`` in screens.css.
_ROOM = {4: (31, 6), 3: (42, 10), 2: (58, 14)}
_SMALLEST = 2
_LEAST_SHARED = 3  # smaller type is for an idea alone on its page
_MARGIN = 1  # lines that the frame of an idea takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A published idea, or one part of it when a page is too small for the whole."""

    public_id: str
    words: str
    points: int
    shown_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the word cloud: number of ideas, and type size."""

    word: str
    count: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What fits on the screen at once: ideas in one type size, or words."""

    size: int
    notes: tuple[Note, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of ideas that answer the current question."""

    received: int
    published: int


def count_ideas(session: Session, *, workshop: Workshop) -> Counts:
    """Return how many ideas answer the current question of ``workshop``."""
    kind = ModerationDecision.kind
    received, published = session.execute(
        select(func.count(), func.count().filter(kind.in_(SHOWN)))
        .select_from(Contribution)
        .join(Contribution.decision)
        .where(
            Contribution.workshop_id == workshop.id,
            kind != DecisionKind.WITHDRAWN,
            endorsements.answers(workshop),
        )
    ).one()
    return Counts(received=received, published=published)


def read_pages(session: Session, *, workshop: Workshop, only: str = "") -> tuple[Page, ...]:
    """Return the pages of ``workshop``: words, then ideas; none until they are revealed.

    Ideas with the most points come first, then the newest. ``only`` is the public id of an idea
    to show alone; an unknown one changes nothing.
    """
    if not workshop.wall_revealed:
        return ()
    notes = _notes(session, workshop)
    chosen = [note for note in notes if note.public_id == only]
    if chosen:
        return tuple(_laid_out(chosen))
    prompt = workshop.current_prompt
    words = _words(notes, prompt.question if prompt else workshop.title)
    ideas = _laid_out(sorted(notes, key=lambda note: -note.points))  # stable: then newest first
    return (*words, *ideas)


def page_number(pages: tuple[Page, ...], *, asked: int | None, now: datetime) -> int:
    """Return the position of the page to show, from 0.

    That is the one that was asked for; otherwise the one of an idea published in the last seconds;
    otherwise the pages take turns by the clock, so that all the screens of a room agree.
    """
    if asked is not None:
        return (asked - 1) % max(len(pages), 1)
    shown = [(note.shown_at, -at) for at, page in enumerate(pages) for note in page.notes]
    latest, at = max(shown, default=(now - _NEWS, 0))
    if now - latest < _NEWS:
        return -at
    return int(now.timestamp() // PAGE_SECONDS) % max(len(pages), 1)


def question_size(question: str) -> int:
    """Return the type size in which ``question`` takes two lines, or three when it is very long."""
    limits = ((60, 4), (88, 3))
    return next((size for limit, size in limits if len(question) <= limit), 2)


def _notes(session: Session, workshop: Workshop) -> list[Note]:
    points = endorsements.count_points(session, workshop=workshop)
    return [
        Note(
            public_id=idea.public_id,
            words=" ".join((idea.shown_body or "").split()),
            points=points.get(idea.id, 0),
            shown_at=idea.decision.decided_at,
        )
        for idea in endorsements.list_shown(session, workshop=workshop, current=True)
    ]


def _laid_out(notes: list[Note]) -> list[Page]:
    """Put each note on the first page where it fits in large type; a long one has its own."""
    pages: list[tuple[Note, ...]] = []
    for note in notes:
        parts = _parts(note)
        fits = (at for at, page in enumerate(pages) if _largest((*page, note)) >= _LEAST_SHARED)
        at = next(fits, None)
        if at is None:
            pages.extend((part,) for part in parts)
        else:
            pages[at] = (*pages[at], note)
    return [Page(size=_largest(page), notes=page) for page in pages]


def _largest(notes: tuple[Note, ...]) -> int:
    """Return the largest type size in which ``notes`` fit on a page, or the smallest one."""
    sizes = (size for size, (_, lines) in _ROOM.items() if _height(notes, size) <= lines)
    return next(sizes, _SMALLEST)


def _height(notes: tuple[Note, ...], size: int) -> int:
    width, _ = _ROOM[size]
    lines = sum(-(-len(note.words) * 21 // (width * 20)) for note in notes)  # 5 % lost at line ends
    return lines + _MARGIN * len(notes) + sum(1 for note in notes if note.points)


def _parts(note: Note) -> list[Note]:
    """Return ``note``, cut between words where it does not fit on a page in the smallest type."""
    width, lines = _ROOM[_SMALLEST]
    room = width * (lines - 2) * 20 // 21
    if len(note.words) <= room:
        return [note]
    cut = textwrap.wrap(note.words, room - 2)
    return [
        Note(
            public_id=note.public_id,
            words=f"{'…' if at else ''}{words}{'…' if at < len(cut) - 1 else ''}",
            points=note.points,
            shown_at=note.shown_at,
        )
        for at, words in enumerate(cut)
    ]


def _words(notes: list[Note], question: str) -> tuple[Page, ...]:
    """Return the page of the most frequent words of two ideas or more, if there are enough."""
    ranked = frequent_words((note.words for note in notes), _MOST_WORDS, question)
    shared = [(word, count) for word, count in ranked if count > 1]
    if len(shared) < _LEAST_WORDS:
        return ()
    most, steps = shared[0][1], len(_WORD_SIZES)
    words = tuple(
        Word(word=word, count=count, size=_WORD_SIZES[max(0, round(steps * count / most) - 1)])
        for word, count in shared
    )
    return (Page(size=_WORD_SIZES[-1], words=words),)
