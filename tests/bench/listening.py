"""What past decisions teach: where late texts go, and which subject a cluster is of."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from nlp import Feedback, analyse
from nlp.alignment import Target, align
from tests.bench.nlp_sets import Consultation

SORTED, LATE = 200, 50
_DRAWS = 3


def late_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table of late texts: joined, rightly, and suggested, rightly."""
    yield "| set | joined | rightly | suggested | of these, rightly |"
    yield "|---|---|---|---|---|"
    rows = []
    for one in sets:
        rng = np.random.default_rng(SORTED)
        rows.append(np.mean([_late(one, rng) for _ in range(_DRAWS)], axis=0))
        yield _shares(one.name, rows[-1])
    yield _shares("**mean**", np.mean(rows, axis=0))


def _shares(name: str, shares: Sequence[float]) -> str:
    return f"| {name} | " + " | ".join(f"{100 * share:.0f} %" for share in shares) + " |"


def _late(one: Consultation, rng: np.random.Generator) -> tuple[float, float, float, float]:
    draw = rng.choice(len(one.texts), SORTED + LATE, replace=False)
    texts, gold = [one.texts[i] for i in draw], [one.gold[i] for i in draw]
    groups: dict[str, list[int]] = {}
    for i in range(SORTED):
        groups.setdefault(gold[i], []).append(i)
    vectors, late = one.vectors[draw], range(SORTED, SORTED + LATE)
    grown = analyse(texts, embeddings=vectors, feedback=Feedback(groups=groups))
    origin = {i: cluster.origin for cluster in grown.clusters for i in cluster.members}
    closed = Feedback(groups=groups, accepted=frozenset(groups))
    offered = analyse(texts, embeddings=vectors, feedback=closed).suggestions
    right = sum(one.group == gold[one.text] for one in offered)
    return (
        sum(origin.get(i) is not None for i in late) / LATE,
        sum(origin.get(i) == gold[i] for i in late) / LATE,
        len(offered) / LATE,
        right / max(1, len(offered)),
    )


def alignment_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table of subjects, learnt on one half, guessed on the other."""
    yield "| set | clusters | guessed | of these, rightly |"
    yield "|---|---|---|---|"
    rows = []
    for one in sets:
        clusters, guessed, right = _aligned(one)
        rows.append((guessed / clusters, right / guessed))
        yield f"| {one.name} | {clusters} | {guessed} | {100 * rows[-1][1]:.0f} % |"
    share, rightly = np.mean(rows, axis=0)
    yield f"| **mean** | | {100 * share:.0f} % | {100 * rightly:.0f} % |"


def _aligned(one: Consultation) -> tuple[int, int, int]:
    order = np.random.default_rng(0).permutation(len(one.texts))
    known, fresh = np.array_split(order, 2)
    targets = [
        Target(name, examples=[one.texts[i] for i in known if one.gold[i] == name])
        for name in sorted(set(one.gold))
    ]
    result = analyse([one.texts[i] for i in fresh], embeddings=one.vectors[fresh])
    guessed = right = 0
    for cluster in result.clusters:
        found = align([result.texts[i] for i in cluster.members], targets)
        subjects = Counter(one.gold[fresh[i]] for i in cluster.members)
        guessed += bool(found)
        right += bool(found) and found[0].key == subjects.most_common(1)[0][0]
    return len(result.clusters), guessed, right
