"""Do titles say what humans said: the title made for a human group, among all human titles."""

from collections.abc import Iterator, Sequence

import numpy as np

from nlp.encoders import SentenceEncoder, embed
from nlp.keywords import vocabulary, weights
from nlp.titles import titles_of
from tests.bench.nlp_sets import Consultation


def title_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table: how often the nearest human title is that of the group."""
    yield "| set | groups | nearest human title is the right one |"
    yield "|---|---|---|"
    shares = []
    for one in sets:
        right = recognised(one)
        shares.append(float(np.mean(right)))
        yield f"| {one.name} | {len(right)} | {100 * shares[-1]:.0f} % |"
    yield f"| **mean** | | {100 * np.mean(shares):.0f} % |"


def recognised(one: Consultation) -> list[bool]:
    """Tell, for each human group, whether its title is nearest to the title we make of it."""
    names = sorted(set(one.gold))
    known = vocabulary(one.texts)
    meaning = SentenceEncoder().fit_vectors(one.vectors).transform_vectors(one.vectors)
    groups = []
    for name in names:
        inside = np.array([i for i, gold in enumerate(one.gold) if gold == name])
        nearness = meaning[inside] @ meaning[inside].mean(axis=0)
        groups.append(inside[np.argsort(-nearness, kind="stable")].tolist())
    weighed = [weights(known, members) for members in groups]
    found = titles_of(one.texts, groups, weighed, one.vectors, themes=True)
    made = [proposals[0].text for proposals in found]
    theirs, ours = embed(names), embed(made)
    centre = theirs.mean(axis=0)
    directions = (theirs - centre) / np.linalg.norm(theirs - centre, axis=1, keepdims=True)
    nearest = np.argmax((ours - centre) @ directions.T, axis=1)
    return [int(name) == k for k, name in enumerate(nearest)]
