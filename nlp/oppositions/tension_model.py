"""The models that find opposed notes, read from ``nlp/data/tension_model.json``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from nlp.exceptions import ModelError
from nlp.oppositions.choice_model import ChoiceModel
from nlp.oppositions.stance import StanceModel

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class TensionModel:
    """The models that find opposed texts.

    Attributes
    ----------
    stance : StanceModel
        Whether a text speaks against something.
    choice : ChoiceModel
        Which of its candidates it speaks against.
    threshold : float
        Probability from which a pair is shown.
    """

    stance: StanceModel
    choice: ChoiceModel
    threshold: float

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {
            "format": _FORMAT,
            "threshold": self.threshold,
            "choice": self.choice.to_json(),
            "stance": self.stance.to_json(),
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
            raise ModelError(f"tension weights of format {kept.get('format')!r}, need {_FORMAT}")
        return cls(
            stance=StanceModel.from_json(kept["stance"]),
            choice=ChoiceModel.from_json(kept["choice"]),
            threshold=float(kept["threshold"]),
        )


@cache
def tension_model() -> TensionModel:
    """Return the models of ``nlp/data/tension_model.json``, read once.

    Returns
    -------
    TensionModel
        The bundled models.
    """
    text = (files("nlp") / "data" / "tension_model.json").read_text(encoding="utf-8")
    return TensionModel.from_json(json.loads(text))
