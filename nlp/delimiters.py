"""Delimiters of proposals: marks, line breaks, bullets, number ranges and link words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.boundary_words import Token, known, phrase_at

# A piece ends at the next delimiter of the same strength, or of a greater one.
STRENGTH = {
    "line": 5, "number": 5, "stop": 4, "colon": 3, "semicolon": 3, "slash": 3, "plus": 3,
    "dash": 3, "word": 2, "comma": 1, "and": 0,
}  # fmt: skip
_BULLETS = frozenset("-–—•*·▪►✓→")
_STOPS = frozenset(".!?…")
_BRACKETS = {"(": ")", "«": "»", "[": "]", "“": "”"}
_CLOSING = frozenset(_BRACKETS.values())
_ANYWHERE = frozenset(("and", "order"))
_AFTER_MARK = frozenset(("and", "also", "first", "next", "order"))
_WEAK_LINKS = frozenset(("", "bullet", "et", "also", "and"))
_LETTERS = "abcdefgh"
_MOST = 21
_AFTER_RANK = frozenset((":", ",", "-", "–", "="))
_AFTER_NUMBER = frozenset((":", ".", ",", "-", ")"))


@dataclass(frozen=True, slots=True)
class Delimiter:
    """What stands between two pieces of a text.

    Attributes
    ----------
    start, stop : int
        Positions of its first token, and of the first token of the piece that follows.
    kind : str
        A key of ``STRENGTH``.
    link : str
        ``"first"`` or ``"order"`` for a rank, ``"bullet"``, ``"and"``, ``"also"``, ``"next"`` for
        link words (``nlp/data/proposal_markers.txt``), ``"et"`` for that word alone, or ``""``.
    """

    start: int
    stop: int
    kind: str
    link: str


def delimiters(text: str, read: Sequence[Token]) -> list[Delimiter]:
    """Find every delimiter of a text, those inside brackets and quotation marks left out.

    Parameters
    ----------
    text : str
        Any text.
    read : sequence of Token
        Its tokens.

    Returns
    -------
    list of Delimiter
        In order. The first one may be at the beginning of the text: a bullet or a rank.

    Examples
    --------
    >>> from nlp.boundary_words import tokens
    >>> text = "- Des bus, et aussi des taxis"
    >>> [(found.kind, found.link) for found in delimiters(text, tokens(text))]
    [('line', 'bullet'), ('comma', 'and')]
    """
    return list(_Finder(text, read).delimiters())


class _Finder:
    """Reads the tokens of one text from left to right."""

    def __init__(self, text: str, read: Sequence[Token]) -> None:
        self._text = text
        self._read = read
        self._numbers = self._find_numbers()
        self._bracketed = self._find_bracketed()

    def delimiters(self) -> Iterator[Delimiter]:
        at, bulleted = 0, False
        while at < len(self._read):
            found = None if self._is_bracketed(at) else self._delimiter(at)
            if found is None:
                at += 1
                continue
            at = found.stop
            if found.link == "bullet" and not bulleted:
                bulleted = True
                if found.start > 0:  # what precedes a list introduces it
                    found = Delimiter(found.start, found.stop, found.kind, "first")
            if at < len(self._read):
                yield found

    def _is_bracketed(self, at: int) -> bool:
        return self._bracketed[at] and at not in self._numbers

    def _word(self, at: int) -> str:
        return self._read[at].word if 0 <= at < len(self._read) else ""

    def _blank_after(self, at: int) -> bool:
        end = self._read[at].end
        return end >= len(self._text) or self._text[end].isspace()

    def _blank_before(self, at: int) -> bool:
        start = self._read[at].start
        return start == 0 or self._text[start - 1].isspace()

    def _delimiter(self, at: int) -> Delimiter | None:
        """Read marks, bullets, ranks and links as far as they follow each other."""
        kind, link, stop = self._mark(at), "", at
        after_mark = bool(kind) or at == 0
        while stop < len(self._read):
            mark, following = self._mark(stop), stop + 1
            if self._word(stop) in _BULLETS and (kind == "line" or stop == 0):
                kind, link = "line", link or "bullet"
            elif (stop == at or mark != "colon") and mark and stop not in self._numbers:
                kind = max(kind, mark, key=lambda one: STRENGTH.get(one, -1))
            elif found := self._link(stop, _AFTER_MARK if after_mark else _ANYWHERE):
                kind = "number" if stop in self._numbers else kind or "word"
                link, following = (found[0] if link in _WEAK_LINKS else link), found[1]
            elif self._word(stop) == "et" and stop > 0:
                kind, link = kind or "and", link or "et"
            else:
                break
            stop, after_mark = following, True
        return Delimiter(at, stop, kind, link) if stop > at else None

    def _mark(self, at: int) -> str:
        word = self._word(at)
        if word in _STOPS:
            return "stop" if self._ends_a_sentence(at) else ""
        if word == ";":
            return "" if self._word(at + 1) in {")", "-"} else "semicolon"
        if word == ",":
            decimal = self._word(at + 1).isdigit() and not self._blank_after(at)
            return "" if decimal else "comma"
        if word == "/":
            return "slash" if self._blank_after(at) or self._blank_before(at) else ""
        if word == "+" or word in _BULLETS:
            apart = self._blank_after(at) and self._blank_before(at)
            return ("plus" if word == "+" else "dash") if apart else ""
        return {"\n": "line", ":": "colon"}.get(word, "")

    def _ends_a_sentence(self, at: int) -> bool:
        if self._word(at) == "." and self._word(at - 1) in known("abbreviation"):
            return False
        return self._blank_after(at) or self._word(at + 1) in _STOPS

    def _link(self, at: int, kinds: frozenset[str]) -> tuple[str, int] | None:
        if at in self._numbers:
            rank, after = self._numbers[at]
            return ("first" if rank == 1 else "order"), after
        found = self._rank(at)
        if found and (kinds is _AFTER_MARK or found[0] == "order"):
            return found
        found = phrase_at(self._read, at, kinds)
        if found and self._word(found[1]) in {",", ":"}:
            return found[0], found[1] + 1
        # « Plus de bus » asks for more; « Plus une laverie » adds one.
        if found and self._word(at) == "plus" and self._word(at + 1) in {"de", "d'"}:
            return None
        return found

    def _rank(self, at: int) -> tuple[str, int] | None:
        """Match « première idée : », « la 2e, », « autre proposition », « idée n° 2 : »."""
        at += self._word(at) == "et"
        if self._word(at) in known("idea"):
            return self._numbered_idea(at)
        at += self._word(at) in known("rank_article")
        word = self._word(at)
        if word in known("rank"):
            order, at = ("first" if word in known("first_rank") else "order"), at + 1
        elif len(word) == 1 and word.isdigit() and self._word(at + 1) in known("rank_suffix"):
            order, at = ("first" if word == "1" else "order"), at + 2
        else:
            return None
        idea = self._word(at) in known("idea")
        # « Deuxième verrou : » ranks any noun; « Autre jour, » does not.
        noun = word in known("ordinal") and self._word(at + 1) in {":", ","}
        at += idea or (noun and self._word(at).isalpha())
        if self._word(at) in _AFTER_RANK or (idea and self._word(at) in {"serait", "est"}):
            return order, at + 1
        return (order, at) if idea and word != "autres" else None

    def _numbered_idea(self, at: int) -> tuple[str, int] | None:
        at += 1
        for sign in ("n", "no", "numero", "°"):
            at += self._word(at) == sign
        if self._word(at).isdigit() and self._word(at + 1) in _AFTER_NUMBER:
            return ("first" if self._word(at) == "1" else "order"), at + 2
        return None

    def _find_numbers(self) -> dict[int, tuple[int, int]]:
        """Find the numbers and letters that count from one: start, then rank and stop."""
        styles: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for at in range(len(self._read) - 1):
            rank = _rank_of(self._word(at))
            if rank and (start := self._number_start(at)) is not None:
                letter = "a" if self._word(at).isalpha() else "1"
                styles[letter + self._word(at + 1)].append((rank, start, at + 2))
        found: dict[int, tuple[int, int]] = {}
        for same in styles.values():
            counted = _counted(same)
            if len(counted) > 1 or (same[0][1] == 0 and same[0][0] < _MOST):
                found |= {start: (rank, stop) for rank, start, stop in counted or same[:1]}
        return found

    def _number_start(self, at: int) -> int | None:
        """Return where « 1) », « (1) », « 1. », « a) » begins, if it is one."""
        mark = self._word(at + 1)
        start = at - (mark == ")" and self._word(at - 1) == "(")
        glued = self._read[at + 1].start == self._read[at].end
        allowed = ")/" if self._word(at).isalpha() else ").°/:-–"
        begins = self._word(start - 1) in {"", "\n"}
        apart = self._blank_before(start) or self._word(start - 1) in {",", ";", ":", "."}
        if mark not in allowed or not apart or not (glued or (mark in "-–:" and begins)):
            return None
        return start if self._blank_after(at + 1) or mark in ")°" else None

    def _find_bracketed(self) -> list[bool]:
        """Tell which tokens are inside brackets or quotation marks closed on the same line."""
        inside = [False] * len(self._read)
        opened: list[int] = []
        for at, token in enumerate(self._read):
            if token.word in _BRACKETS:
                opened.append(at)
            elif token.word in _CLOSING and opened:
                start = opened.pop()
                if not opened and _BRACKETS[self._word(start)] == token.word:
                    inside[start + 1 : at] = [True] * (at - start - 1)
            elif token.word == "\n":
                opened.clear()
        return inside


def _rank_of(word: str) -> int:
    if word.isascii() and word.isdigit() and len(word) < len("100"):
        return int(word)
    return _LETTERS.find(word) + 1 if len(word) == 1 else 0


def _counted(same: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Keep the ranks that count from one; a list may start again."""
    kept: list[tuple[int, int, int]] = []
    rank = 0
    for one in same:
        if one[0] == rank + 1 or (one[0] == 1 and rank > 1):
            kept.append(one)
            rank = one[0]
    return kept
