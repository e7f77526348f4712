"""Codes copied by hand: generation and parsing.

Codes are drawn without characters that look alike. Those drawn before kept 2/Z, 5/S, 8/B and 6/G,
and are printed on posters and receipts: they are read too.
"""

import hashlib
import itertools
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator

# Characters of codes, those drawn before included: without 0, O, 1 and I.
# pragma: allowlist nextline secret
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# Characters of the codes that are drawn: no two look alike.
# pragma: allowlist nextline secret
DRAWN = "ACDEFHJKLMNPQRTUVWXY23456789"
CODE_LENGTH = 6
RECEIPT_LENGTH = 12
LINK_LENGTH = 28
_DRAWN_FOR = {"Z": "2", "S": "5", "B": "8", "G": "6"}
_AS_DRAWN = str.maketrans({ord(letter): digit for letter, digit in _DRAWN_FOR.items()})
_OTHER = _DRAWN_FOR | {digit: letter for letter, digit in _DRAWN_FOR.items()}
_LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})
# Capitals of Russian and Ukrainian keyboards that are printed as Latin ones.
_CYRILLIC = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
_WORD = re.compile(r"[^\W_]+")
# Bounds of the search in what was pasted, so that a look-up stays one short query.
_MAX_TYPED, _MAX_CODES = 500, 12
_LETTERS = "".join(c for c in DRAWN if c.isalpha())
# What a mark is typed as: a number, in which a letter may stand for a digit, and two characters.
_MARK = re.compile(r"(?<![^\W_])([0-9OIL]{1,6})[\W_]{0,4}([A-Z0-9])[\W_]{0,4}([A-Z0-9])[\W_]{0,4}$")
_AS_DIGITS = str.maketrans("OIL", "011")
# Coprime to the number of pairs of check characters: neighbours have unlike ones.
_NUMBER_STEP, _SERIES_STEP = 333, 97


def new_code(known: Collection[str] = ()) -> str:
    """Return a workshop code that looks like none of ``known``.

    It has 28 bits: it opens a public form and is not a secret.
    """
    taken = {drawn_form(code) for code in known}
    return next(code for code in iter(lambda: _draw(CODE_LENGTH), "") if code not in taken)


def new_receipt() -> str:
    """Return a receipt code (57 bits: a bearer token that can withdraw the contribution)."""
    return _draw(RECEIPT_LENGTH)


def new_link_token() -> str:
    """Return the bearer token of the page of a table or of a stand (134 bits)."""
    return _draw(LINK_LENGTH)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a bearer token: what is stored of it, and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_tokens(typed: str) -> frozenset[str]:
    """Return the tokens that ``typed`` may be: itself, since old ones mix cases, or as drawn."""
    return frozenset({typed, drawn_form(typed)})


def is_code(code: str) -> bool:
    """Whether ``code``, in stored form, may be the code of a workshop."""
    return len(code) == CODE_LENGTH and not set(code) - set(ALPHABET)


def read_code(typed: str) -> str:
    """Return ``typed`` in stored form: no spaces or hyphens, upper case, look-alikes replaced.

    Full-width characters, digits of any script and Cyrillic capitals that look Latin are read as
    what they look like.

    Examples
    --------
    >>> read_code(" h7kq-4m ")
    'H7KQ4M'
    >>> read_code("E6PGO1")
    'E6PGQL'
    """
    return "".join(_words(typed)).translate(_LOOK_ALIKES)


def codes_in(typed: str, *, length: int) -> tuple[str, ...]:
    """Return what may be a code of ``length`` in what was typed or pasted, in stored form.

    These are the runs of whole words that have this length together: an address, « Atelier » or
    « code : » around the code, and spaces or hyphens inside it, do no harm.

    Examples
    --------
    >>> codes_in("<https://exemple.fr/a/D2RZP7/>.", length=6)
    ('D2RZP7',)
    >>> codes_in("Atelier d2rz-p7", length=6)
    ('D2RZP7',)
    """
    words = _words(typed[:_MAX_TYPED])
    runs = (run for start in range(len(words)) for run in _runs(words[start:], length))
    return tuple(itertools.islice(dict.fromkeys(runs), _MAX_CODES))


def drawn_form(code: str) -> str:
    """Return ``code`` with the character that is drawn in place of each that looks like it.

    Examples
    --------
    >>> drawn_form("DZRSBG")
    'D2R586'
    """
    return read_code(code).translate(_AS_DRAWN)


def spellings(code: str, *, swaps: int = CODE_LENGTH) -> frozenset[str]:
    """Return the codes that look like ``code``: its drawn form, and up to ``swaps`` misreadings.

    Examples
    --------
    >>> sorted(spellings("D2RZP7"))
    ['D2R2P7', 'D2RZP7', 'DZR2P7', 'DZRZP7']
    """
    places = [place for place, character in enumerate(code) if character in _OTHER]
    chosen = (
        misread
        for count in range(min(swaps, len(places)) + 1)
        for misread in itertools.combinations(places, count)
    )
    return frozenset(
        "".join(_OTHER[c] if place in misread else c for place, c in enumerate(code))
        for misread in chosen
    ) | {drawn_form(code)}


def grouped(receipt: str) -> str:
    """Return ``receipt`` in groups of four, for display.

    Examples
    --------
    >>> grouped("ABCDEFGHJKLM")
    'ABCD-EFGH-JKLM'
    """
    return "-".join(receipt[i : i + 4] for i in range(0, len(receipt), 4))


def mark(number: int, *, series: int) -> str:
    """Return ``number`` with two check characters, to copy by hand.

    They differ for two numbers of a series that differ by one digit, or by two neighbouring digits
    that changed places, and for one number in two series less than 560 apart.

    Examples
    --------
    >>> mark(12, series=1), mark(13, series=1), mark(12, series=2)
    ('12-JH', '13-XD', '12-MX')
    """
    pairs = len(_LETTERS) * len(DRAWN)
    letter, other = divmod((number * _NUMBER_STEP + series * _SERIES_STEP) % pairs, len(DRAWN))
    return f"{number}-{_LETTERS[letter]}{DRAWN[other]}"


def read_mark(typed: str) -> tuple[int, str] | None:
    """Return the number of a mark that was typed, and the mark as it is drawn; None if it is none.

    Examples
    --------
    >>> read_mark("n° 12k7"), read_mark("O12 - k z"), read_mark("douze")
    ((12, '12-K7'), (12, '12-K2'), None)
    """
    plain = unicodedata.normalize("NFKC", typed[:_MAX_TYPED]).upper().translate(_CYRILLIC)
    found = _MARK.search("".join(str(unicodedata.digit(c, c)) for c in plain))
    if found is None:
        return None
    number = int(found[1].translate(_AS_DIGITS))
    return number, f"{number}-{drawn_form(found[2] + found[3])}"


def _draw(length: int) -> str:
    return "".join(secrets.choice(DRAWN) for _ in range(length))


def _words(typed: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_CYRILLIC)
    plain = "".join(str(unicodedata.digit(c, c)) for c in plain)
    return _WORD.findall(plain)


def _runs(words: list[str], length: int) -> Iterator[str]:
    """Yield the code that the first words make together, if they make one."""
    run = ""
    for word in words:
        run += word
        if len(run) >= length:
            break
    if len(run) == length and run.isascii():
        yield run.translate(_LOOK_ALIKES)
