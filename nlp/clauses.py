"""The clauses of a text, whole, with their offsets: what a title may be made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.grammar import grammar, is_infinitive, is_order, plain_words
from nlp.openers import opened
from nlp.word_lists import words

_READ = 4000
_AFTER = 60
_ENOUGH = 2
_MARK = re.compile(
    r"[.!?…]+|\s\(?[1-9a-e]\)(?=\s)|\s[1-9]/(?=\s)|(?<=[:;,.!?])\s[1-9]\.(?=\s)|[\n;]+|\s[/–—•*·▪►✓→-](?=\s)|[«»“”\"]"
)
_COLON = re.compile(r":(?=\s)")
_COMMA = re.compile(r",(?=\s)")
_EDGES = " \t\r\n\u00a0\u202f,;:.…-–—•*·▪►✓→/+"
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)°/](?=\s|[^\W\d_])|\(\d{1,2}\)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_ABBREVIATIONS = frozenset(
    ("m", "mm", "mme", "mlle", "dr", "pr", "st", "ste", "av", "bd", "tel", "tél", "n", "p", "ex")
)
_LINKS = frozenset("/–—•*·▪►✓→-")
# What a reason begins with: the request before it is whole without it.
_REASONS = (
    "car ", "parce que ", "parce qu'", "puisque ", "puisqu'", "vu que ", "comme ça ", "svp",
    "s'il vous plaît", "s'il vous plait", "merci", "point", "voilà", "vous verrez",
)  # fmt: skip
_REASON = re.compile(
    r" (?=(?:sinon|parce que|parce qu'|puisque|puisqu'|vu que|svp|s'il vous pla[iî]t)\b)",
    re.IGNORECASE,
)
_EXPLAINS = ("on ", "ils ", "il y a ", "je ", "j'", "nous ")
# Last words that add nothing to a request.
_TAIL = re.compile(
    r",? (?:svp|s'il (?:vous|te) pla[iî]t|merci|voilà|point|(?:et )?c'est (?:tout|réglé)|"
    r"et basta|tant qu'à faire|quoi)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause quoted exactly: ``text[start:end] == words``.

    Attributes
    ----------
    words : str
        The clause itself, without the marks around it; a question keeps its mark.
    start, end : int
        Offsets in characters, ``end`` excluded.
    lead : str
        What the same sentence says before it, up to a colon; empty when it opens the sentence.
    after : str
        What the text says after it.
    is_cut : bool
        Whether its sentence goes on after it, with a reason or with another request.
    is_reported : bool
        Whether it stands between quotation marks: somebody else's words.
    """

    words: str
    start: int
    end: int
    lead: str = ""
    after: str = ""
    is_cut: bool = False
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    asks: bool
    is_reported: bool


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text``, each up to the punctuation that ends it.

    Sentences, lines, items of a list and what follows a colon are clauses; so is what comes before
    a reason (« …, sinon on… ») and each request of a list (« créer…, payer… »). No other comma ends
    a clause: what follows may be a condition.

    Parameters
    ----------
    text : str
        Any text; what lies beyond 4,000 characters is not read.

    Returns
    -------
    tuple of Clause
        Clauses in reading order; a sentence comes before its own parts.

    Examples
    --------
    >>> [clause.words for clause in clauses("1) Isoler les murs, car on gèle. Et vite !")]
    ['Isoler les murs, car on gèle', 'Isoler les murs', 'Et vite']
    """
    read = text[:_READ]
    return tuple(clause for sentence in _sentences(read) for clause in _parts(read, sentence))


def _sentences(text: str) -> Iterator[_Sentence]:
    """Yield each sentence, line or item, and whether it is a question or somebody else's words."""
    start, depth, began = 0, 0, 0
    # A note that is one quotation is its author's.
    wholly = text.count("«") <= 1 and text.strip().startswith("«")
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if sign in '«»“”"':
            depth = _depth(depth, sign)
        elif _ends(text, mark):
            yield _Sentence(start, mark.start(), "?" in sign, began > 0 and not wholly)
            start, began = mark.end(), depth
    yield _Sentence(start, len(text), asks=False, is_reported=began > 0 and not wholly)


