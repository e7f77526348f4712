"""Hierarchy of the pieces of a contribution between its delimiters, and their shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from nlp.boundary_words import known, tokens
from nlp.clause_openings import opening, shape
from nlp.delimiters import STRENGTH, Delimiter, delimiters

_LEAD = 12
_SHORT_LEAD = 4
LIST_SIZE = 3  # counts beyond are alike


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens between two delimiters, with what they look like.

    Attributes
    ----------
    start, stop : int
        Positions of the tokens, ``stop`` excluded.
    opening : str
        How it opens (:func:`nlp.clause_openings.opening`).
    shape : str
        What it looks like: ``"act"``, ``"wish"``, ``"clause"``, ``"nominal"``…
    """

    start: int
    stop: int
    opening: str
    shape: str


@dataclass(frozen=True, slots=True)
class Run:
    """Delimiters of one kind in a row, as the commas of a list.

    Attributes
    ----------
    count : int
        How many there are.
    first : str
        Shape of the piece before them.
    shapes : frozenset of str
        Shapes of all the pieces.
    smallest : int
        Words of the smallest piece after one of them.
    after, until : str
        Kinds of the delimiters around them, or ``"start"`` and ``"end"``.
    """

    count: int
    first: str
    shapes: frozenset[str]
    smallest: int
    after: str
    until: str


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before a delimiter.

    Attributes
    ----------
    asked : str
        ``"a demand"``, ``"a thing"`` or ``"nothing"``.
    ranked : bool
        True after « première idée » or « 1) ».
    lead : str
        What precedes the colon of the sentence: ``"an announcement"``, ``"an act"``, ``"a word"``,
        ``"a clause"``, or ``""`` without a colon.
    """

    asked: str
    ranked: bool
    lead: str


class Outline:
    """The pieces of one contribution at every level.

    Parameters
    ----------
    text : str
        The contribution.

    Attributes
    ----------
    read : list of Token
        Words and marks.
    marks : list of Delimiter
        Delimiters, in order.
    start : int
        Position of the first token after a leading bullet or rank.
    before, after : list of int
        For each delimiter, the previous and the next one that is as strong or stronger.
    left, right : list of Piece
        The pieces around each delimiter, up to these.
    places : list of int
        Delimiters where the contribution may be cut.
    runs : dict of int to Run
        The run of each of these.
    listed : bool
        True when the contribution holds bullets or ranks.
    words, subjects, stories : list of int
        How many words, subject pronouns and words of the first person precede each token.
    """

    def __init__(self, text: str) -> None:
        self.read = tokens(text)
        self.marks = delimiters(text, self.read)
        leads = bool(self.marks) and self.marks[0].start == 0
        self.start = self.marks[0].stop if leads else 0
        self.words = self._count(frozenset())
        self.subjects = self._count(known("subject"))
        self.stories = self._count(known("first_person"))
        self.before = _previous(self.marks)
        self.after = _following(self.marks)
        self.left = [self._piece_before(at) for at in range(len(self.marks))]
        self.right = [self._piece_after(at) for at in range(len(self.marks))]
        self.listed = any(mark.link in {"order", "bullet"} for mark in self.marks)
        self.places = [at for at, mark in enumerate(self.marks) if _may_cut(mark)]
        self.runs = self._find_runs()

    def size(self, piece: Piece) -> int:
        """Return how many words and numbers a piece holds.

        Parameters
        ----------
        piece : Piece
            A piece of this contribution.

        Returns
        -------
        int
            Marks and line breaks are not counted.
        """
        return self.words[piece.stop] - self.words[piece.start]

    def piece(self, start: int, stop: int) -> Piece:
        """Return the piece between two positions.

        Parameters
        ----------
        start, stop : int
            Positions of tokens, ``stop`` excluded.

        Returns
        -------
        Piece
            With its opening and its shape.
        """
        opens = opening(self.read, start, stop)
        return Piece(start, stop, opens, shape(self.read, start, stop, opens))

    def contexts(self) -> list[Context]:
        """Return what is already said when each delimiter comes.

        Returns
        -------
        list of Context
            One per delimiter.
        """
        whole = self.piece(self.start, self._end(int(self.start > 0)))
        asked = _more_asked("nothing", whole.shape)
        ranked = self.start > 0 and self.marks[0].link == "first"
        lead, sentence = "", self.start
        found = []
        for at, mark in enumerate(self.marks):
            if mark.kind in {"stop", "line", "number"}:
                lead, sentence = "", mark.stop
            elif mark.kind == "colon":
                lead = self._lead(sentence, mark.start)
            found.append(Context(asked, ranked, lead))
            ranked = ranked or mark.link == "first"
            if STRENGTH[mark.kind] >= STRENGTH["colon"] or mark.link == "and":
                asked = _more_asked(asked, self.right[at].shape)
        return found

    def _count(self, some: frozenset[str]) -> list[int]:
        """Return how many words precede each token: those of ``some``, or all."""
        found = (t.word in some if some else t.word[0].isalnum() for t in self.read)
        return list(accumulate(found, initial=0))

    def _piece_before(self, at: int) -> Piece:
        before = self.before[at]
        start = self.marks[before].stop if before >= 0 else self.start
        return self.piece(start, max(start, self.marks[at].start))

    def _piece_after(self, at: int) -> Piece:
        return self.piece(self.marks[at].stop, self._end(self.after[at]))

    def _end(self, at: int) -> int:
        return self.marks[at].start if at < len(self.marks) else len(self.read)

    def _find_runs(self) -> dict[int, Run]:
        """Gather the delimiters of one kind that follow each other inside a greater piece."""
        members: dict[int, list[int]] = {}
        for at in self.places:
            before = self.before[at]
            same = before in members and self.marks[before].kind == self.marks[at].kind
            members[at] = members[before] if same else []
            members[at].append(at)
        made = {at: self._run(same) for at, same in members.items() if same[0] == at}
        return {at: made[same[0]] for at, same in members.items()}

    def _run(self, members: Sequence[int]) -> Run:
        pieces = [self.right[at] for at in members]
        first = self.left[members[0]]
        before, after = self.before[members[0]], self.after[members[-1]]
        return Run(
            count=min(len(members), LIST_SIZE),
            first=first.shape,
            shapes=frozenset({first.shape, *(piece.shape for piece in pieces)}),
            smallest=min(self.size(piece) for piece in pieces),
            after=self.marks[before].kind if before >= 0 else "start",
            until=self.marks[after].kind if after < len(self.marks) else "end",
        )

    def _lead(self, start: int, stop: int) -> str:
        """Name what comes before a colon."""
        said = self.read[max(start, stop - _LEAD) : stop]
        if any(token.word in known("announcement") for token in said):
            return "an announcement"
        if self.piece(start, stop).shape == "act":
            return "an act"
        return "a word" if stop - start <= _SHORT_LEAD else "a clause"


def _may_cut(mark: Delimiter) -> bool:
    return mark.start > 0 and mark.kind != "colon" and mark.link != "first"


def _previous(marks: Sequence[Delimiter]) -> list[int]:
    """Return the last delimiter before each that is as strong or stronger, or −1."""
    found: list[int] = []
    open_: list[int] = []
    for at, mark in enumerate(marks):
        while open_ and STRENGTH[marks[open_[-1]].kind] < STRENGTH[mark.kind]:
            open_.pop()
        found.append(open_[-1] if open_ else -1)
        open_.append(at)
    return found


def _following(marks: Sequence[Delimiter]) -> list[int]:
    """Return the next delimiter after each that is as strong or stronger; colons end nothing."""
    found = [len(marks)] * len(marks)
    open_: list[int] = []
    for at in reversed(range(len(marks))):
        if marks[at].kind == "colon":
            found[at] = at + 1
            continue
        while open_ and STRENGTH[marks[open_[-1]].kind] < STRENGTH[marks[at].kind]:
            open_.pop()
        found[at] = open_[-1] if open_ else len(marks)
        open_.append(at)
    return found


def _more_asked(asked: str, shape: str) -> str:
    """Return what was asked so far: a demand, a thing or nothing."""
    if asked == "a demand" or shape in {"act", "wish"}:
        return "a demand"
    return "a thing" if shape in {"nominal", "bare", "framed", "participle"} else asked
