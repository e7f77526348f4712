"""Names, addresses and states of health of people, as they are written in French."""

import re
from collections.abc import Iterator

from nlp.word_lists import words

Found = tuple[int, int]

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,40}"
_PARTICLE = r"(?:de |du |des |d['’]|de la |le |la |ben |el |al |von |van )?"
_SURNAME = rf"{_PARTICLE}{_CAPITAL}"
_CIVILITY = re.compile(
    r"(?<!\w)(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle\.?|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|"
    r"Pr\.?|Professeur|Maître|monsieur|madame|mademoiselle|mme|mr|mlle|docteur|dr)[ \u00a0\u202f]"
    rf"({_SURNAME}(?: {_SURNAME}){{0,2}})"
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?i:m['’]appelle|s['’]appelle|se nomme|me nomme|nommée?|prénommée?|mon nom est|"
    rf"mon nom c['’]est|mon prénom est)[ ]({_SURNAME}(?: {_SURNAME}){{0,2}})"
)
_KIN = re.compile(
    r"(?<!\w)(?:[Mm]on|[Mm]a|[Ss]on|[Ss]a|[Nn]otre|[Ll]eur|[Mm]es) "
    r"(?:fils|fille|mari|femme|mère|père|"
    r"sœur|soeur|frère|voisine?|collègue|amie?|compagne|compagnon|conjointe?|épouse|époux|tante|"
    rf"oncle|cousine?|neveu|nièce|belle-mère|beau-père),? ({_SURNAME})"
)
_FIRST = re.compile(rf"(?<![\w’'-]){_CAPITAL}")
_REST = re.compile(rf" ({_SURNAME})(?: {_CAPITAL})?")
_PLACES = re.compile(
    r"(?:rue|avenue|place|boulevard|allée|école|collège|lycée|hôpital|clinique|salle|gare|stade|"
    r"quartier|espace|centre|piscine|square|théâtre|médiathèque|institut|parc|pont|quai|loi|"
    r"fondation|résidence|foyer|maison|ehpad|saint|sainte|saint-|sainte-)\s?$"
)
_NOT_A_NAME = frozenset(
    [
        "le",
        "la",
        "les",
        "maire",
        "président",
        "présidente",
        "ministre",
        "député",
        "députée",
        "préfet",
        "préfète",
        "directeur",
        "directrice",
        "juge",
        "commissaire",
        "bonjour",
        "merci",
        "tout",
        "je",
        "nous",
        "vous",
        "il",
        "elle",
        "on",
        "et",
    ]
)
_WAY = (
    r"(?:rue|r\.|avenue|av\.?|boulevard|bd\.?|bld|place|pl\.|allées?|chemin|impasse|route|quai|"
    r"cours|square|résidence|lotissement|passage|ruelle|sentier|hameau|lieu-dit|faubourg|venelle|"
    r"cité|esplanade|rond-point)"
)
_LINKS = r"(?:(?:de|du|des|la|le|les|à|aux)[ ]|[ld]['’]){0,3}"
_WAY_NAME = rf"{_LINKS}[^\W\d_][\w’'-]{{0,40}}(?:[ ](?:{_LINKS})[A-ZÀ-ÖØ-Þ][\w’'-]{{0,40}}){{0,4}}"
_TOWN = r"(?:,?[ ](?:à[ ])?\d{5}[ ][A-ZÀ-ÖØ-Þ][\w’'-]{0,40}(?:[ ][A-ZÀ-ÖØ-Þ][\w’'-]{0,40}){0,3})?"
_ADDRESS = re.compile(
    rf"(?<!\w)\d{{1,4}}[ ]?(?:bis|ter|quater|[A-D](?=[ ,]))?,?[ ](?i:{_WAY})[ ]{_WAY_NAME}{_TOWN}"
)
_LIVES = re.compile(
    r"(?:habit|domicili|demeur|log|résid)\w{1,6}[ ](?:[^\W\d_]{1,10}[ ]){0,3}"
    rf"((?i:{_WAY})[ ]{_WAY_NAME}{_TOWN})",
)
_PERSON = re.compile(
    r"(?<!\w)(?i:je (?:suis|souffre|vis avec|sors)|j['’](?:ai|étais|attends)|m['’]a diagnostiqué|"
    r"(?:mon|ma|mes|son|sa|notre|leur) (?:mari|femme|fils|fille|mère|père|sœur|soeur|frère|"
    r"voisine?|collègue|amie?|compagne|compagnon|conjointe?|épouse|époux|tante|oncle|cousine?|"
    r"neveu|nièce|grand-mère|grand-père|bébé|enfant)|maman|papa|"
    r"(?:monsieur|madame|mme|mr|m\.)(?-i: [A-Z]\w+))"
    r"(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?\n](?=\s|$)")
# A person and a state of health further apart than this are two subjects.
_REACH = 80
_PLACE_REACH = 20


def names(text: str) -> Iterator[Found]:
    """Yield the offsets of people's names.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end, the civility left out.
    """
    for pattern in (_CIVILITY, _INTRODUCED, _KIN):
        for match in pattern.finditer(text):
            first = match.group(1).split(" ", 1)[0]
            if first.lower() not in _NOT_A_NAME and first[0].isupper():
                yield match.span(1)
    named = 0
    for match in _FIRST.finditer(text):
        end = _end_of_name(text, match) if match.start() >= named else 0
        named = max(named, end)
        before = text[max(0, match.start() - _PLACE_REACH) : match.start()]
        if end and not _PLACES.search(before.lower()):
            yield match.start(), end


def _end_of_name(text: str, match: re.Match[str]) -> int:
    """Return where a name that begins with the word matched ends, or 0 when it is no name."""
    word, rest = match.group(), _REST.match(text, match.end())
    surname = rest.group(1) if rest and rest.group(1).lower() not in _NOT_A_NAME else None
    if word.isupper() and surname and _is_first_name(surname):
        return match.end() + 1 + len(surname)
    if not _is_first_name(word):
        return 0
    if surname and rest:
        return rest.end()
    # « Pierre » alone may be a stone, a street or a town.
    return match.end() if word not in words("ambiguous_first_names") else 0


def _is_first_name(word: str) -> bool:
    return not words("first_names").isdisjoint((word, word.title()))


def addresses(text: str) -> Iterator[Found]:
    """Yield the offsets of postal addresses, and of the street where somebody lives.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _ADDRESS.finditer(text):
        yield match.span()
    for match in _LIVES.finditer(text):
        yield match.span(1)


def health(text: str) -> Iterator[Found]:
    """Yield the offsets of words that tell the health of somebody named in the same sentence.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end of the word.
    """
    people = [match.start() for match in _PERSON.finditer(text)]
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    person, end = 0, 0
    for match in _WORD.finditer(text):
        while person < len(people) and people[person] < match.start():
            person += 1
        while end < len(ends) and ends[end] < match.start():
            end += 1
        if not person or match.group().lower() not in words("health"):
            continue
        sentence = ends[end - 1] if end else -1
        if people[person - 1] > max(sentence, match.start() - _REACH):
            yield match.span()
