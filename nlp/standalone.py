"""Checks that a phrase keeps its meaning out of context."""

import re
from itertools import pairwise

from nlp.grammar import grammar, is_finite, is_infinitive, is_order, tokens_of
from nlp.word_lists import words

# Places of the speaker: a quotation may hold them, since it says that somebody speaks.
_OWN_PLACES = ("ici", "chez nous", "chez moi", "la table", "notre table")
_SHOWN = frozenset(("ça", "ca", "cela"))
_AFTER_SHOWN = frozenset(("ne", "n'", "me", "m'", "te", "se", "s'", "nous", "lui", "leur", "y"))
_ENCLITIC = re.compile(r"-(?:l[ae]s?|y|en)$")
# « qu'elles soient affichées, ces dérogations » : the subject comes last.
_NAMED_LAST = re.compile(r"^qu'(?:il|elle)s? .*, (?:ces|cette|cet|ce) ")
_DEMONSTRATIVES = frozenset(("ce", "ces", "cet", "cette"))
_RELATIVES = (["qui"], ["que"], ["qu'"], ["dont"])
# « juste à côté » : of what is named, or of what only the text says.
_BESIDE = re.compile(r" juste à côté (?!(?:de|du|des|d') )")
_ANTECEDENTS = frozenset(("celui", "celle", "ceux", "celles"))
_JOINED = frozenset(("et", "ou", "que", "qu'", "comme", "ni", ","))
_STILL = frozenset(("encore", "déjà", "toujours"))
_STATES = frozenset(("est", "sont", "reste", "restent", "tient", "tiennent", "était", "étaient"))
_USED = frozenset(("neuf", "neufs", "neuve", "neuves", "complet", "complets", "complète"))
_FIRST = 3
_OPENING = 4
_NAMED = 5


def refers(phrase: str) -> bool:
    """Tell whether ``phrase`` points at something outside it.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    bool
        True for « cette solidarité », « chez nous », « ici », « ça », « idem table 3 ».

    Examples
    --------
    >>> refers("garder cette solidarité"), refers("garder ce qui marche")
    (True, False)
    """
    tokens = tokens_of(phrase)
    said = f" {' '.join(tokens)} "
    if any(f" {pointed} " in said for pointed in words("deictics")) or _BESIDE.search(said):
        return True
    # Further on, « ça » is what the clause has just named (« un docteur, ça touche »).
    if not grammar("opening_pronoun").isdisjoint(tokens[:_FIRST]):
        return True
    if any(a in grammar("before_en") and b == "en" for a, b in pairwise(tokens)):
        return True
    return any(
        token in _DEMONSTRATIVES and not (token == "ce" and tokens[at + 1 : at + 2] in _RELATIVES)  # noqa: S105 - a word
        for at, token in enumerate(tokens)
    )


def is_quotable(clause: str) -> bool:
    """Tell whether a quotation is understood away from its text, whoever said it.

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False when it points at what its text said before, or opens with a pronoun.

    Examples
    --------
    >>> is_quotable("un van, c'est bien pour la photo"), is_quotable("elle a raison")
    (True, False)
    >>> is_quotable("coupez-les en petits"), is_quotable("si on l'étend, gardez ça")
    (False, False)
    """
    tokens = tokens_of(clause)
    if not tokens or _opens_on_somebody(tokens) or _points_back(clause, tokens):
        return False
    if loses_its_noun(tokens):
        return False
    return not any(_has_lost_its_object(tokens, at) for at in range(len(tokens)))


def loses_its_subject(clause: str) -> bool:
    """Tell whether a wish is about somebody that only its text names (« qu'elle verse »).

    Parameters
    ----------
    clause : str
        What :func:`nlp.grammar.plain_words` returned.

    Returns
    -------
    bool
        False for « qu'on » and « que la mairie ».

    Examples
    --------
    >>> loses_its_subject("qu'elle verse d'office"), loses_its_subject("que la CAF verse")
    (True, False)
    """
    tokens = tokens_of(clause)
    if _NAMED_LAST.search(clause):
        return False
    unnamed = grammar("subject") | grammar("pointer") | {"ce", "c'", "ça", "lui"}
    return tokens[0] in ("que", "qu'") and tokens[1:2] != ["on"] and tokens[1] in unnamed


