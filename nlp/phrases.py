"""From what someone wrote to an action phrase: an infinitive first, in their own words."""

import re
from functools import cache

from nlp.text import is_stop_word, lemma, tokenise
from nlp.word_lists import pairs, words

_READ = 1500
_LONGEST = 80
_SHORTEST = 8
_CLAUSE = re.compile(r"[.!?;:\n…()•«»\"“”]+|\s[-–—*]\s")
_TAIL = " ,'’-–—/&+"
_SPACES = re.compile(r"[\s  ]+")
_LEAD = re.compile(r"^[\W\d_]+")
_COMMA = re.compile(r" ?,(?=\D) ?")
_PLEASE = ("svp", "s'il", "merci")
_POLITE = re.compile(r"(?<![ ,])[ ,]+(?:svp|s'il (?:vous|te) pla[iî]t|merci)\b.*$", re.IGNORECASE)
# What comes before the act in people's sentences. Each alternative is a literal: linear time.
_OPENER = re.compile(
    r"^(?:(?:et|mais|donc|alors|puis|aussi|enfin|surtout|pour|afin de|merci de|peut-être|"
    r"proposition|idée|il faudra|il faudrait|il faut|faudrait|faut|on pourrait|on devrait|on doit|"
    r"nous pourrions|nous devrions|nous devons|nous pouvons|je propose|je souhaite|je voudrais|"
    r"nous proposons|il est (?:nécessaire|urgent|important|temps|possible|essentiel|indispensable)|"
    r"l'idée (?:serait|est)|pourquoi ne pas|besoin|pouvoir|devoir|vouloir|avoir le droit|"
    r"absolument|vraiment|également|déjà|le fait|envie|de)[ ,]+"
    r"|j'aimerais |d'abord,? |d'|afin d')+"
)
_INFINITIVE = re.compile(
    r"^((?:ne (?:pas|plus|jamais) )?(?:mieux |bien |vraiment )?"
    r"(?:se |s'|me |m'|nous )?)([a-zà-ÿœ-]+)(?= |$)"
)
_NOMINAL = re.compile(
    r"^(?:(?:le |la |l'|une |un )?)([a-zà-ÿœ]+) (du |des |de la |de l'|d'une |d'un )"
)
_IMPERFECT = ("ait", "issait")
# Words that are an infinitive too, and hardly ever as the first word of a request.
_NOUNS = frozenset({"fier", "souvenir", "devoir", "pouvoir", "être", "avoir"})
# Verbs that another infinitive follows: « laisser faire », « aller voir ».
_GOVERNS = frozenset(
    ("faire", "laisser", "aller", "venir", "savoir", "oser", "voir", "entendre", "envoyer",
     "préférer", "aimer", "espérer", "souhaiter", "penser", "se")
)  # fmt: skip
_DIRECT = {
    "du ": "le ",
    "des ": "les ",
    "de la ": "la ",
    "de l'": "l'",
    "d'une ": "une ",
    "d'un ": "un ",
}
_BREAKS = (
    " afin ", " car ", " parce ", " puisque ", " alors ", " mais ", " tout en ", " pour ",
    " qui ", " que ", " lorsque ", " comme ", " en ", " dans ", " avec ", " sur ", " et ", " ou ",
)  # fmt: skip


def clauses(text: str) -> tuple[str, ...]:
    """Split the beginning of ``text`` into clauses, first letters lowered, spaces made plain.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        Clauses in reading order, marks and numbers before them left out.

    Examples
    --------
    >>> clauses("1) Isoler les murs. Et vite !")
    ('isoler les murs', 'et vite')
    """
    parts = _CLAUSE.split(text[:_READ].replace("’", "'"))
    plain = (_LEAD.sub("", _SPACES.sub(" ", part)).strip() for part in parts)
    return tuple(_calm(part) for part in plain if part)


def _calm(clause: str) -> str:
    """Lower the first letter, and everything when somebody shouted."""
    if clause.isupper():
        letters = [char for char in clause if char.isalpha()]
        if len(letters) > len("OUI") and all(char.isupper() for char in letters):
            return clause.lower()
    first = clause.split(" ", 1)[0]
    return clause if len(first) > 1 and first.isupper() else clause[:1].lower() + clause[1:]


