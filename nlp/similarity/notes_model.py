"""Everything that is learned from labelled notes, read from ``nlp/data/notes_model.json``."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nlp.exceptions import ModelError
from nlp.similarity.group_model import GroupModel
from nlp.similarity.pair_model import PairModel
from nlp.similarity.population import Population
from nlp.similarity.profiles import Profiles
from nlp.similarity.subject_space import Floats

_FORMAT = 1
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides of the groups, once the pairs are known.

    Attributes
    ----------
    threshold : float
        Pair probability above which notes attract each other.
    least_attraction : float
        A note that attracts the others less (:func:`attractions`) stands alone.
    """

    threshold: float
    least_attraction: float


@dataclass(frozen=True, slots=True)
class NotesModel:
    """The models that read workshop notes.

    Attributes
    ----------
    pairs, bare_pairs : PairModel
        Whether two notes ask for the same thing, where workshops are known, and where none is.
    ranking : GroupModel
        Whether a note belongs to a group that people made.
    placement : GroupModel
        Whether a note is rightly in the group where the machine put it.
    limits, bare_limits : Limits
        Limits of the groups, where workshops are known, and where none is.
    """

    pairs: PairModel
    bare_pairs: PairModel
    ranking: GroupModel
    placement: GroupModel
    limits: Limits
    bare_limits: Limits

    def pair_probabilities(self, known: Population) -> Floats:
        """Return the probability of every pair of a population.

        Parameters
        ----------
        known : Population
            The notes.

        Returns
        -------
        ndarray of shape (n_notes, n_notes)
            Symmetric probabilities, rounded to six decimals; 1 on the diagonal.
        """
        n_notes = len(known.workshops)
        blocks = []
        for start in range(0, n_notes, _ROWS_AT_ONCE):
            own = np.arange(start, min(start + _ROWS_AT_ONCE, n_notes))
            rows = known.notes.take(own)
            blocks.append(self.model_for(known).probabilities(rows, known, own))
        found = np.concatenate(blocks)
        # The two orders of a pair differ by the last bits of their sums.
        return np.maximum(found, found.T)

    def late_probabilities(self, late: Profiles, known: Population) -> Floats:
        """Return the probability that late notes belong with each of a population.

        Parameters
        ----------
        late : Profiles
            Notes that are not of the population.
        known : Population
            The notes that they are compared with.

        Returns
        -------
        ndarray of shape (n_late, n_notes)
            Probabilities, rounded to six decimals.
        """
        return self.model_for(known).probabilities(late, known)

    def model_for(self, known: Population) -> PairModel:
        """Return the pair model for notes whose workshops are known, or not.

        Parameters
        ----------
        known : Population
            The notes.

        Returns
        -------
        PairModel
            One of the two.
        """
        return self.pairs if known.placed else self.bare_pairs

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {
            "format": _FORMAT,
            "limits": asdict(self.limits),
            "bare_limits": asdict(self.bare_limits),
            "pairs": self.pairs.to_json(),
            "bare_pairs": self.bare_pairs.to_json(),
            "ranking": self.ranking.to_json(),
            "placement": self.placement.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping
            The weights.

        Returns
        -------
        Self
            The fitted models.

        Raises
        ------
        ModelError
            If they are of another version.
        """
        if kept.get("format") != _FORMAT:
            raise ModelError(f"weights of format {kept.get('format')!r}, need {_FORMAT}")
        return cls(
            pairs=PairModel.from_json(kept["pairs"]),
            bare_pairs=PairModel.from_json(kept["bare_pairs"]),
            ranking=GroupModel.from_json(kept["ranking"]),
            placement=GroupModel.from_json(kept["placement"]),
            limits=Limits(**kept["limits"]),
            bare_limits=Limits(**kept["bare_limits"]),
        )


def attractions(pairs: Floats) -> NDArray[np.float64]:
    """Return how strongly each note attracts the others: the sum of its squared probabilities.

    Parameters
    ----------
    pairs : ndarray of shape (n_notes, n_notes)
        Pair probabilities, 1 on the diagonal.

    Returns
    -------
    ndarray of shape (n_notes,)
        Sums without the diagonal, rounded to six decimals.
    """
    sums: NDArray[np.float64] = np.round((pairs.astype(np.float64) ** 2).sum(axis=1) - 1, 6)
    return sums


@cache
def notes_model() -> NotesModel:
    """Return the bundled models, read once.

    Returns
    -------
    NotesModel
        The fitted models.
    """
    text = (files("nlp") / "data" / "notes_model.json").read_text(encoding="utf-8")
    return NotesModel.from_json(json.loads(text))
