"""Titles of clusters and families: an action, infinitive first, in people's own words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from heapq import nlargest
from itertools import accumulate, combinations

from nlp.fallback_titles import last_resort
from nlp.lexical import stem_of
from nlp.personal_data import find_personal_data
from nlp.phrases import action_phrase, clauses, finish
from nlp.text import is_french, is_stop_word, tokenise
from nlp.things import is_noun_phrase, is_wished, things
from nlp.word_lists import words

_MAX_TEXTS = 40
_MAX_CLAUSES = 6
_IDEAL_WORDS = 6
# The words of a member at the centre count three times those of one at the margin.
_CENTRALITY = 2.0
# A misspelt or foreign word, which nobody else says, makes a title that nobody keeps.
_STRANGE = 0.3
_ALONE = 0.3
_FEW_WORDS = 2
_FRAMING = frozenset(("prendre", "compte", "prévoir"))
# The weight of a word said once in a group is less than this share of a voice.
_ONCE = 0.5
_FRAME = "Prendre en compte "
_WISH = "Prévoir "
_JUDGES = re.compile(r"\bc'(?:est|était|serait)\b|\bce n'est\b")
_PAIRED = 5
# A title of 80 characters holds fewer words.
_MOST_STEMS = 40
_ROUNDING = 1e-8
_PAIR_MALUS = 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible title.

    Attributes
    ----------
    title : str
        The title.
    score : float
        The larger, the better.
    """

    title: str
    score: float


def candidates(
    texts: Sequence[str],
    members: Sequence[int],
    weights: Mapping[str, float],
    fits: Callable[[str], bool] | None = None,
) -> tuple[Candidate, ...]:
    """Return the titles that the members' own words can make, best first.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the cluster, most central first.
    weights : mapping of str to float
        Weights of the stems of the cluster.
    fits : callable or None, default=None
        Tells whether a title may be chosen; when given, what surely scores less than an act that
        fits is left out.

    Returns
    -------
    tuple of Candidate
        Action phrases when somebody wrote one, else framed noun phrases; never empty unless all
        the members are blank.
    """
    said, n_members = _clauses(texts, members), len(members)
    found = _scored(said, _actions, weights, n_members)
    least = next((act.score for act in _ranked(found) if fits and fits(act.title)), 0.0)
    most = _most(weights)
    for make, malus in _FRAMES:
        near = [pair for pair in said if malus * most * (1 + _CENTRALITY * pair[1]) >= least]
        for title, score in _scored(near, make, weights, n_members).items():
            found[title] = max(found.get(title, 0.0), malus * score)
    if _PAIR_MALUS * most >= least:
        for title, score in _paired(said, weights, n_members):
            found[title] = max(found.get(title, 0.0), _PAIR_MALUS * score)
    return _ranked(found)


def _scored(
    said: Sequence[tuple[str, float]],
    make: Callable[[str], Sequence[str]],
    weights: Mapping[str, float],
    n_members: int,
) -> dict[str, float]:
    found: dict[str, float] = {}
    for clause, central in said:
        for title in make(clause):
            score = _score(title, weights, central, n_members)
            found[title] = max(found.get(title, 0.0), score)
    return found


def _ranked(found: Mapping[str, float]) -> tuple[Candidate, ...]:
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Candidate(title, score) for title, score in ranked)


def _most(weights: Mapping[str, float]) -> float:
    """Return what no title can exceed, at the margin: the heaviest words and nothing else."""
    heaviest = accumulate(nlargest(_MOST_STEMS, weights.values()))
    spoken = (covered / max(n, _IDEAL_WORDS) ** 0.5 for n, covered in enumerate(heaviest, 1))
    return max(spoken, default=0.0) + _ROUNDING


