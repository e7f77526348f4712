"""Features of each candidate boundary between the proposals of a contribution."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nlp.boundary_words import fold, known
from nlp.delimiters import Delimiter
from nlp.outline import LIST_SIZE, Context, Outline, Piece
from nlp.word_lists import words

_DEMANDS = frozenset(("act", "nominal", "bare", "defined", "framed", "wish"))
_FAMILIES = {"slash": "list", "plus": "list", "dash": "list"}
_SIZES = (1, 2, 3, 5, 8, 14)
_READABLE = 12
_FOREIGN = 0.2
_PHRASE = 2
_CLITICS = frozenset(("le", "la", "les", "lui", "leur", "y", "en"))
_CLITICS_ALONE = (["y"], ["en"], ["leur"])
QUESTION = "right is a question"
RANKED = "rank after the first"  # « Deuxième idée » after « première idée »


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a contribution may be cut.

    Attributes
    ----------
    delimiter : Delimiter
        What stands there.
    start, stop : int
        Offsets in characters: where the piece before ends, and where the piece after begins.
    features : frozenset of str
        Names of what is true of it.
    """

    delimiter: Delimiter
    start: int
    stop: int
    features: frozenset[str]


def candidates(text: str) -> tuple[int, tuple[Candidate, ...]]:
    """Describe every place where a contribution may be cut.

    Parameters
    ----------
    text : str
        One contribution.

    Returns
    -------
    tuple of (int, tuple of Candidate)
        Where the first piece begins, after a bullet or a rank, and the candidates in order. The
        first item of a list is no candidate: what introduces the list stays with it.

    Examples
    --------
    >>> start, (found,) = candidates("- Des bus ; des taxis")
    >>> start, found.stop, "kind:semicolon" in found.features
    (2, 12, True)
    """
    return _Features(text).candidates()


