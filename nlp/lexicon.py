"""The concept lexicon of social policy: what a note speaks of, whatever words it uses.

``nlp/data/lexicon.txt`` holds themes, their concepts, and the ways in which people say each of
them. Its format is described at its head.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nlp.exceptions import LexiconError
from nlp.lexical import stem_of
from nlp.spelling import standard
from nlp.text import is_french, is_stop_word, lemma, tokenise

_THEME = "== "
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion of the lexicon.

    Attributes
    ----------
    number : int
        Position in :attr:`Lexicon.concepts`.
    name : str
        A noun phrase.
    theme : int
        Position of its theme in :attr:`Lexicon.themes`.
    variants : tuple of str
        The ways in which people say it in French, its name first.
    foreign : tuple of str
        Words of it in other languages.
    """

    number: int
    name: str
    theme: int
    variants: tuple[str, ...]
    foreign: tuple[str, ...]


class Lexicon:
    """Concepts found in a text by the stems of their variants.

    Parameters
    ----------
    lines : iterable of str
        The lines of a lexicon file.

    Attributes
    ----------
    themes : tuple of str
        Titles of the themes, in the order of the file.
    concepts : tuple of Concept
        Every concept, in the order of the file.

    Raises
    ------
    LexiconError
        If a line is neither a theme, nor a concept inside a theme.

    Examples
    --------
    >>> known = Lexicon(["== Se déplacer", "bus: bus, car scolaire, navette | es autobús"])
    >>> [known.concepts[c].name for c in known.concepts_in("Des navettes le dimanche")]
    ['bus']
    """

    def __init__(self, lines: Iterable[str]) -> None:
        themes: list[str] = []
        concepts: list[Concept] = []
        for number, line in enumerate(lines, start=1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            if text.startswith(_THEME):
                themes.append(text.removeprefix(_THEME).strip())
                continue
            name, colon, said = text.partition(":")
            if not (colon and themes and name.strip()):
                raise LexiconError(f"line {number} is no concept of a theme: {text[:60]!r}")
            french, foreign = _variants(said)
            theme = len(themes) - 1
            concepts.append(
                Concept(len(concepts), name.strip(), theme, (name.strip(), *french), foreign)
            )
        self.themes = tuple(themes)
        self.concepts = tuple(concepts)
        self._tables = _tables(concepts)

    def concepts_in(self, text: str) -> tuple[int, ...]:
        """Return the concepts that ``text`` speaks of.

        A variant of one word is found by its lemma, one of several content words by their stems
        whatever stands between them, and one such as « à la rue » word for word. Foreign words
        are looked for only where the text is not French.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        tuple of int
            Positions in :attr:`concepts`, increasing, each once.
        """
        tokens = tokenise(standard(text))
        content = [word for word in tokens if not is_stop_word(word)]
        whole, single, several, foreign = self._tables
        found = whole.find([_folded(word) for word in tokens])
        found |= single.find([_folded_lemma(word) for word in content])
        found |= several.find([_folded_stem(word) for word in content])
        found |= foreign.find(["" if is_french(word) else _folded(word) for word in tokens])
        return tuple(sorted(found))


class _Table:
    """Concepts by the sequence of words that says them."""

    def __init__(self) -> None:
        self._entries: dict[_Key, tuple[int, ...]] = {}
        self._sizes: dict[str, set[int]] = {}

    def add(self, key: _Key, concept: int) -> None:
        """Let ``key`` say ``concept``."""
        if concept not in self._entries.get(key, ()):
            self._entries[key] = (*self._entries.get(key, ()), concept)
            self._sizes.setdefault(key[0], set()).add(len(key))

    def find(self, words: list[str]) -> set[int]:
        """Return the concepts that consecutive ``words`` say."""
        found: set[int] = set()
        for start, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                found.update(self._entries.get(tuple(words[start : start + size]), ()))
        return found


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of ``nlp/data/lexicon.txt``, read once.

    Returns
    -------
    Lexicon
        The bundled lexicon.

    Examples
    --------
    >>> len(lexicon().concepts) >= 500
    True
    """
    text = (files("nlp") / "data" / "lexicon.txt").read_text(encoding="utf-8")
    return Lexicon(text.splitlines())


@lru_cache(maxsize=50_000)
def spoken_concepts(text: str) -> tuple[int, ...]:
    """Return the concepts of the bundled lexicon that a text speaks of; a text is read once.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of int
        What :meth:`Lexicon.concepts_in` returns.

    Examples
    --------
    >>> [lexicon().concepts[c].name for c in spoken_concepts("Un bus le dimanche")]
    ['bus et autocar', 'bus du soir et du dimanche']
    """
    return lexicon().concepts_in(text)


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """Return ``word`` without its accents, nor the Arabic article."""
    decomposed = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.removeprefix("ال") or plain


@lru_cache(maxsize=100_000)
def _folded_lemma(word: str) -> str:
    return _folded(lemma(word))


@lru_cache(maxsize=100_000)
def _folded_stem(word: str) -> str:
    return _folded(stem_of(word))


def _variants(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the French variants of a concept, then those of the other languages."""
    french, *others = said.split("|")
    return _listed(french), tuple(v for o in others for v in _listed(o.strip().partition(" ")[2]))


def _listed(part: str) -> tuple[str, ...]:
    return tuple(variant.strip() for variant in part.split(",") if variant.strip())


def _tables(concepts: Iterable[Concept]) -> tuple[_Table, _Table, _Table, _Table]:
    """Return the tables of exact sequences, of lemmas, of stems, and of foreign words."""
    whole, single, several, foreign = (_Table() for _ in range(4))
    for concept in concepts:
        for variant in concept.variants:
            tokens = tokenise(standard(variant))
            content = [word for word in tokens if not is_stop_word(word)]
            if len(content) > 1:
                several.add(tuple(map(_folded_stem, content)), concept.number)
            elif tokens == tuple(content):
                single.add((_folded_lemma(content[0]),), concept.number)
            elif tokens:
                whole.add(tuple(map(_folded, tokens)), concept.number)
        for variant in concept.foreign:
            if tokens := tokenise(variant):
                foreign.add(tuple(map(_folded, tokens)), concept.number)
    return whole, single, several, foreign