def _depth(depth: int, sign: str) -> int:
    """Return how many quotations are open after ``sign``."""
    if sign == '"':
        return 1 - min(depth, 1)
    return depth + 1 if sign in "«“" else max(0, depth - 1)


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Tell whether ``mark`` ends a sentence, and is no part of a number, a word or a list."""
    sign, follows = mark.group().strip(" \t\u00a0\u202f("), text[mark.end() : mark.end() + 40]
    if sign == ".":
        before = text[max(0, mark.start() - 20) : mark.start()].split()[-1:]
        word = before[0].strip("(") if before else ""
        initial = len(word) == 1 and word.isupper()
        return not (follows[:1].strip() or word.lower() in _ABBREVIATIONS or initial)
    if sign in _LINKS:
        first = _first_word(follows)
        return is_infinitive(first) or (sign == "/" and first in grammar("opens_item"))
    return True


def _parts(text: str, sentence: _Sentence) -> Iterator[Clause]:
    """Yield a sentence and what follows its colons, each before its own parts, then its labels."""
    colons = [m.end() for m in _COLON.finditer(text, sentence.start, sentence.end)]
    begins = [sentence.start, *colons]
    for begin in begins:
        whole = _clause(text, begin, sentence.end)
        if whole is None:
            continue
        if sentence.asks and not text[whole.end : sentence.end + 3].partition("?")[0].strip():
            end = text.index("?", whole.end) + 1
            whole = replace(whole, words=text[whole.start : end], end=end)
        bounds = _shorter(whole)
        found = [whole, *(_clause(text, start, end, cut=True) for start, end in bounds)]
        for clause in filter(None, found):
            yield _placed(text, clause, sentence, text[sentence.start : begin])
    for begin, colon in pairwise(begins):
        label = _clause(text, begin, colon - 1, cut=True)
        if label is not None:
            yield _placed(text, label, sentence, text[sentence.start : begin])


def _placed(text: str, clause: Clause, sentence: _Sentence, lead: str) -> Clause:
    return replace(
        clause,
        lead=" ".join(lead.split()),
        after=text[clause.end : clause.end + _AFTER],
        is_reported=sentence.is_reported,
    )


def _clause(text: str, start: int, end: int, *, cut: bool = False) -> Clause | None:
    """Return what stands between the marks around a passage, or None when there is too little."""
    start, end = _stripped(text, start, end, _EDGES + '»”"!?)', "«“")
    item = _ITEM.match(text, start, end)
    if item is not None:
        start, end = _stripped(text, item.end(), end, _EDGES, "")
    while (
        end > start
        and text[end - 1] == "»"
        and text.count("»", start, end) > text.count("«", start, end)
    ):
        start, end = _stripped(text, start, end - 1, "", "")
    if end - start < _ENOUGH:
        return None
    return Clause(text[start:end], start, end, is_cut=cut)


def _stripped(text: str, start: int, end: int, before: str, after: str) -> tuple[int, int]:
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip(before or None))
    return start, start + len(text[start:end].rstrip(_EDGES + after))


def _shorter(whole: Clause) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the clause without its last words, and of the requests it holds."""
    end = _without_tail(whole)
    if end < whole.end:
        yield whole.start, end
    for start, stop in _requests(whole.words.replace("’", "'")):
        yield whole.start + start, whole.start + stop


def _without_tail(clause: Clause) -> int:
    """Return where the clause ends without a last word that adds nothing, or a last aside."""
    said = clause.words.replace("’", "'")
    tail = _TAIL.search(said)
    if tail is not None:
        return clause.start + tail.start()
    opens = said.find("(")
    if said.endswith(")") and said.count("(") == 1 and opens > _ENOUGH:
        aside = _WORD.findall(said[opens:].lower())
        if words("title_doubts").isdisjoint(aside):
            return clause.start + opens
    return clause.end


def _requests(said: str) -> Iterator[tuple[int, int]]:
    """Yield what a sentence asks before a reason, and each request of a list of requests."""
    start, several = 0, False
    for comma in _COMMA.finditer(said):
        rest = said[comma.end() :].lstrip()
        if _is_reason(rest) or (_asks(said[start : comma.start()]) and _explains(rest)):
            yield start, comma.start()
            return
        if _is_act(rest) and _is_act(said[start:]):
            yield start, comma.start()
            start, several = comma.end(), True
    reason = _REASON.search(said, start)
    if reason is not None and _is_reason(said[reason.end() :]) and not _TAIL.search(said):
        yield start, reason.start()
    elif several:
        yield start, len(said)


def _is_reason(rest: str) -> bool:
    """Tell whether what follows only says why; « sinon amende » is a part of the request."""
    lowered = rest.lower()
    if lowered.startswith("sinon "):
        return _first_word(lowered.removeprefix("sinon ")) in grammar("told")
    return lowered.startswith(_REASONS)


def _explains(rest: str) -> bool:
    """Tell whether an independent sentence begins, that says neither no nor a judgement."""
    lowered = rest.lower()
    return lowered.startswith(_EXPLAINS) and words("title_doubts").isdisjoint(
        _WORD.findall(lowered)
    )


def _asks(said: str) -> bool:
    """Tell whether what stands before a comma is a request by itself, and no topic or condition."""
    if ":" in said:
        return False
    first = _first_word(said)
    return is_infinitive(first) or is_order(first) or opened(plain_words(said))[1] != ""


def _is_act(rest: str) -> bool:
    word = _first_word(rest)
    return is_infinitive(word) and word not in grammar("listed_noun")


def _first_word(rest: str) -> str:
    found = _WORD.match(rest.lstrip())
    return found.group().lower() if found else ""
