"""Splits a text into whole clauses with their offsets, from which titles are made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.grammar import grammar, is_infinitive, is_stated, plain_words, tokens_of
from nlp.openers import announces
from nlp.request_bounds import TAIL, WORD, first_word, requests
from nlp.word_lists import words

_READ = 4000
_AFTER = 60
_ENOUGH = 2
_FEW, _LOOK_BACK = 4, 80
_LAST = re.compile(r"[.!?…;\n]")
_MARK = re.compile(
    r"[.!?…]+|\s\(?[1-9a-e]\)(?=\s)|\s[1-9]/(?=\s)|(?<=[:;,.!?])\s[1-9]\.(?=\s)|[\n;]+|\s[/–—•*·▪►✓→-](?=\s)|[«»“”\"]"
)
_COLON = re.compile(r":(?=\s)")
_EDGES = " \t\r\n\u00a0\u202f,;:.…-–—•*·▪►✓→/+"
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)/](?=\s|[^\W\d_])|\(\d{1,2}\)")
_ABBREVIATIONS = frozenset(
    ("m", "mm", "mme", "mlle", "dr", "pr", "st", "ste", "av", "bd", "tel", "tél", "n", "p", "ex")
)
_LINKS = frozenset("/–—•*·▪►✓→-")


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
    if "?" in sign and follows.strip() and _is_circumstance(text[: mark.start()]):
        return False
    if "…" in sign or sign == "...":
        # « la moitié… sur présentation » : the sentence goes on.
        return not follows.lstrip()[:1].islower()
    if sign in _LINKS:
        first = first_word(follows)
        return is_infinitive(first) or (sign == "/" and first in grammar("opens_item"))
    return True


def _is_circumstance(text: str) -> bool:
    """Tell whether a short question opens a request: « Grenier nu ? Interdit de louer »."""
    return len(_LAST.split(text[-_LOOK_BACK:])[-1].split()) <= _FEW


def _parts(text: str, sentence: _Sentence) -> Iterator[Clause]:
    """Yield a sentence and what follows its colons, each before its own parts, then its labels."""
    colons = [m.end() for m in _COLON.finditer(text, sentence.start, sentence.end)]
    begins = [sentence.start, *colons]
    for begin in begins:
        whole = _clause(text, begin, sentence.end)
        if whole is None or _depends(text[sentence.start : begin]):
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
        # « Récolter de nuit, j'ai testé : deux entorses » : a sentence is whole with its end.
        if label is not None and not is_stated(tokens_of(plain_words(label.words))):
            yield _placed(text, label, sentence, text[sentence.start : begin])


def _depends(lead: str) -> bool:
    """Tell whether what stands before a colon is a circumstance (« Là où il y en a trop : »)."""
    first = first_word(lead.strip(_EDGES))
    return first in grammar("places") and not announces(lead)


def _says(lead: str) -> bool:
    """Tell whether what stands before a colon gives somebody else's words (« Il disait : »)."""
    said = WORD.findall(lead.lower())
    return not grammar("says").isdisjoint((*said[:1], *said[-2:]))


def _placed(text: str, clause: Clause, sentence: _Sentence, lead: str) -> Clause:
    return replace(
        clause,
        lead=" ".join(lead.split()),
        after=text[clause.end : clause.end + _AFTER],
        is_reported=sentence.is_reported or _is_quotation(clause, text) or _says(lead),
    )


def _is_quotation(clause: Clause, text: str) -> bool:
    """Tell whether the clause gives somebody else's words, in a text that says more."""
    lead, colon, said = clause.words.partition(":")
    if colon and (_says(lead) or said.lstrip()[:1] in ("«", "“")):
        return True
    return clause.words[0] in "«“" and len(clause.words) < len(text.strip())


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
    for start, stop in requests(whole.words.replace("’", "'")):
        yield whole.start + start, whole.start + stop


def _without_tail(clause: Clause) -> int:
    """Return where the clause ends without a last word that adds nothing, or a last aside."""
    said = clause.words.replace("’", "'")
    tail = TAIL.search(said)
    if tail is not None:
        return clause.start + tail.start()
    opens = said.find("(")
    if said.endswith(")") and said.count("(") == 1 and opens > _ENOUGH:
        aside = WORD.findall(said[opens:].lower())
        if words("title_doubts").isdisjoint(aside):
            return clause.start + opens
    return clause.end
