"""One contribution may hold several proposals: where each begins and ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_ITEM = r"(?:\(?\d{1,2}[.)°/](?!\d)|[-–—•*·▪►✓→]|\(?[a-h]\))"
# A number or a bullet opens a proposal at the beginning of a line only, where it is no hyphen.
_LINE_ITEM = re.compile(rf"^[ \t]{{0,20}}{_ITEM}(?:[ \t]|(?=[^\W\d_]))")
_INLINE_NUMBER = re.compile(r"(?<![^\s:;,.])\(?([1-9])[.)](?=\s)")
_LINK_WORDS = r"(?:et aussi|ensuite,|par ailleurs,|de plus,|autre idée ?:|également,)"
_LINK = re.compile(rf"[,.]? {_LINK_WORDS}(?= )", re.IGNORECASE)
_SEMICOLON = re.compile(r";")
_EDGE = re.compile(
    r"^(?:\s|[-–—•*·▪►✓→;,.]|\(?\d{1,2}[.)°/](?!\d)|\(?[a-h]\)\s"
    rf"|{_LINK_WORDS}(?=\s))+",
    re.IGNORECASE,
)
_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a text: ``text[start:end]``.

    Attributes
    ----------
    start, end : int
        Offsets in characters, ``end`` excluded.
    """

    start: int
    end: int


def segment(text: str) -> tuple[Span, ...]:
    r"""Return where the separate proposals of one contribution are.

    Blank lines, numbered or bulleted lines, « 1) … 2) … » on a line, semicolons, and links such as
    « et aussi » separate proposals. A piece too short to say anything stays with its neighbour.

    Parameters
    ----------
    text : str
        One contribution.

    Returns
    -------
    tuple of Span
        Proposals in order, without overlap; the whole text when it holds one; empty when blank.

    Examples
    --------
    >>> text = "- Isoler les murs\n- Des bus le soir ; des taxis partagés"
    >>> [text[span.start : span.end] for span in segment(text)]
    ['Isoler les murs', 'Des bus le soir', 'des taxis partagés']
    """
    cuts = sorted({0, *_line_cuts(text), *_inline_cuts(text), len(text)})
    pieces: list[Span] = []
    for start, end in pairwise(cuts):
        piece = _trim(text, start, end)
        if piece is None:
            continue
        if pieces and (_too_short(text, piece) or _too_short(text, pieces[-1])):
            pieces[-1] = Span(pieces[-1].start, piece.end)
        else:
            pieces.append(piece)
    return tuple(pieces) or _whole(text)


def _line_cuts(text: str) -> Iterator[int]:
    start, blank_before = 0, False
    for line in text.splitlines(keepends=True):
        if blank_before or _LINE_ITEM.match(line):
            yield start
        blank_before = not line.strip()
        start += len(line)


def _inline_cuts(text: str) -> Iterator[int]:
    for pattern in (_SEMICOLON, _LINK):
        yield from (match.start() for match in pattern.finditer(text))
    # « 1) » alone is a reference; a list counts from 1.
    numbers = list(_INLINE_NUMBER.finditer(text))
    counted = [int(match.group(1)) for match in numbers]
    if len(numbers) > 1 and counted == list(range(1, len(numbers) + 1)):
        yield from (match.start() for match in numbers)


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    edge = _EDGE.match(piece)
    first = start + (edge.end() if edge else 0)
    last = start + len(piece.rstrip(" \t\r\n;,"))
    return Span(first, last) if first < last else None


def _too_short(text: str, span: Span) -> bool:
    return sum(char.isalpha() for char in text[span.start : span.end]) < _LETTERS


def _whole(text: str) -> tuple[Span, ...]:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (Span(start, end),) if start < end else ()