def loses_its_noun(tokens: list[str]) -> bool:
    """Tell whether a phrase leaves unsaid a noun that only its text names.

    Parameters
    ----------
    tokens : list of str
        Tokens of :func:`nlp.grammar.tokens_of`.

    Returns
    -------
    bool
        True for « ceux qui sont encore debout », « celle du bourg », « des jeux d'occasion »: jeux
        of what? False for people told by what they do (« ceux qui gardent gratis »).

    Examples
    --------
    >>> loses_its_noun(tokens_of("aider ceux qui sont encore debout"))
    True
    >>> loses_its_noun(tokens_of("aider ceux qui gardent gratis"))
    False
    """
    lacks = (_lacks_antecedent, _lacks_content, _is_bare, _repeats_an_act)
    return any(lack(tokens, at) for lack in lacks for at in range(len(tokens)))


def _lacks_antecedent(tokens: list[str], at: int) -> bool:
    """Tell whether the pronoun at ``at`` stands for a thing that nothing before it names."""
    if tokens[at] not in _ANTECEDENTS or tokens[at + 1 : at + 2] == [","]:
        return False
    named = not grammar("determiner").isdisjoint(tokens[:at])
    if named and (at == 0 or tokens[at - 1] in _JOINED or tokens[at + 1 : at + 2] != ["qui"]):
        return False
    following = tokens[at + 1 : at + 4]
    if following[:1] in (["de"], ["d'"], ["du"], ["des"]):
        return True
    return following[:1] == ["qui"] and (
        not _STILL.isdisjoint(following) or not _STATES.isdisjoint(following[1:2])
    )


def _lacks_content(tokens: list[str], at: int) -> bool:
    """Tell whether a noun that counts a set (« un jeu », « une paire ») does not say of what."""
    if tokens[at] not in grammar("set") or tokens[max(0, at - 1)] not in grammar("determiner"):
        return False
    following = tokens[at + 1 : at + 3]
    return following == ["d'", "occasion"] or not _USED.isdisjoint(following[:1])


def _is_bare(tokens: list[str], at: int) -> bool:
    """Tell whether an adjective stands for a noun (« les pires », « une vraie »)."""
    before, ends = tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2] in ([], [","], [":"])
    if not ends or not grammar("determiner").isdisjoint(tokens[: max(0, at - 2)]):
        return False
    if tokens[at] in grammar("superlative"):
        return before in (["le"], ["la"], ["les"])
    return tokens[at] in grammar("bare") and before in (["un"], ["une"], ["seul"], ["seule"])


def _repeats_an_act(tokens: list[str], at: int) -> bool:
    """Tell whether « le faire » stands for an act that the phrase may not name."""
    following = tokens[at + 2 : at + 3]
    return tokens[at : at + 2] == ["le", "faire"] and not any(map(is_infinitive, following))


def _opens_on_somebody(tokens: list[str]) -> bool:
    """Tell whether the first word needs what came before (« elle a raison », « mais la CAF »)."""
    if tokens[0] == "il" and not grammar("impersonal").isdisjoint(tokens[1:2]):
        return False
    # « Avec une table à l'entrée » goes on from what was asked before.
    goes_on = tokens[0] == "avec" and "," not in tokens
    # « Derrière, un potager » : behind what, only the text says.
    placed = tokens[0] in grammar("placed") and tokens[1:2] == [","]
    return goes_on or placed or tokens[0] in grammar("dangling")


def _points_back(clause: str, tokens: list[str]) -> bool:
    """Tell whether a clause points at something else than where its speaker lives."""
    elsewhere = _NAMED_LAST.sub(" ", f"{clause.lower()} ").replace("c'est là que", "")
    elsewhere = f" {elsewhere} "
    for place in _OWN_PLACES:
        elsewhere = elsewhere.replace(f" {place} ", " ")
    # « il faudrait pouvoir venir avant » : before what, only the text says.
    unbound = any(
        before == "avant" and after in (",", ".", "") and is_infinitive(verb)
        for verb, before, after in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False)
    )
    # « une carte pour tous, la même carte pour chacun » : what is the same is named.
    same = [at for at, token in enumerate(tokens) if token == "même"]  # noqa: S105 - a word
    named = bool(same) and all(tokens[at + 1] in tokens[:at] for at in same if at + 1 < len(tokens))
    return unbound or (refers(elsewhere) and not named)


