"""Encodes each word as three characters for the personal-data rules."""

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.personal_rules import Rules, folded, load

_OPENS = frozenset('~!:"-')  # what stands before the first word of a sentence
_NO_NAME = frozenset("CMPFDKLUku")  # roles of words that stand beside a name
_NAMED = frozenset("1234568")
_MARK = re.compile("[\u0300-\u036f]")
_POSTCODE = 5
_SHOUTED, _SHOUTS = 20, 0.6  # letters from which a text in capitals is one, and their share


@dataclass(slots=True)
class Word:
    """A word, a number or a sign.

    Attributes
    ----------
    start, end : int
        Offsets in characters.
    text : str
        Without accents nor capitals.
    code : str
        Role, nature and shape.
    """

    start: int
    end: int
    text: str
    code: str


def read(text: str, plain: str, rules: Rules) -> list[Word]:
    """Cut ``text`` into words and say what each is.

    Parameters
    ----------
    text : str
        Any text.
    plain : str
        The same, folded.
    rules : Rules
        What the words are recognised by.

    Returns
    -------
    list of Word
        In order.
    """
    shouted = _is_shouted(text)
    words: list[Word] = []
    opens = True
    for match in rules.token.finditer(text):
        start, end = match.span()
        word = _MARK.sub("", plain[start:end])
        shape = _shape(match.group(), opens=opens, shouted=shouted)
        code = _code(match.group(), word, rules, shape=shape)
        words.append(Word(start, end, word, code))
        opens = code[0] in _OPENS
    _label(words, plain, rules)
    _leave_public(words, rules)
    return words


def name_words(passage: str) -> tuple[str, ...]:
    """Return the words of a person's name, without civility, particle or word that says who it is.

    Parameters
    ----------
    passage : str
        What was found as a name.

    Returns
    -------
    tuple of str
        As they are written.

    Examples
    --------
    >>> name_words("Mme Josiane Le Goff"), name_words("la famille Dupuis")
    (('Josiane', 'Goff'), ('Dupuis',))
    """
    words = read(passage, folded(passage), load())
    return tuple(
        passage[word.start : word.end]
        for word in words
        if word.code[0] not in _NO_NAME and word.code[1] in _NAMED
    )


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.lower() != char.upper()]
    capitals = sum(char != char.lower() for char in letters)
    return len(letters) >= _SHOUTED and capitals >= _SHOUTS * len(letters)


def _shape(word: str, *, opens: bool, shouted: bool) -> str:
    if shouted or word[0] == word[0].lower():
        return "x"
    if len(word) > 1 and word == word.upper():
        return "a"
    return "i" if opens else "c"


def _code(written: str, word: str, rules: Rules, *, shape: str) -> str:
    if word.isdecimal() and word.isascii():
        return "%0n" if len(word) == _POSTCODE else "#0n"
    if len(written) == 1 and not written.isalpha():
        return f"{rules.signs.get(written, '@')}0n"
    return f"{_told(word)}{shape}"


@lru_cache(maxsize=50_000)
def _told(word: str) -> str:
    """Return the role and the nature of a word: most of those of a consultation come back."""
    rules = load()
    return f"{rules.roles.get(word, '_')}{nature(word, rules)}"


def nature(word: str, rules: Rules) -> str:
    """Say what kind of word this is.

    Parameters
    ----------
    word : str
        Without accents nor capitals.
    rules : Rules
        The lists of words.

    Returns
    -------
    str
        A figure, as ``rules.toml`` explains them.

    Examples
    --------
    >>> from nlp.personal_rules import load
    >>> [nature(word, load()) for word in ("josiane", "rose", "durand", "petit", "bus", "segre")]
    ['1', '2', '3', '4', '5', '8']
    """
    if len(word) == 1:
        return "7"
    known = _listed(word, rules)
    if known != "6" or "-" not in word:
        return known
    if rules.place_part.search(word):
        return "8"
    parts = [_listed(part, rules) for part in word.split("-")]
    if parts[0] in "12":
        return "1" if all(part in "12" for part in parts) else "3"
    if "3" in parts:
        return "3"
    return "5" if "5" in parts else "6"


def _listed(word: str, rules: Rules) -> str:
    lists = rules.lists
    surname = word in lists["surnames"]
    if word in lists["first_names"]:
        unsure = ("ambiguous_first_names", "proper_nouns", "places")
        return "2" if any(word in lists[name] for name in unsure) else "1"
    if word in lists["proper_nouns"]:
        return "4" if surname else "9"
    bare = rules.bare.sub("", word) if len(word) > 3 else word  # noqa: PLR2004 - « les », « mes »
    ordinary = bare in lists["ordinary_words"] or bool(
        len(word) > 5 and rules.derived.search(word)  # noqa: PLR2004 - « Lages » is a name
    )
    if surname:
        return "4" if ordinary or word in lists["places"] else "3"
    if word in lists["places"]:
        return "8"
    return "5" if ordinary else "6"


def _label(words: list[Word], plain: str, rules: Rules) -> None:
    """Give its role to each word of a group that has one."""
    at_start = {word.start: place for place, word in enumerate(words)}
    for role, pattern in rules.labels:
        for match in pattern.finditer(plain):
            start, end = match.span(1 if match.re.groups else 0)
            place = at_start.get(start, len(words))
            while place < len(words) and words[place].start < end:
                words[place].code = role + words[place].code[1:]
                place += 1


def _leave_public(words: list[Word], rules: Rules) -> None:
    """Leave alone the names of public figures."""
    for place, word in enumerate(words):
        for name in rules.public.get(word.text, ()):
            found = words[place : place + len(name)]
            if tuple(one.text for one in found) == name:
                for one in found:
                    one.code = f"Z9{one.code[2]}"
