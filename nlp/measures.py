"""Agreement of a grouping with a human one."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    homogeneity_completeness_v_measure,
)

from nlp.exceptions import AgreementError
from nlp.results import ISOLATED


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of a grouping with a human one.

    Attributes
    ----------
    ami : float
        Adjusted mutual information: 0 by chance, 1 when identical.
    ari : float
        Adjusted Rand index: 0 by chance, 1 when identical.
    homogeneity : float
        1 when every cluster holds texts of a single human group.
    completeness : float
        1 when every human group lies in a single cluster.
    touches : float
        Acts left to a facilitator, per 100 texts; see :func:`agreement`.
    """

    ami: float
    ari: float
    homogeneity: float
    completeness: float
    touches: float


def agreement(labels: Sequence[int], gold: Sequence[Hashable]) -> Agreement:
    """Compare ``labels`` with the human grouping ``gold``.

    The human group of a cluster is that of most of its members, the first in the order of their
    names when several are equal. Each member of another human group is one touch; so is each
    isolated text, which must be placed by hand; and a human group spread over *m* clusters takes
    *m* - 1 merges, one touch each. The sum is given per 100 texts.

    Parameters
    ----------
    labels : sequence of int
        Cluster of each text, -1 for an isolated idea. Isolated ideas count as clusters of one
        in the four other measures.
    gold : sequence of hashable
        Human group of each text.

    Returns
    -------
    Agreement
        All the measures.

    Raises
    ------
    AgreementError
        If the lengths differ or are null.

    Examples
    --------
    >>> agreement([0, 0, 1, 1], ["a", "a", "b", "a"]).touches
    50.0
    """
    if len(labels) != len(gold) or not len(labels):
        sizes = f"{len(labels)} and {len(gold)}"
        raise AgreementError(f"need as many labels as gold groups, got {sizes}")
    names = [str(name) for name in gold]
    singled = [int(label) if label != ISOLATED else -1 - i for i, label in enumerate(labels)]
    homogeneity, completeness, _ = homogeneity_completeness_v_measure(names, singled)
    return Agreement(
        ami=float(adjusted_mutual_info_score(names, singled)),
        ari=float(adjusted_rand_score(names, singled)),
        homogeneity=float(homogeneity),
        completeness=float(completeness),
        touches=100 * _count_touches(labels, names) / len(names),
    )


def _count_touches(labels: Sequence[int], names: Sequence[str]) -> int:
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    for label, name in zip(labels, names, strict=True):
        inside[int(label)][name] += 1
    touches = inside.pop(ISOLATED, Counter()).total()
    majorities = []
    for counts in inside.values():
        name, size = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        touches += counts.total() - size
        majorities.append(name)
    return touches + len(majorities) - len(set(majorities))
