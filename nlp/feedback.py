"""Human decisions, and the constraints they put on a grouping."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from numbers import Integral

from nlp.exceptions import ContradictoryFeedbackError


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What humans decided; every decision is honoured, always.

    Attributes
    ----------
    groups : mapping of str to collection of int
        Human groups: identifier -> positions of the texts put together.
    accepted : collection of str
        Groups that are closed: nobody leaves, and nobody joins except as a suggestion.
    apart : collection of pairs of int
        Texts that must not share a cluster.
    isolated : collection of int
        Texts that a human left alone.
    """

    groups: Mapping[str, Collection[int]] = field(default_factory=dict)
    accepted: Collection[str] = frozenset()
    apart: Collection[tuple[int, int]] = frozenset()
    isolated: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Constraints:
    """A :class:`Feedback` checked against the texts, in a canonical order.

    Attributes
    ----------
    groups : tuple of (str, tuple of int)
        Non-empty groups by identifier, positions increasing.
    accepted : frozenset of str
        Identifiers of closed groups.
    apart : frozenset of (int, int)
        Separated pairs, smaller position first.
    isolated : frozenset of int
        Texts left alone.
    """

    groups: tuple[tuple[str, tuple[int, ...]], ...]
    accepted: frozenset[str]
    apart: frozenset[tuple[int, int]]
    isolated: frozenset[int]

    @property
    def closed(self) -> frozenset[int]:
        """Members of accepted groups."""
        return frozenset(i for name, group in self.groups if name in self.accepted for i in group)

    @property
    def accepted_groups(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Human groups that are closed."""
        return tuple(pair for pair in self.groups if pair[0] in self.accepted)


def constraints(feedback: Feedback | None, n_texts: int) -> Constraints:
    """Check ``feedback`` and put it in a canonical order.

    Parameters
    ----------
    feedback : Feedback or None
        Human decisions, if any.
    n_texts : int
        Number of texts analysed.

    Returns
    -------
    Constraints
        The same decisions, ready to be applied.

    Raises
    ------
    ContradictoryFeedbackError
        If a position does not exist or two decisions exclude each other.
    """
    if feedback is None:
        return Constraints(groups=(), accepted=frozenset(), apart=frozenset(), isolated=frozenset())
    groups = tuple(
        (name, tuple(sorted(set(feedback.groups[name]))))
        for name in sorted(feedback.groups)
        if feedback.groups[name]
    )
    checked = Constraints(
        groups=groups,
        accepted=frozenset(feedback.accepted),
        apart=frozenset((min(pair), max(pair)) for pair in feedback.apart),
        isolated=frozenset(feedback.isolated),
    )
    _refuse_unknown(checked, feedback, n_texts)
    _refuse_contradictions(checked)
    return checked


def _refuse_unknown(checked: Constraints, feedback: Feedback, n_texts: int) -> None:
    used = {i for _, group in checked.groups for i in group} | checked.isolated
    used |= {i for pair in checked.apart for i in pair}
    whole: set[object] = {*used}  # what is typed as integers may come from elsewhere
    if strange := [i for i in whole if not isinstance(i, Integral)]:
        raise ContradictoryFeedbackError(f"positions are integers, got {strange[0]!r}")
    if unknown := sorted(i for i in used if not 0 <= i < n_texts):
        raise ContradictoryFeedbackError(f"no text at positions {unknown} of {n_texts} texts")
    if missing := sorted(checked.accepted - set(feedback.groups)):
        raise ContradictoryFeedbackError(f"accepted groups that do not exist: {missing}")


def _refuse_contradictions(checked: Constraints) -> None:
    group_of: dict[int, str] = {}
    for name, group in checked.groups:
        for i in group:
            if i in group_of:
                raise ContradictoryFeedbackError(
                    f"text {i} is in two groups: {group_of[i]!r} and {name!r}"
                )
            group_of[i] = name
    if both := sorted(checked.isolated & set(group_of)):
        raise ContradictoryFeedbackError(f"texts both isolated and in a group: {both}")
    for i, j in sorted(checked.apart):
        if i == j:
            raise ContradictoryFeedbackError(f"text {i} cannot be apart from itself")
        if i in group_of and group_of[i] == group_of.get(j):
            raise ContradictoryFeedbackError(
                f"texts {i} and {j} are both apart and together in group {group_of[i]!r}"
            )


def violations(labels: Collection[int], checked: Constraints) -> tuple[str, ...]:
    """List the human decisions that ``labels`` do not honour; empty when all are.

    Parameters
    ----------
    labels : collection of int
        Cluster of each text, -1 for an isolated idea.
    checked : Constraints
        The decisions.

    Returns
    -------
    tuple of str
        One sentence per violated decision.
    """
    of = list(labels)
    lost = [f"group {name!r} is split" for name, g in checked.groups if len({of[i] for i in g}) > 1]
    lost += [f"group {name!r} is isolated" for name, g in checked.groups if of[g[0]] < 0]
    for name, group in checked.accepted_groups:
        if {i for i, label in enumerate(of) if label == of[group[0]]} != set(group):
            lost.append(f"accepted group {name!r} changed")
    for (one, first), (two, second) in combinations(checked.groups, 2):
        if of[first[0]] == of[second[0]]:
            lost.append(f"groups {one!r} and {two!r} are merged")
    lost += [f"{i} and {j} meet" for i, j in sorted(checked.apart) if of[i] == of[j] >= 0]
    lost += [f"{i} is not isolated" for i in sorted(checked.isolated) if of[i] >= 0]
    return tuple(lost)