def _has_lost_its_object(tokens: list[str], at: int) -> bool:
    """Tell whether the word at ``at`` stands for an object that the clause does not name."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    if token in _SHOWN:
        spoken = after and (after[0] in _AFTER_SHOWN or is_finite(tokens, at + 1, after_noun=True))
        return at > 0 and not spoken
    if token in grammar("clitic"):
        return bool(after) and _is_lost_pronoun(tokens, at)
    if not is_order(token) or (at > 0 and tokens[at - 1] == ","):
        return False
    # « imitez-nous dans les autres quartiers » : nothing says who « nous » is.
    shown = token.endswith("-nous") and after[:1] in (["dans"], ["comme"], ["partout"])
    return shown or bool(_ENCLITIC.search(token)) or _is_followed_by_pronoun(tokens, at)


def _is_lost_pronoun(tokens: list[str], at: int) -> bool:
    """Tell whether a pronoun is the object of the first verb (« les aider »)."""
    if tokens[at] not in ("le", "la", "les", "l'", "en", "y"):
        return False
    wish = tokens[0] in ("que", "qu'")
    if wish and (tokens[1:2] == ["on"] and at == _FIRST - 1):
        return True
    # « que la mairie le clôture » : after its subject, « le » is a pronoun.
    if wish and at == _FIRST and tokens[1] in grammar("article"):
        return True
    if (
        at < _NAMED
        and tokens[at] in ("l'", "les")
        and tokens[at + 1] in ("a", "ont", "ai", "avait")
    ):
        return True
    if not is_infinitive(tokens[at + 1]) or tokens[at - 1 : at] == [","]:
        return False
    governed = tokens[max(0, at - 2) : at]
    return at < _OPENING or not grammar("modal").isdisjoint(governed)


def _is_followed_by_pronoun(tokens: list[str], at: int) -> bool:
    """Tell whether « le », « la », « les » after an order are pronouns (« gardez les »)."""
    if tokens[at + 1 : at + 2] not in (["le"], ["la"], ["les"]):
        return False
    following = tokens[at + 2] if len(tokens) > at + 2 else ""  # the order, the pronoun, a noun
    return not following.isalpha() or following in grammar("determiner") | {"dans", "et"}


def stands_alone(phrase: str) -> bool:
    """Tell whether an action phrase is of everybody and needs nothing before it.

    Parameters
    ----------
    phrase : str
        A phrase with plain apostrophes.

    Returns
    -------
    bool
        False with a pronoun or a place that only the text explains, or with the first or the
        second person.

    Examples
    --------
    >>> stands_alone("ouvrir une crèche"), stands_alone("les aider"), stands_alone("chez nous")
    (True, False, False)
    """
    tokens = tokens_of(phrase)
    if words("persons").intersection(tokens) or refers(phrase) or loses_its_noun(tokens):
        return False
    if not (grammar("opening_pronoun") | {"lui"}).isdisjoint(tokens):
        return False
    # « demander son avis », « permettre qu'ils permutent » : nothing before says whose, or who.
    if (grammar("possessive") | grammar("pointer")).intersection(tokens[:_FIRST]):
        return False
    return not any(_is_pronoun(tokens, at) for at in range(len(tokens) - 1))


def _is_pronoun(tokens: list[str], at: int) -> bool:
    """Tell whether the word at ``at`` is a pronoun before its verb (« les aider »)."""
    if tokens[at] not in grammar("clitic"):
        return False
    if is_infinitive(tokens[at + 1]):
        # « récupérer des pneus, les stocker » : the phrase has named them.
        return at < _NAMED or tokens[at] not in ("le", "la", "les", "l'")
    # In a wish, what is before the conjugated verb is not in the phrase (« qu'on le clôture »).
    wish = tokens[0] in ("que", "qu'")
    return wish and is_finite(tokens, at + 1, after_noun=True)
