"""The rules that recognise personal data: one file, read here and by the browser."""

import json
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

_LISTS = (
    "first_names",
    "ambiguous_first_names",
    "surnames",
    "places",
    "proper_nouns",
    "ordinary_words",
    "public_names",
)
_BASE_36 = string.digits + string.ascii_uppercase
_PIECE = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression, and what it must also satisfy.

    Attributes
    ----------
    kind : str
        What it finds; empty when it finds what must be left alone.
    on : {"text", "exact", "words"}
        What it reads: the text without accents nor capitals, the text as it is, or the code of
        its words.
    pattern : re.Pattern
        Each group that takes part is a finding; without group, the whole match is.
    check : str
        Name of the key of the finding, if any.
    context, before, reject : re.Pattern or None
        What must stand before when the key is wrong; what must not stand just before; what must
        not be in the match.
    needs : frozenset of str
        Kinds of which one must have been found already, if any.
    repeat : bool
        Whether it is applied until it finds nothing more.
    """

    kind: str
    on: str
    pattern: re.Pattern[str]
    check: str
    context: re.Pattern[str] | None
    before: re.Pattern[str] | None
    reject: re.Pattern[str] | None
    needs: frozenset[str]
    repeat: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules, ready to be applied.

    Attributes
    ----------
    token, bare, derived, place_part : re.Pattern
        How words are cut, brought to their bare form and recognised by their form.
    signs, roles : mapping of str to str
        What a sign of punctuation is read as; the role of a word.
    labels : tuple of (str, re.Pattern)
        The role of groups of words.
    rules : tuple of Rule
        In the order in which they are applied.
    lists : mapping of str to frozenset of str
        The lists of words, without accents nor capitals.
    public : mapping of str to tuple of tuple of str
        The names of public figures, word by word, under their first word.
    """

    token: re.Pattern[str]
    bare: re.Pattern[str]
    derived: re.Pattern[str]
    place_part: re.Pattern[str]
    signs: Mapping[str, str]
    roles: Mapping[str, str]
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    rules: tuple[Rule, ...]
    lists: Mapping[str, frozenset[str]]
    public: Mapping[str, tuple[tuple[str, ...], ...]]

    def patterns(self) -> Iterator[re.Pattern[str]]:
        """Yield every expression, so that a test holds each to linear time.

        Yields
        ------
        re.Pattern
            A compiled expression.
        """
        yield from (self.token, self.bare, self.derived, self.place_part)
        yield from (pattern for _, pattern in self.labels)
        for rule in self.rules:
            yield from filter(None, (rule.pattern, rule.context, rule.before, rule.reject))


def folded(text: str) -> str:
    r"""Return ``text`` in lower case without accents, character for character.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length; what is not in the basic plane becomes U+FFFD.

    Examples
    --------
    >>> folded("Élise À 😀") == "elise a \ufffd"
    True
    """
    return "".join(map(_folded, text))


@cache
def _folded(char: str) -> str:
    if ord(char) > 0xFFFF:  # noqa: PLR2004 - a browser counts such a character twice
        return "\ufffd"
    lower = unicodedata.normalize("NFD", char)[0].lower()
    return lower if len(lower) == 1 else char


@cache
def source() -> Mapping[str, Any]:
    """Return the rules as they are written, and their lists.

    Returns
    -------
    mapping
        ``lists``, then ``reading``, ``signs``, ``roles``, ``labels``, ``pieces`` and ``rules``:
        in this order they compress best.
    """
    folder = files("nlp") / "data" / "personal"
    read = tomllib.loads((folder / "rules.toml").read_text("utf-8"))
    lists = {name: _lines((folder / f"{name}.txt").read_text("utf-8")) for name in _LISTS}
    return {"lists": lists, **read}


def as_json() -> str:
    """Return the rules and their lists as the browser reads them.

    Returns
    -------
    str
        JSON in ASCII. Lists are front-coded: each word is how many letters it shares with the word
        before, in base 36, and the others.
    """
    read = source()
    lists = {name: _front_coded(lines.split("\n")) for name, lines in read["lists"].items()}
    return json.dumps({**read, "lists": lists}, separators=(",", ":"))


def _front_coded(words: Iterable[str]) -> str:
    coded, before = [], ""
    for word in words:
        alike = takewhile(lambda both: both[0] == both[1], zip(word, before, strict=False))
        shared = min(len(list(alike)), len(_BASE_36) - 1)
        coded.append(_BASE_36[shared] + word[shared:])
        before = word
    return "".join(coded)


@cache
def load() -> Rules:
    """Return the rules, compiled once.

    Returns
    -------
    Rules
        Those of ``nlp/data/personal``.
    """
    read = source()
    compiled = _Compiler(read["pieces"])
    reading = {name: compiled(pattern) for name, pattern in read["reading"].items()}
    lists = {name: frozenset(lines.split("\n")) for name, lines in read["lists"].items()}
    return Rules(
        **reading,
        signs={char: sign for sign, chars in read["signs"].items() for char in chars},
        roles={word: role for role, words in read["roles"].items() for word in words.split()},
        labels=tuple((label["role"], compiled(label["pattern"])) for label in read["labels"]),
        rules=tuple(compiled.rule(rule) for rule in read["rules"]),
        lists=lists,
        public=_by_first_word(reading["token"], lists["public_names"]),
    )


class _Compiler:
    """Compiles expressions that are made of pieces."""

    def __init__(self, pieces: Mapping[str, str]) -> None:
        self.pieces = pieces

    def __call__(self, pattern: str) -> re.Pattern[str]:
        while _PIECE.search(pattern):
            pattern = _PIECE.sub(lambda piece: self.pieces[piece.group(1)], pattern)
        return re.compile(pattern, re.ASCII)

    def rule(self, read: Mapping[str, Any]) -> Rule:
        before = f"(?:{read['before']})$" if "before" in read else None
        return Rule(
            kind=read["kind"],
            on=read["on"],
            pattern=self(read["pattern"]),
            check=read.get("check", ""),
            context=self._optional(read.get("context")),
            before=self._optional(before),
            reject=self._optional(read.get("reject")),
            needs=frozenset(read.get("needs", "").split()),
            repeat=read.get("repeat", False),
        )

    def _optional(self, pattern: str | None) -> re.Pattern[str] | None:
        return self(pattern) if pattern is not None else None


def _by_first_word(
    token: re.Pattern[str], names: Iterable[str]
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in sorted(names):
        name = tuple(match.group() for match in token.finditer(line))
        by_first[name[0]] = (*by_first.get(name[0], ()), name)
    return by_first


def _lines(text: str) -> str:
    lines = (folded(line.strip()) for line in text.splitlines() if not line.startswith("#"))
    return "\n".join(sorted(set(filter(None, lines))))