def action_phrase(clause: str) -> str | None:
    """Turn ``clause`` into an action phrase, if it asks for an act.

    Parameters
    ----------
    clause : str
        A clause returned by :func:`clauses`.

    Returns
    -------
    str or None
        The phrase, infinitive first and at most 80 characters, or None.

    Examples
    --------
    >>> action_phrase("il faudrait développer les transports en commun")
    'Développer les transports en commun'
    >>> action_phrase("création de la maison commune")
    'Créer la maison commune'
    >>> action_phrase("mettez des bancs dans la rue")
    'Mettre des bancs dans la rue'
    >>> action_phrase("des vélos neufs") is None
    True
    """
    lowered = clause[0].lower() + clause[1:]
    rest = _strip_opener(lowered)
    phrase = _infinitive(rest) or _from_noun(rest) or _infinitive(lowered) or _from_imperative(rest)
    return finish(phrase) if phrase else None


def _strip_opener(clause: str) -> str:
    match = _OPENER.match(clause)
    return clause[match.end() :] if match else clause


def _infinitive(rest: str) -> str | None:
    match = _INFINITIVE.match(rest)
    if match is None or not is_infinitive(match.group(2)) or _is_heaped(rest[match.start(2) :]):
        return None
    # « me promener » is one person's; the title speaks for all.
    before = match.group(1).replace("me ", "se ").replace("m'", "s'").replace("nous ", "se ")
    return before + rest[match.start(2) :]


def _is_heaped(phrase: str) -> bool:
    """Tell whether two acts follow each other without a link (« cuisiner manger »): a note."""
    first, _, rest = phrase.partition(" ")
    return first not in _GOVERNS and is_infinitive(rest.partition(" ")[0].rstrip(","))


@cache
def is_infinitive(word: str) -> bool:
    """Tell whether a lower-case word is a French infinitive, and surely not a noun.

    Parameters
    ----------
    word : str
        A lower-case word.

    Returns
    -------
    bool
        True for known infinitives, their « re- » and « co- » forms, the regular endings, and
        words whose imperfect the dictionary knows.

    Examples
    --------
    >>> is_infinitive("développer"), is_infinitive("atelier"), is_infinitive("revégétaliser")
    (True, False, True)
    >>> is_infinitive("abriter"), is_infinitive("menacer")
    (True, True)
    """
    known = words("infinitives")
    bare = word.removeprefix("re-").removeprefix("co-").removeprefix("ré-")
    if word in known or bare in known or word.endswith(("aliser", "iliser", "ariser", "ifier")):
        return True
    # « abriter » has « abritait », « atelier » has no « ateliait ».
    if not word.endswith(("r", "re")):
        return False
    stem = word[:-2]
    # « menaçait », « mangeait » : the spelling follows the sound.
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" * stem.endswith("g")
    return word not in _NOUNS and any(lemma(soft + end) == word for end in _IMPERFECT)


@cache
def _verbs() -> dict[str, str]:
    return dict(pairs("nominalisations"))


def _from_noun(rest: str) -> str | None:
    match = _NOMINAL.match(rest)
    if match is None or match.group(1) not in _verbs():
        return None
    return f"{_verbs()[match.group(1)]} {_DIRECT[match.group(2)]}{rest[match.end() :]}"


def _from_imperative(rest: str) -> str | None:
    word, _, asked = rest.partition(" ")
    if not asked or not word.endswith("ez") or not is_infinitive(lemma(word)):
        return None
    return f"{lemma(word)} {asked}"


def finish(phrase: str) -> str | None:
    """Cut ``phrase`` where it makes sense, and give it a capital and French apostrophes.

    Parameters
    ----------
    phrase : str
        A phrase of any length.

    Returns
    -------
    str or None
        At most 80 characters, never ending on a grammatical word; None when too little is left.

    Examples
    --------
    >>> finish("isoler l'école avec les")
    'Isoler l’école'
    """
    phrase = _COMMA.sub(", ", phrase)
    # Few people say please: looking for the words first is faster than the pattern.
    if any(word in phrase.lower() for word in _PLEASE):
        phrase = _POLITE.sub("", phrase)
    kept = phrase if len(phrase) <= _LONGEST else _cut(phrase)
    while kept:
        kept = kept.rstrip(_TAIL)
        head, _, last = kept.rpartition(" ")
        said = tokenise(last)
        if said and not (is_stop_word(said[-1]) and head):
            break
        kept = head
    if len(kept) < _SHORTEST or sum(not is_stop_word(word) for word in tokenise(kept)) < 1 + 1:
        return None
    return kept[0].upper() + kept[1:].replace("'", "’")


def _cut(phrase: str) -> str:
    """Cut at the last comma, else before the last clause, else between two words."""
    window = phrase[: _LONGEST + 1]
    comma = window.rfind(", ")
    if comma >= _LONGEST // 3:
        return window[:comma]
    breaks = [at for mark in _BREAKS if (at := window.rfind(mark)) >= _LONGEST // 3]
    return window[: max(breaks)] if breaks else window[: window.rfind(" ")]
