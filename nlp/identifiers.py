"""Numbers and addresses that point at one person: each is checked, not only recognised."""

import re
from collections.abc import Iterator

_GAP = r"[ \u00a0\u202f.\-/]?"
_SPACE = r"[ \u00a0\u202f]?"
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|[ ]?(?:\[at\]|\(at\)|\[arobase\])[ ]?)[\w-]{1,63}"
    r"(?:\.[\w-]{1,63}){1,5}"
)
_PHONE = re.compile(
    rf"(?<![\d+])(?:(?:\+|00){_SPACE}33{_GAP}(?:\(0\){_GAP})?|0)[1-9](?:{_GAP}\d{{2}}){{4}}(?!\d)"
    rf"|(?<![\d+])\+(?!33)[1-9]\d{{0,2}}(?:{_GAP}\d{{2}}){{4,5}}(?!\d)"
)
_NIR = re.compile(
    rf"(?<!\d)[1-478]{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}(?:\d{{2}}|2[AaBb]){_GAP}\d{{3}}{_GAP}\d{{3}}"
    rf"(?:{_GAP}\d{{2}})?(?!\d)"
)
_IBAN = re.compile(rf"(?<!\w)[A-Za-z]{{2}}\d{{2}}(?:{_SPACE}[A-Za-z0-9]){{11,30}}")
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-NP-TV-Z]{2}[- ]?\d{3}[- ]?[A-HJ-NP-TV-Z]{2}"
    r"|[a-hj-np-tv-z]{2}-\d{3}-[a-hj-np-tv-z]{2})(?![\w-])"
)
_OLD_PLATE = re.compile(
    r"(?:immatricul|plaque)[^\d\n]{0,30}(?<!\d)(\d{1,4} ?[A-Za-z]{2,3} ?\d{2})(?!\w)", re.IGNORECASE
)
_CONTROL = 97
_LETTER_BASE = 36
_NIR_LENGTH, _NIR_WITH_KEY = 13, 15
_IBAN_LENGTHS = {
    "BE": 16, "NL": 18, "LU": 20, "CH": 21, "DE": 22, "GB": 22, "IE": 22, "ES": 24, "RO": 24,
    "TN": 24, "PT": 25, "FR": 27, "IT": 27, "MC": 27, "PL": 28, "MA": 28,
}  # fmt: skip

Found = tuple[int, int]


def emails(text: str) -> Iterator[Found]:
    """Yield the offsets of e-mail addresses.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _EMAIL.finditer(text):
        yield match.span()


def phones(text: str) -> Iterator[Found]:
    """Yield the offsets of French and international telephone numbers.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _PHONE.finditer(text):
        yield match.span()


def nirs(text: str) -> Iterator[Found]:
    """Yield the offsets of social security numbers whose key is right, or is not given.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _NIR.finditer(text):
        if is_nir(match.group()):
            yield match.span()


def is_nir(number: str) -> bool:
    """Tell whether ``number`` is a social security number.

    Parameters
    ----------
    number : str
        13 characters, or 15 with the key; without the key, it must be written in groups, for any
        long number would do.

    Returns
    -------
    bool
        True when the key is right, or when the groups are those of a NIR.

    Examples
    --------
    >>> is_nir("2 69 05 49 588 157 80"), is_nir("2 69 05 49 588 157 81")
    (True, False)
    """
    bare = "".join(char for char in number.upper() if char.isalnum())
    digits = bare.replace("2A", "19").replace("2B", "18")
    if not digits.isdecimal():
        return False
    if len(digits) == _NIR_WITH_KEY:
        key = _CONTROL - int(digits[:_NIR_LENGTH]) % _CONTROL
        return key == int(digits[_NIR_LENGTH:])
    month = int(digits[3:5])
    return len(number) > len(bare) + 3 and (1 <= month <= 12 or month >= 20)  # noqa: PLR2004 - months, and INSEE's codes for unknown ones


def ibans(text: str) -> Iterator[Found]:
    """Yield the offsets of bank account numbers whose checksum is right.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _IBAN.finditer(text):
        end = _iban_end(text, match.start(), match.end())
        if is_iban(text[match.start() : end]):
            yield match.start(), end


def _iban_end(text: str, start: int, end: int) -> int:
    """Stop after the number of characters that the country uses: a sentence may go on."""
    wanted = _IBAN_LENGTHS.get(text[start : start + 2].upper(), end)
    for position in range(start, end):
        wanted -= text[position].isalnum()
        if not wanted:
            return position + 1
    return end


def is_iban(number: str) -> bool:
    """Tell whether the checksum of an international bank account number is right.

    Parameters
    ----------
    number : str
        The number, spaces allowed.

    Returns
    -------
    bool
        True when it is right.

    Examples
    --------
    >>> is_iban("FR14 2004 1010 0505 0001 3M02 606"), is_iban("FR15 2004 1010 0505 0001 3M02 606")
    (True, False)
    """
    bare = "".join(char for char in number.upper() if char.isalnum())
    if not bare.isascii():
        return False
    turned = bare[4:] + bare[:4]
    return int("".join(str(int(char, _LETTER_BASE)) for char in turned)) % _CONTROL == 1


def plates(text: str) -> Iterator[Found]:
    """Yield the offsets of registration plates.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int)
        Start and end.
    """
    for match in _PLATE.finditer(text):
        yield match.span()
    for match in _OLD_PLATE.finditer(text):
        yield match.span(1)
