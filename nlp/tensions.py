"""Opposed opinions in one cluster: shown side by side, never averaged away."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product

from nlp.keywords import vocabulary
from nlp.lexical import stem_of
from nlp.results import Tension
from nlp.text import normalise, tokenise
from nlp.word_lists import pairs, words

# Half of the words of the shorter text: speaking of one same word is not yet disagreeing.
_LEAST_SHARE = 0.5
_LEAST_SHARED = 2
# In a long text, one word out of two hundred shows nothing.
_MOST_WORDS = 40
_READ = 2000
# « pas » alone tells a lack (« on n'a pas de bus »), which opposes nobody.
_NEGATION = re.compile(
    r"(?:^(pas)(?= d[e'])|\bne (?:faut )?(pas|plus|jamais)(?= \w{1,30}(?:er|ir|re)\b))"
)
_MAX_MEMBERS = 150
_MAX_PER_CLUSTER = 5


def tensions(texts: Sequence[str], members: Sequence[int]) -> tuple[Tension, ...]:
    """Find pairs of members that speak of the same thing and seem to ask the opposite.

    Two texts are opposed when one asks for an act and the other for its contrary (« augmenter » and
    « diminuer »), or when one refuses what the other wants (« pas de », « ne plus », « interdire »)
    and half of the
    words of the shorter text are shared.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of one cluster, most central first.

    Returns
    -------
    tuple of Tension
        At most five pairs, each text in one pair at most.
    """
    first = sorted(members[:_MAX_MEMBERS])
    words_of = dict(zip(first, vocabulary([texts[i] for i in first]).words, strict=True))
    subjects = {i: said for i, said in words_of.items() if len(said) <= _MOST_WORDS}
    stances = {i: stance(texts[i]) for i in subjects}
    stems_of = {i: frozenset(stem for stem, _ in said) for i, said in subjects.items()}
    found = []
    for i, j in _rivals(stances):
        shorter = min(len(subjects[i]), len(subjects[j]))
        needed = max(_LEAST_SHARE * shorter, min(_LEAST_SHARED, shorter - 1))
        if len(stems_of[i] & stems_of[j]) < needed:
            continue
        shown = _opposition(stances[i], stances[j])
        about = _shared(subjects[i], subjects[j], stances[i], stances[j]) if shown else ()
        if shown and len(about) >= needed:
            found.append(Tension(i, j, *shown, about))
    return _once_each(found)


def _rivals(stances: Mapping[int, "Stance"]) -> list[tuple[int, int]]:
    """Return the pairs that may be opposed: most texts neither refuse nor ask for such an act."""
    refusing = [i for i, (_, refusals) in stances.items() if refusals]
    others = [i for i, (_, refusals) in stances.items() if not refusals]
    asking = [i for i in others if stances[i][0]]
    pairs_found = [*product(refusing, others), *combinations(asking, 2)]
    return sorted((min(pair), max(pair)) for pair in pairs_found)


def _once_each(found: list[Tension]) -> tuple[Tension, ...]:
    """Keep the pairs that share most words, each text shown once."""
    kept: list[Tension] = []
    seen: set[int] = set()
    for pair in sorted(found, key=lambda t: (-len(t.about), t.first, t.second)):
        if pair.about and len(kept) < _MAX_PER_CLUSTER and not seen & {pair.first, pair.second}:
            kept.append(pair)
            seen |= {pair.first, pair.second}
    return tuple(sorted(kept, key=lambda t: (t.first, t.second)))


Stance = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]


@lru_cache(maxsize=20_000)
def stance(text: str) -> Stance:
    """Return the acts that ``text`` asks for, and its words of refusal.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of tuple of (str, str), tuple of str
        (stem, word) of each act that has a contrary, then the refusals.

    Examples
    --------
    >>> stance("Augmenter le prix")[0][0][1], stance("Pas de voitures")[1]
    ('augmenter', ('pas',))
    """
    said = tokenise(text[:_READ])
    contraries = _contraries()
    acts = tuple((stem, w) for w in said if (stem := stem_of(w)) in contraries)
    negation = _NEGATION.search(normalise(text[:_READ]))
    refusals = tuple(w for w in said if w in words("refusals"))
    return acts, (*refusals, *((negation.group(1) or negation.group(2),) if negation else ()))


@lru_cache(maxsize=1)
def _contraries() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for left, right in pairs("antonyms"):
        for one, other in ((left, right), (right, left)):
            key = stem_of(one)
            table[key] = table.get(key, frozenset()) | {stem_of(other)}
    return table


def _opposition(first: Stance, second: Stance) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the words that oppose two stances, or None when nothing does."""
    (acts, refusals), (other_acts, other_refusals) = first, second
    if bool(refusals) != bool(other_refusals):
        return refusals[:1], other_refusals[:1]
    if refusals:
        # « ne pas augmenter » and « diminuer » agree: contraries prove nothing between refusals.
        return None
    for stem, word in acts:
        for other_stem, other_word in other_acts:
            if other_stem in _contraries()[stem]:
                return (word,), (other_word,)
    return None


def _shared(
    first: tuple[tuple[str, str], ...],
    second: tuple[tuple[str, str], ...],
    stance_of_first: Stance,
    stance_of_second: Stance,
) -> tuple[str, ...]:
    stances = (stance_of_first, stance_of_second)
    acts = {stem for acts, _ in stances for stem, _ in acts}
    refusals = {stem_of(word) for _, refusals in stances for word in refusals}
    others = {stem for stem, _ in second}
    return tuple(
        word for stem, word in first if stem in others and stem not in acts and stem not in refusals
    )
