"""Splits a contribution into several excerpts; its text does not change."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import Contribution, DecisionKind, Excerpt
from webapp.exceptions import NotPublishedError, SelectionError
from webapp.platform.audit import Actor
from webapp.review.analysis import segment_spans
from webapp.review.models import Act, EditedField, ReviewAction
from webapp.review.recorder import Place, ReviewRecorder

_SENTENCE = re.compile(r"(?<=[.!?;:\n])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A possible start of an excerpt, as an offset in the contribution."""

    at: int
    words: str
    proposed: bool


def cut_points(contribution: Contribution) -> tuple[CutPoint, ...]:
    """Return the possible cut points: ends of sentences and segment boundaries.

    A masked contribution cannot be split: the masked text has other offsets.
    """
    if contribution.decision.kind is not DecisionKind.PUBLISHED:
        return ()
    return tuple(point for passage in _passages(contribution) for point in _cut_points(passage))


def cut(
    session: Session,
    *,
    contribution: Contribution,
    at: Collection[int],
    actor: Actor,
    reason: str = "",
) -> ReviewAction:
    """Split a contribution before each offset of ``at``; the pieces keep its placement.

    Raises
    ------
    NotPublishedError
        If the contribution is masked or not shown.
    SelectionError
        If there is no valid offset, or a piece would be empty.
    """
    if contribution.decision.kind is not DecisionKind.PUBLISHED:
        raise NotPublishedError
    review = ReviewRecorder(session, contribution.workshop.working_group_id, Act.CUT, actor)
    passages = _passages(contribution)
    review.load(passage.id for passage in passages)
    pieces = [(passage, _pieces(contribution.body, passage, at)) for passage in passages]
    if all(len(found) == 1 for _, found in pieces):
        raise SelectionError
    for passage, found in pieces:
        _cut(session, review, passage, found)
    action = review.record(passages[0], reason=reason)
    session.expire(contribution, ["excerpts"])
    return action


def _cut(
    session: Session, review: ReviewRecorder, passage: Excerpt, pieces: list[tuple[int, int]]
) -> None:
    member = review.load([passage.id])[passage.id]
    if len(pieces) > 1 and member is not None and member.cluster is not None:
        review.touch(member.cluster)
    review.edit(passage, EditedField.STOP, pieces[0][1])
    for start, stop in pieces[1:]:
        piece = _piece(session, passage, start, stop)
        review.edit(piece, EditedField.STOP, stop)
        review.edit(piece, EditedField.DROPPED, value=False)
        review.place(piece.id, Place.of(member))


def _passages(contribution: Contribution) -> list[Excerpt]:
    return [passage for passage in contribution.excerpts if not passage.dropped]


def _cut_points(passage: Excerpt) -> Iterator[CutPoint]:
    text = passage.shown_text or ""
    sentences = {match.end() for match in _SENTENCE.finditer(text)}
    proposed = set()
    for (_, end), (start, _) in pairwise(segment_spans(text)):
        # An introduction such as « Deuxième idée : » stays with the segment that follows it.
        between = {at for at in range(end, start + 1) if at in sentences}
        proposed.add(min(between, default=start))
        sentences -= between
    for start, end in pairwise([*sorted(proposed | sentences), len(text)]):
        yield CutPoint(passage.start + start, text[start:end].strip(), start in proposed)


def _pieces(body: str, passage: Excerpt, at: Collection[int]) -> list[tuple[int, int]]:
    """Return the spans of the pieces of an excerpt, stripped of blanks."""
    inside = sorted({offset for offset in at if passage.start < offset < passage.stop})
    if not inside:
        return [(passage.start, passage.stop)]
    found = []
    for start, stop in pairwise([passage.start, *inside, passage.stop]):
        words = body[start:stop]
        found.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    if any(start >= stop for start, stop in found):
        raise SelectionError
    return [(passage.start, found[0][1]), *found[1:]]


def _piece(session: Session, excerpt: Excerpt, start: int, stop: int) -> Excerpt:
    """Return the row of a piece, reusing a dropped one left by an undone split."""
    known = session.scalar(
        select(Excerpt).where(
            Excerpt.contribution_id == excerpt.contribution_id, Excerpt.start == start
        )
    )
    if known is not None:
        return known
    made = Excerpt(
        contribution_id=excerpt.contribution_id,
        contribution_length=excerpt.contribution_length,
        start=start,
        stop=stop,
        dropped=True,
    )
    session.add(made)
    session.flush()
    return made
