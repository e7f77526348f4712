"""The concepts of a lexicon by the words that say them, and the file that holds them compiled.

Compiling the tables of ``nlp/data/lexicon.txt`` stems some 15,000 words, which is a third of the
time of a first analysis. ``nlp/data/lexicon_tables.json`` holds them compiled, beside the digest of
everything that they depend on: where it differs, the tables are compiled again from the text.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Self

from nlp.lexical import stem_of
from nlp.spelling import standard
from nlp.text import is_french, is_stop_word, lemma, tokenise

_FILE = "lexicon_tables.json"
# What decides of stems, beside the lexicon.
_SOURCES = ("spelling.txt", "stop_words.txt")
_PACKAGES = ("nltk", "simplemma")
_FORMAT = 1

Key = tuple[str, ...]
Variants = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class Table:
    """Concepts by the sequence of words that says them."""

    _entries: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    _sizes: dict[str, set[int]] = field(default_factory=dict)

    def add(self, key: Key, concept: int) -> None:
        """Let a sequence of words say a concept.

        Parameters
        ----------
        key : tuple of str
            The words, at least one.
        concept : int
            Position of the concept.
        """
        known = self._entries.get(key, ())
        if concept not in known:
            self._entries[key] = (*known, concept)
            self._sizes.setdefault(key[0], set()).add(len(key))

    def find(self, words: list[str]) -> set[int]:
        """Return the concepts that consecutive words say.

        Parameters
        ----------
        words : list of str
            The words of a text.

        Returns
        -------
        set of int
            Positions of concepts.
        """
        found: set[int] = set()
        for start, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                found.update(self._entries.get(tuple(words[start : start + size]), ()))
        return found

    def to_json(self) -> dict[str, tuple[int, ...]]:
        """Return the concepts of each sequence, its words between spaces.

        Returns
        -------
        dict of str to tuple of int
            In alphabetical order.
        """
        return {" ".join(key): concepts for key, concepts in sorted(self._entries.items())}

    @classmethod
    def from_json(cls, kept: Mapping[str, Iterable[int]]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping of str to iterable of int
            The concepts of each sequence.

        Returns
        -------
        Table
            The same table.
        """
        table = cls()
        table._entries = {tuple(key.split(" ")): tuple(said) for key, said in kept.items()}
        for key in table._entries:
            table._sizes.setdefault(key[0], set()).add(len(key))
        return table


@dataclass(frozen=True, slots=True)
class Tables:
    """How the variants of concepts are found in a text.

    Attributes
    ----------
    whole, single, several, foreign : Table
        Variants of small words, found word for word; of one word, by its lemma; of several content
        words, by their stems; of other languages.
    """

    whole: Table
    single: Table
    several: Table
    foreign: Table

    @classmethod
    def of(cls, variants: Iterable[Variants]) -> Self:
        """Compile the variants of concepts.

        Parameters
        ----------
        variants : iterable of (tuple of str, tuple of str)
            The French variants of each concept, then the others.

        Returns
        -------
        Tables
            The concepts, by their positions.
        """
        tables = cls(Table(), Table(), Table(), Table())
        for concept, (french, foreign) in enumerate(variants):
            for variant in french:
                tables._add(variant, concept)
            for variant in foreign:
                if tokens := tokenise(variant):
                    tables.foreign.add(tuple(map(_folded, tokens)), concept)
        return tables

    def _add(self, variant: str, concept: int) -> None:
        tokens = tokenise(standard(variant))
        content = [word for word in tokens if not is_stop_word(word)]
        if len(content) > 1:
            self.several.add(tuple(map(_folded_stem, content)), concept)
        elif tokens == tuple(content) and tokens:
            self.single.add((_folded_lemma(content[0]),), concept)
        elif tokens:
            self.whole.add(tuple(map(_folded, tokens)), concept)

    def find(self, text: str) -> set[int]:
        """Return the concepts that ``text`` speaks of.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        set of int
            Their positions.
        """
        tokens = tokenise(standard(text))
        content = [word for word in tokens if not is_stop_word(word)]
        found = self.whole.find([_folded(word) for word in tokens])
        found |= self.single.find([_folded_lemma(word) for word in content])
        found |= self.several.find([_folded_stem(word) for word in content])
        found |= self.foreign.find(["" if is_french(word) else _folded(word) for word in tokens])
        return found


def digest_of(lexicon: str) -> int:
    """Return the digest of what the tables of a lexicon depend on.

    Parameters
    ----------
    lexicon : str
        The text of the lexicon.

    Returns
    -------
    int
        The first eight bytes of the SHA-256 digest; a number, unlike 64 hexadecimal digits, is not
        taken for a secret by who looks for those in the repository.
    """
    folder = files("nlp") / "data"
    read = [lexicon, *((folder / name).read_text(encoding="utf-8") for name in _SOURCES)]
    said = [_FORMAT, *read, *(f"{package} {version(package)}" for package in _PACKAGES)]
    return int.from_bytes(hashlib.sha256(json.dumps(said).encode("ascii")).digest()[:8])


def write_tables(lexicon: str, tables: Tables, folder: Path) -> None:
    """Write ``lexicon_tables.json``.

    Parameters
    ----------
    lexicon : str
        The text of the lexicon.
    tables : Tables
        Its tables.
    folder : Path
        Where to write.
    """
    kept = {each.name: getattr(tables, each.name).to_json() for each in fields(Tables)}
    written = json.dumps(
        {"digest": digest_of(lexicon), **kept}, ensure_ascii=False, separators=(",", ":")
    )
    # One sequence on a line, so that a change can be read.
    (folder / _FILE).write_text(written.replace("],", "],\n") + "\n", encoding="utf-8")


def shipped_tables(lexicon: str) -> Tables | None:
    """Return the compiled tables of the bundled lexicon.

    Parameters
    ----------
    lexicon : str
        The text of the lexicon.

    Returns
    -------
    Tables or None
        None where they were compiled from something else.
    """
    kept = json.loads((files("nlp") / "data" / _FILE).read_text(encoding="utf-8"))
    if kept["digest"] != digest_of(lexicon):
        return None
    return Tables(*(Table.from_json(kept[each.name]) for each in fields(Tables)))


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """Return ``word`` without its accents, nor the Arabic article."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.removeprefix("ال") or plain


@lru_cache(maxsize=100_000)
def _folded_lemma(word: str) -> str:
    return _folded(lemma(word))


@lru_cache(maxsize=100_000)
def _folded_stem(word: str) -> str:
    return _folded(stem_of(word))
