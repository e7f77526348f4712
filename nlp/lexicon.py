"""The concept lexicon of social policy: what a note speaks of, whatever words it uses.

``nlp/data/lexicon.txt`` holds themes, their concepts, and the ways in which people say each of
them. Its format is described at its head.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from nlp.exceptions import LexiconError
from nlp.lexicon_tables import Tables, shipped_tables

_THEME = "== "


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
    tables : Tables or None, default=None
        The tables of the same lines; computed when None.

    Attributes
    ----------
    themes : tuple of str
        Titles of the themes, in the order of the file.
    concepts : tuple of Concept
        Every concept, in the order of the file.
    tables : Tables
        The concepts by the words that say them.

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

    def __init__(self, lines: Iterable[str], tables: Tables | None = None) -> None:
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
        variants = ((concept.variants, concept.foreign) for concept in concepts)
        self.tables = Tables.of(variants) if tables is None else tables

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
        return tuple(sorted(self.tables.find(text)))


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
    return Lexicon(text.splitlines(), shipped_tables(text))


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


def _variants(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the French variants of a concept, then those of the other languages."""
    french, *others = said.split("|")
    return _listed(french), tuple(v for o in others for v in _listed(o.strip().partition(" ")[2]))


def _listed(part: str) -> tuple[str, ...]:
    return tuple(variant.strip() for variant in part.split(",") if variant.strip())
