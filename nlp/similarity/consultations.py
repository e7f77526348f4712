"""Labelled consultations and the catalogue of demands: what the model files are trained on.

The formats are described in ``training/README.md``.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.context import Context
from nlp.exceptions import TrainingDataError

ALONE = ("seul", "hors")


@dataclass(frozen=True, slots=True)
class Consultation:
    """Notes grouped by hand.

    Attributes
    ----------
    name : str
        Name of its file.
    texts : tuple of str
        The notes.
    contexts : tuple of Context
        Where each was said.
    labels : tuple of str
        Hand group of each; a note alone has a label of its own.
    titles : dict of str to str
        Title of each group.
    opposed : frozenset of tuple of (int, int)
        Increasing positions of the notes that oppose each other, by the first reader.
    also_opposed : frozenset of tuple of (int, int)
        The same by a second reader; empty when there is none.
    """

    name: str
    texts: tuple[str, ...]
    contexts: tuple[Context, ...]
    labels: tuple[str, ...]
    titles: dict[str, str]
    opposed: frozenset[tuple[int, int]] = frozenset()
    also_opposed: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to speak of a demand.

    Attributes
    ----------
    demand : str
        The demand, an action phrase.
    text : str
        What somebody says.
    favourable : bool
        False when it speaks against the demand.
    """

    demand: str
    text: str
    favourable: bool


def read_consultation(path: Path) -> Consultation:
    """Read one file of labelled notes.

    Parameters
    ----------
    path : Path
        A JSON file.

    Returns
    -------
    Consultation
        Its notes, in the order in which they came.

    Raises
    ------
    TrainingDataError
        If it is not such a file.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        notes = kept["notes"]
        return Consultation(
            name=path.stem,
            texts=tuple(str(note["text"]) for note in notes),
            contexts=contexts_of(notes),
            labels=tuple(
                f"alone-{note['id']}" if note["label"] in ALONE else str(note["label"])
                for note in notes
            ),
            titles={str(name): str(group["title"]) for name, group in kept["groups"].items()},
            opposed=_pairs(notes, kept.get("tensions", ())),
            also_opposed=_pairs(notes, kept.get("tensions_second_reader", ())),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingDataError(f"{path}: no labelled notes ({error})") from error


def contexts_of(notes: Sequence[dict[str, object]]) -> tuple[Context, ...]:
    """Return where each note was said; its position is its rank in its workshop.

    Parameters
    ----------
    notes : sequence of dict
        Notes of a file, in the order in which they came.

    Returns
    -------
    tuple of Context
        One for each note.
    """
    seen: Counter[str] = Counter()
    found = []
    for note in notes:
        workshop = str(note["workshop"])
        seen[workshop] += 1
        found.append(
            Context(
                workshop=workshop,
                question=_text(note.get("question")),
                table=_text(note.get("table")),
                position=seen[workshop],
            )
        )
    return tuple(found)


def read_catalogue(folder: Path) -> tuple[Saying, ...]:
    """Read the files of a catalogue of demands.

    Parameters
    ----------
    folder : Path
        Its folder.

    Returns
    -------
    tuple of Saying
        Every saying; each demand says itself too.

    Raises
    ------
    TrainingDataError
        If a saying comes before any demand, or there is none.
    """
    found: list[Saying] = []
    for path in sorted(folder.glob("*.txt")):
        demand = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            mark, _, text = line.strip().partition(" ")
            if mark == "--":
                demand = text.strip()
                found.append(Saying(demand, demand, favourable=True))
            elif mark in ("+", "-"):
                if not demand:
                    raise TrainingDataError(f"{path}: a saying of no demand: {line!r}")
                found.append(Saying(demand, text.strip(), favourable=mark == "+"))
    if not found:
        raise TrainingDataError(f"{folder}: no catalogue")
    return tuple(found)


def _pairs(
    notes: Sequence[dict[str, object]], marked: Sequence[Sequence[object]]
) -> frozenset[tuple[int, int]]:
    """Return the positions of pairs of notes given by their identifiers and their object."""
    position = {str(note["id"]): i for i, note in enumerate(notes)}
    found = ((position[str(first)], position[str(second)]) for first, second, *_ in marked)
    return frozenset((min(pair), max(pair)) for pair in found)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