def _clauses(texts: Sequence[str], members: Sequence[int]) -> list[tuple[str, float]]:
    """Return what the most central members say, clause by clause, with how central it is."""
    return [
        (clause, 1 - rank / len(members))
        for rank, i in enumerate(members[:_MAX_TEXTS])
        for clause in clauses(texts[i])[:_MAX_CLAUSES]
    ]


def _score(title: str, weights: Mapping[str, float], central: float, n_members: int) -> float:
    said = tokenise(title)
    stems = dict.fromkeys(stem_of(word) for word in said)
    covered = sum(weights.get(stem, 0.0) for stem in stems)
    spoken = covered / max(len(stems), _IDEAL_WORDS) ** 0.5
    personal = 0.5 if words("personal_words").intersection(said) else 1.0
    once = _ONCE / n_members
    strange = _STRANGE ** sum(
        not is_french(word) and weights.get(stem_of(word), 0.0) < once for word in said
    )
    # « Chercher l'erreur » : in few words, and none of them anybody else's, a title says nothing.
    named = [w for w in said if not is_stop_word(w) and w not in _FRAMING]
    shared = len(named) > _FEW_WORDS or any(weights.get(stem_of(w), 0.0) >= once for w in named)
    alone = 1.0 if shared else _ALONE
    return float(round(personal * strange * alone * spoken * (1 + _CENTRALITY * central), 9))


def _actions(clause: str) -> tuple[str, ...]:
    # « Attendre dehors, c'est humiliant » judges, it asks nothing.
    phrase = None if _JUDGES.search(clause) else action_phrase(clause)
    return (phrase,) if phrase else ()


def _noun_phrases(clause: str) -> tuple[str, ...]:
    return _framed(clause) if is_noun_phrase(clause) else ()


@lru_cache(maxsize=20_000)
def _named(clause: str) -> tuple[str, ...]:
    return tuple(things(clause))


def _things(clause: str) -> tuple[str, ...]:
    return tuple(title for thing in _named(clause) for title in _framed(thing))


def _framed(thing: str) -> tuple[str, ...]:
    """Put a thing people named behind a verb that asks nothing they did not ask."""
    title = finish((_WISH if is_wished(thing) else _FRAME).lower() + thing)
    return (title,) if title else ()


def _paired(
    said: Sequence[tuple[str, float]], weights: Mapping[str, float], n_members: int
) -> Iterator[tuple[str, float]]:
    """Yield titles of two things that several people named: one alone often says too little."""
    named: dict[str, float] = {}
    for clause, central in said:
        for thing in _named(clause):
            score = _score(thing, weights, central, n_members)
            named[thing] = max(named.get(thing, 0.0), score)
    best = sorted(named, key=lambda thing: (-named[thing], thing))[:_PAIRED]
    for one, other in combinations(best, 2):
        apart = not {*map(stem_of, tokenise(one))} & {*map(stem_of, tokenise(other))}
        title = finish(f"{_FRAME.lower()}{one} et {other}") if apart else None
        if title and title.endswith(other.replace("'", "’")):
            yield title, _score(title, weights, 0.0, n_members)


_FRAMES = ((_noun_phrases, 0.5), (_things, 0.25))


def title(
    texts: Sequence[str],
    members: Sequence[int],
    weights: Mapping[str, float],
    taken: frozenset[str],
) -> str:
    """Choose the best title that no other cluster has.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    members : sequence of int
        Positions of the texts of the cluster, most central first.
    weights : mapping of str to float
        Weights of the stems of the cluster.
    taken : frozenset of str
        Titles of the other clusters, in lower case.

    Returns
    -------
    str
        A title, never empty, not in ``taken``.
    """
    fits = partial(_fits, taken)
    for candidate in candidates(texts, members, weights, fits):
        if candidate.score > 0 and fits(candidate.title):
            return candidate.title
    return last_resort(texts, members, taken)


def _fits(taken: frozenset[str], name: str) -> bool:
    # A title goes on every screen and into the roadmap: it names nobody.
    return name.lower() not in taken and not find_personal_data(name)
