"""Options of an analysis."""

from dataclasses import dataclass
from typing import Literal, get_args

from nlp.exceptions import OptionsError

Encoder = Literal["hybrid", "lexical", "semantic"]
Grouping = Literal["auto", "notes", "themes"]
AUTO: Literal["auto"] = "auto"
_SMALLEST_CLUSTER = 2
_BUNDLED = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything but the texts and the decisions that changes a result.

    Attributes
    ----------
    seed : int, default=0
        Seed of every random choice.
    encoder : {"hybrid", "lexical", "semantic"}, default="hybrid"
        What makes two texts close: words and meaning, words alone, meaning alone.
    grouping : {"auto", "notes", "themes"}, default="auto"
        "notes" finds what asks for the same thing among at most 2,000 workshop notes; "themes"
        the broad subjects of a consultation; "auto" takes "notes" when a workshop is known.
    granularity : "auto" or int, default="auto"
        Number of clusters wanted; "auto" lets the texts decide.
    min_cluster_size : int, default=2
        A smaller group becomes isolated ideas or joins its nearest neighbour.
    max_clusters : int, default=60
        Largest number of clusters that "auto" considers.
    n_exemplars : int, default=3
        Members put forward in each cluster.
    n_keywords : int, default=8
        Words shown for each cluster.
    n_sentences : int, default=3
        Passages quoted in each summary.
    dimensions : int, default=1024
        Columns of the vectors given: those of the bundled model, or of a ``LocalModel``.
    """

    seed: int = 0
    encoder: Encoder = "hybrid"
    grouping: Grouping = "auto"
    granularity: int | Literal["auto"] = AUTO
    min_cluster_size: int = _SMALLEST_CLUSTER
    max_clusters: int = 60
    n_exemplars: int = 3
    n_keywords: int = 8
    n_sentences: int = 3
    dimensions: int = _BUNDLED

    def __post_init__(self) -> None:
        """Refuse what no analysis could honour.

        Raises
        ------
        OptionsError
            If the encoder is unknown or a number is out of its bounds.
        """
        if self.encoder not in get_args(Encoder):
            raise OptionsError(f"unknown encoder {self.encoder!r}; use one of {get_args(Encoder)}")
        if self.grouping not in get_args(Grouping):
            raise OptionsError(
                f"unknown grouping {self.grouping!r}; use one of {get_args(Grouping)}"
            )
        if self.granularity != AUTO and self.granularity < 1:
            raise OptionsError(f"granularity is 'auto' or at least 1, got {self.granularity!r}")
        if self.min_cluster_size < 1 or self.max_clusters < _SMALLEST_CLUSTER:
            raise OptionsError("need min_cluster_size >= 1 and max_clusters >= 2")
        if min(self.n_exemplars, self.n_keywords, self.n_sentences) < 1:
            raise OptionsError("n_exemplars, n_keywords and n_sentences are at least 1")
        if self.dimensions < 1 or self.dimensions % 2:
            raise OptionsError(f"vectors have two halves, got dimensions={self.dimensions!r}")
