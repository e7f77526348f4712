"""Finds personal data in a contribution."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile

from nlp.identifiers import CHECKS
from nlp.personal_rules import Rule, Rules, folded, load
from nlp.personal_words import read

_LEFT = frozenset("_#%WXAOS")  # roles of words that a rule may set aside
_ELIDED = re.compile("P7[cia]'0n")
_OUTSIDE = re.compile("[\U00010000-\U0010ffff]")
_NEAR = 60  # characters in which the context of a number is looked for
_REPEATS = 20
_SIGNS = 3  # of each word, in the code that the rules on words read
_SHORTEST_NAME = 4
Span = tuple[int, int]


class Kind(StrEnum):
    """What a passage reveals."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    NIR = "nir"
    IBAN = "iban"
    NUMBER = "number"
    BIRTH = "birth"
    ADDRESS = "address"
    PLATE = "plate"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A passage that says who somebody is, or how they are.

    Attributes
    ----------
    start, end : int
        Offsets in characters, ``end`` excluded.
    kind : Kind
        What it reveals.
    """

    start: int
    end: int
    kind: Kind


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Return the passages of ``text`` that reveal somebody.

    Parameters
    ----------
    text : str
        One contribution.

    Returns
    -------
    tuple of PersonalData
        Passages in order, without overlap. A name is whole, its civility included.

    Examples
    --------
    >>> text = "Mme Josiane Vé, 12 rue des Lilas, 06 12 34 56 78"
    >>> [(found.kind.value, text[found.start : found.end]) for found in find_personal_data(text)]
    [('name', 'Mme Josiane Vé'), ('address', '12 rue des Lilas'), ('phone', '06 12 34 56 78')]
    """
    reader = _Reader(text, load())
    for rule in reader.rules.rules:
        reader.apply(rule)
    reader.repeat_names()
    return tuple(reader.merged())


class _Reader:
    """A text while the rules are applied to it one after the other."""

    def __init__(self, text: str, rules: Rules) -> None:
        self.rules = rules
        self.plain = folded(text)
        self.exact = _OUTSIDE.sub("\ufffd", text)
        self.words = read(self.exact, self.plain, rules)
        self.found: list[tuple[int, int, str]] = []  # the surest first
        self.code = self._coded()

    def _coded(self) -> str:
        return "".join(word.code for word in self.words)

    def apply(self, rule: Rule) -> None:
        """Look for what ``rule`` finds, and remember it."""
        if rule.needs and rule.needs.isdisjoint(kind for *_, kind in self.found):
            return
        for _ in range(_REPEATS if rule.repeat else 1):
            spans = list(self._spans(rule))
            for start, end in spans:
                self._keep(start, end, rule.kind)
            if not spans:
                return
            self.code = self._coded()

    def _spans(self, rule: Rule) -> Iterator[Span]:
        """Yield what a rule finds, as offsets in the text."""
        said = {"text": self.plain, "exact": self.exact, "words": self.code}[rule.on]
        for match in rule.pattern.finditer(said):
            whole = rule.on == "words" or not match.re.groups
            start, end = match.start(0 if whole else 1), match.end()
            if rule.reject and rule.reject.search(said[start:end]):
                continue
            for group in range(1, match.re.groups + 1) or (0,):
                start, end = match.span(group)
                if start < end and (checked := self._checked(rule, start, end)):
                    yield checked

    def _checked(self, rule: Rule, start: int, end: int) -> Span | None:
        """Return a finding as offsets in the text, unless its context or its key denies it."""
        if rule.on == "words":
            return self.words[start // _SIGNS].start, self.words[(end - 1) // _SIGNS].end
        near = self.plain[max(0, start - _NEAR) : start]
        if rule.before and rule.before.search(near):
            return None
        told = not rule.check or (rule.context and rule.context.search(near))
        return (start, end) if told or CHECKS[rule.check](self.plain[start:end]) else None

    def _keep(self, start: int, end: int, kind: str) -> None:
        """Remember a finding, and say to the next rules which words it takes."""
        if kind:
            self.found.append((start, end, kind))
        role = {"": "Z", Kind.NAME: "Q"}.get(kind, "V")
        first = bisect_right(self.words, start, key=lambda word: word.end)
        for word in takewhile(lambda word: word.start < end, islice(self.words, first, None)):
            if kind or word.code[0] in _LEFT:
                word.code = role + word.code[1:]

    def repeat_names(self) -> None:
        """Find again, alone, the words of the names that were found."""
        names = {
            word.text
            for word in self.words
            if word.code[0] == "Q" and word.code[1] in "1236" and len(word.text) >= _SHORTEST_NAME
        }
        for place, word in enumerate(self.words):
            if word.text in names and word.code[0] not in "QVZ" and word.code[2] != "x":
                self._keep(self.words[self._elided(place)].start, word.end, Kind.NAME)

    def _elided(self, place: int) -> int:
        """Return where « L' » begins that stands before a word of a name, or its own place."""
        before = "".join(word.code for word in self.words[max(0, place - 2) : place])
        return place - 2 if _ELIDED.fullmatch(before) else place

    def merged(self) -> Iterator[PersonalData]:
        """Yield what was found; passages that overlap, or that a space parts, are one."""
        order = sorted(range(len(self.found)), key=lambda rank: (*self.found[rank][:2], rank))
        first, *others = order or (None,)
        if first is None:
            return
        start, end, kind = self.found[first]
        surest = first
        for rank in others:
            from_, to, other = self.found[rank]
            beside = other == kind and not self.plain[end:from_].strip(" ")
            if from_ < end or beside:
                surest = min(surest, rank)
                end, kind = max(end, to), self.found[surest][2]
                continue
            yield PersonalData(start, end, Kind(kind))
            start, end, kind, surest = from_, to, other, rank
        yield PersonalData(start, end, Kind(kind))
