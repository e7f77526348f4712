"""Immutable results of :func:`nlp.analyse`; positions refer to the texts given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

ISOLATED = -1


class Isolation(StrEnum):
    """Why an idea stands alone."""

    DECIDED = "decided"  # a human left it alone
    DISTANT = "distant"  # it resembles nothing else that was said
    SEPARATED = "separated"  # a human separated it from the texts it resembles
    NOISE = "noise"  # it is no contribution: a trial, an advertisement, an insult
    FEW = "few"  # too few resemble it to make a cluster


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage quoted exactly: ``texts[text][start:end] == quote``.

    Attributes
    ----------
    text : int
        Position of the text it comes from.
    start, end : int
        Offsets in characters, ``end`` excluded.
    quote : str
        The passage itself.
    """

    text: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Tension:
    """Two texts that seem opposed, of one cluster or of two: shown side by side, never merged.

    Attributes
    ----------
    first, second : int
        Positions of the two texts, in increasing order.
    first_words, second_words : tuple of str
        The words of each that show the opposition, letter for letter: a refusal, or an act asked
        for.
    about : tuple of str
        The words that both texts share, or the concept of the lexicon that both speak of.
    """

    first: int
    second: int
    first_words: tuple[str, ...]
    second_words: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that would fit a group accepted by a human, who alone may add it.

    Attributes
    ----------
    text : int
        Position of the text.
    group : str
        Identifier of the accepted group in ``Feedback.groups``.
    confidence : float
        How close the text is to the group, in [0, 1].
    """

    text: int
    group: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Title:
    """A proposal for the title of a cluster, made of one whole clause of one member.

    Attributes
    ----------
    text : str
        The clause turned into an action phrase, or the clause itself, letter for letter.
    source : int
        Position of the member it comes from.
    start, end : int
        Offsets of the clause in that member, ``end`` excluded.
    quoted : bool
        Whether it is a quotation: then ``texts[source][start:end] == text``.

    Examples
    --------
    >>> Title("des bus le soir", source=0, start=0, end=15, quoted=True).shown.split()
    ['«', 'des', 'bus', 'le', 'soir', '»']
    """

    text: str
    source: int
    start: int
    end: int
    quoted: bool

    @property
    def shown(self) -> str:
        """The title as a page shows it: a quotation between quotation marks."""
        return f"«\u00a0{self.text}\u00a0»" if self.quoted else self.text


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that ask for the same thing.

    Attributes
    ----------
    members : tuple of int
        Positions of the texts, most central first.
    title : str
        The text of the first of ``titles``; unique in an analysis.
    titles : tuple of Title
        Up to five proposals, best first: the facilitator chooses.
    summary : tuple of Sentence
        The passages that say best what the members say, in reading order.
    keywords : tuple of str
        Whole words as people wrote them, most distinctive first.
    exemplars : tuple of int
        The members to read first, most central first.
    divergent : tuple of int
        Members furthest from the others' opinion: part of a tension with another member, or at the
        margin.
    cohesion : float
        Mean similarity of the members to their centre, in [0, 1].
    precision : float or None
        Share of the members that a person is expected to leave there, in [0, 1]; None for broad
        themes, whose sureness is not measured.
    family : int
        Position of its family in ``Analysis.families``.
    origin : str or None
        Identifier of the human group it continues, or None.
    """

    members: tuple[int, ...]
    title: str
    titles: tuple[Title, ...]
    summary: tuple[Sentence, ...]
    keywords: tuple[str, ...]
    exemplars: tuple[int, ...]
    divergent: tuple[int, ...]
    cohesion: float
    precision: float | None
    family: int
    origin: str | None

    @property
    def size(self) -> int:
        """Number of members."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Family:
    """Clusters that belong to one broad subject.

    Attributes
    ----------
    clusters : tuple of int
        Positions in ``Analysis.clusters``, largest first.
    title : str
        The subject, in words people wrote.
    size : int
        Number of texts in its clusters.
    """

    clusters: tuple[int, ...]
    title: str
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The result of :func:`nlp.analyse`; two results are equal when their fingerprints are.

    Attributes
    ----------
    texts : tuple of str
        The texts analysed, in the order given.
    labels : ndarray of shape (n_texts,), int64, read-only
        Position in ``clusters`` of the cluster of each text; -1 for an isolated idea.
    confidence : ndarray of shape (n_texts,), float64, read-only
        How sure the place of each text is, in [0, 1]; 0 for an isolated idea; 1 where a human
        decided.
    clusters : tuple of Cluster
        By decreasing size, then by first member.
    families : tuple of Family
        By decreasing size; every cluster is in exactly one.
    duplicates : tuple of tuple of int
        Groups of positions that say the same words; every voice is still counted.
    tensions : tuple of Tension
        Pairs that seem opposed, inside a cluster or across two.
    suggestions : tuple of Suggestion
        Texts that would fit an accepted group.
    isolation : mapping of int to Isolation
        Why each isolated idea stands alone.
    coordinates : ndarray of shape (n_texts, 2), float64, read-only
        A map of the texts, each axis within [-1, 1].
    fingerprint : str
        SHA-256 of all the rest, in hexadecimal.
    """

    texts: tuple[str, ...]
    labels: NDArray[np.int64]
    confidence: NDArray[np.float64]
    clusters: tuple[Cluster, ...]
    families: tuple[Family, ...]
    duplicates: tuple[tuple[int, ...], ...]
    tensions: tuple[Tension, ...]
    suggestions: tuple[Suggestion, ...]
    isolation: Mapping[int, Isolation]
    coordinates: NDArray[np.float64]
    fingerprint: str

    def __eq__(self, other: object) -> bool:
        """Compare fingerprints: arrays have no single truth value."""
        return isinstance(other, Analysis) and other.fingerprint == self.fingerprint

    def __hash__(self) -> int:
        """Hash as equality compares."""
        return hash(self.fingerprint)

    @property
    def isolated(self) -> tuple[int, ...]:
        """Positions of the isolated ideas, which are never dropped."""
        return positions(np.flatnonzero(self.labels == ISOLATED))


def positions(found: Sequence[np.intp] | NDArray[np.intp]) -> tuple[int, ...]:
    """Return numpy positions as plain integers.

    Parameters
    ----------
    found : sequence or ndarray of int
        Positions.

    Returns
    -------
    tuple of int
        The same positions.
    """
    return tuple(int(position) for position in found)