class _Features:
    """The features of the delimiters of one contribution."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._outline = Outline(text)

    def candidates(self) -> tuple[int, tuple[Candidate, ...]]:
        if not self._outline.read:
            return 0, ()
        first = self._outline.read[min(self._outline.start, len(self._outline.read) - 1)].start
        shared = frozenset(self._of_the_note())
        contexts = self._outline.contexts()
        return first, tuple(
            Candidate(
                self._outline.marks[at],
                self._outline.read[self._outline.marks[at].start].start,
                self._outline.read[self._outline.marks[at].stop].start,
                shared.union(
                    self._of_the_delimiter(at),
                    self._of_the_pieces(at),
                    self._of_the_words(at),
                    self._of_the_run(at),
                    self._of_the_context(at, contexts[at]),
                ),
            )
            for at in self._outline.places
        )

    def _of_the_note(self) -> Iterator[str]:
        said = [token.word for token in self._outline.read]
        whole = self._outline.piece(self._outline.start, len(said))
        acts = (whole.shape == "act") + sum(
            self._outline.right[at].shape == "act" for at in self._outline.places
        )
        yield f"acts:{min(acts, LIST_SIZE)}"
        if any(_announces(one, other) for one, other in pairwise(said)):
            yield "announced"
        letters = sum(word[0].isalpha() for word in said)
        if len(said) > _READABLE and sum(word in _french() for word in said) < _FOREIGN * letters:
            yield "foreign"

    def _of_the_delimiter(self, at: int) -> Iterator[str]:
        mark, shape = self._outline.marks[at], self._outline.right[at].shape
        link = mark.link or "none"
        yield f"kind:{mark.kind}"
        yield f"link:{link}"
        yield f"link:{link}>{shape}"
        yield f"{_family(mark)}:link:{link}"
        if self._outline.listed and link not in {"order", "bullet"}:
            yield "inside a listed item"

    def _of_the_pieces(self, at: int) -> Iterator[str]:
        family, left, right = (
            _family(self._outline.marks[at]),
            self._outline.left[at],
            self._outline.right[at],
        )
        level = _level(family)
        yield f"opens:{right.opening}"
        yield f"right:{right.shape}"
        yield f"{family}:right:{right.shape}"
        yield f"{left.shape}>{right.shape}"
        yield f"{family}:{left.shape}>{right.shape}"
        yield f"{level}:left size:{_bin(self._outline.size(left))}"
        yield f"{level}:right size:{_bin(self._outline.size(right))}"
        if left.opening == right.opening:
            yield f"{family}:same opening"
            yield f"same opening:{right.opening}"

    def _of_the_words(self, at: int) -> Iterator[str]:
        mark, left, right = self._outline.marks[at], self._outline.left[at], self._outline.right[at]
        if self._outline.subjects[right.stop] > self._outline.subjects[right.start]:
            yield "right has a subject"
        if self._outline.subjects[left.stop] > self._outline.subjects[left.start]:
            yield "left has a subject"
        if self._outline.stories[right.stop] > self._outline.stories[right.start]:
            yield "right tells a story"
        if self._outline.read[right.start].word in known("anaphor"):
            yield "right refers back"
        if self._refers_to_an_object(right):
            yield "object refers back"
        if self._outline.after[at] == len(self._outline.marks):
            yield "last"
        if mark.link != "and" and self._asks(right):
            yield QUESTION

    def _refers_to_an_object(self, piece: Piece) -> bool:
        """Recognise « réparez-les », « les former » in the first words."""
        said = [
            token.word
            for token in self._outline.read[piece.start : min(piece.stop, piece.start + 4)]
        ]
        hyphen = any(one == "-" and other in _CLITICS for one, other in pairwise(said))
        return hyphen or (piece.opening == "infinitive" and said[:1] in _CLITICS_ALONE)

    def _asks(self, piece: Piece) -> bool:
        """Tell a question from a wish: « Et si on ouvrait le stade ? »."""
        ends = self._outline.read[max(piece.start, piece.stop - 1) : piece.stop + 1]
        asked = any(token.word == "?" for token in ends)
        return asked and piece.opening not in {"if", "request"}

    def _of_the_run(self, at: int) -> Iterator[str]:
        family, right, run = (
            _family(self._outline.marks[at]),
            self._outline.right[at],
            self._outline.runs[at],
        )
        yield f"{family}:run:{run.count}"
        if run.smallest < LIST_SIZE:
            yield f"{family}:tiny item"
        if min(run.smallest, self._outline.size(self._outline.left[at])) < _PHRASE:
            yield f"{family}:one word"
        if run.shapes <= _DEMANDS:
            yield f"{family}:all demands"
            yield f"all demands:{run.count}"
        if run.count > 1 and len(run.shapes) == 1:
            yield f"uniform:{run.first}"
            yield f"{family}:uniform:{run.first}"
        if _level(family) == "list":
            yield f"{family}:list after:{run.after}"
            yield f"{family}:list until:{run.until}"
            yield f"{family}:smallest:{_bin(run.smallest)}"
            if run.count > 1:
                yield f"{family}:list of:{run.first}"
                yield f"list of:{run.first}>{right.shape}"

    def _of_the_context(self, at: int, context: Context) -> Iterator[str]:
        mark, left, right = self._outline.marks[at], self._outline.left[at], self._outline.right[at]
        family, link = _family(mark), mark.link or "none"
        if context.lead:
            yield f"{family}:introduced by:{context.lead}"
        if link == "order":
            yield RANKED if context.ranked else "rank alone"
        if _level(family) == "sentence":
            first = self._text[self._outline.read[mark.stop].start]
            yield "upper case" if first.isupper() else "lower case"
            yield f"after:{context.asked}"
            yield f"after:{context.asked}>{right.shape}"
            yield f"after:{context.asked}>{link}"
            if link != "none":
                told = "told" if left.shape in {"clause", "rest", "conjunction"} else "asked"
                yield f"linked:{left.shape}"
                yield f"linked:{told}:{'question' if self._asks(right) else 'statement'}"


def _announces(one: str, other: str) -> bool:
    """Recognise « deux choses », « nos idées »."""
    counts = one.isdigit() or one in known("count")
    return counts and (other in known("idea") or other in known("announcement"))


def _family(mark: Delimiter) -> str:
    return _FAMILIES.get(mark.kind, mark.kind)


def _level(family: str) -> str:
    return "sentence" if family in {"line", "stop"} else "list"


def _bin(size: int) -> str:
    return next((f"≤{most}" for most in _SIZES if size <= most), f">{_SIZES[-1]}")


@cache
def _french() -> frozenset[str]:
    return known("french") | {fold(word) for word in words("stop_words")}
