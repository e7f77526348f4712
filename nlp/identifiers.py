"""Numbers that carry a key: how long the valid number at the start of a passage is."""

from collections.abc import Mapping
from typing import Protocol

_CONTROL = 97
_LETTER_BASE = 36
_NIR_LENGTH, _NIR_WITH_KEY = 13, 15
_MONTHS, _UNKNOWN_MONTHS = 12, 20  # INSEE has codes for the months that are not known
_GROUPS = 3
_IBAN_LENGTHS = {
    "be": 16, "nl": 18, "lu": 20, "ch": 21, "de": 22, "gb": 22, "ie": 22, "es": 24, "ro": 24,
    "tn": 24, "pt": 25, "fr": 27, "it": 27, "mc": 27, "pl": 28, "ma": 28,
}  # fmt: skip
_FEWEST_DIGITS, _YEAR = 4, 4


def nir(number: str, *, told: bool) -> int:
    """Tell whether a passage is a social security number, by its key or by its context.

    Parameters
    ----------
    number : str
        In lower case, perhaps in groups.
    told : bool
        Whether the words before say that it is one.

    Returns
    -------
    int
        Its length, 0 when it is none.

    Examples
    --------
    >>> nir("2 69 05 49 588 157 80", told=False), nir("269054958815781", told=False)
    (21, 0)
    >>> nir("269054958815781", told=True)
    15
    """
    bare = "".join(char for char in number if char.isalnum())
    digits = bare.replace("2a", "19").replace("2b", "18")
    grouped = len(number) > len(bare) + _GROUPS
    month = int(digits[3:5])
    dated = 1 <= month <= _MONTHS or month >= _UNKNOWN_MONTHS
    keyed = len(digits) == _NIR_WITH_KEY and (
        _CONTROL - int(digits[:_NIR_LENGTH]) % _CONTROL == int(digits[_NIR_LENGTH:])
    )
    return len(number) if keyed or told or (grouped and dated) else 0


def iban(number: str, *, told: bool) -> int:
    """Tell whether a passage begins with a bank account number, by its key or by its context.

    Parameters
    ----------
    number : str
        In lower case, perhaps in groups; the sentence may go on after it.
    told : bool
        Whether the words before say that it is one.

    Returns
    -------
    int
        The length of the number, 0 when it is none.

    Examples
    --------
    >>> iban("fr14 2004 1010 0505 0001 3m02 606 merci", told=False)
    33
    >>> iban("fr15 2004 1010 0505 0001 3m02 606", told=False)
    0
    """
    wanted = _IBAN_LENGTHS.get(number[:2])
    length = _cut(number, wanted) if wanted else len(number)
    bare = "".join(char for char in number[:length] if char.isalnum())
    if wanted and len(bare) == wanted and told:
        return length
    turned = bare[4:] + bare[:4]
    right = int("".join(str(int(char, _LETTER_BASE)) for char in turned)) % _CONTROL == 1
    return length if right and (not wanted or len(bare) == wanted) else 0


def _cut(number: str, wanted: int) -> int:
    """Return where the number has as many characters as its country uses."""
    for position, char in enumerate(number):
        wanted -= char.isalnum()
        if not wanted:
            return position + 1
    return len(number)


def identifier(passage: str, *, told: bool) -> int:  # noqa: ARG001 - the contract of a check
    """Tell whether the figures after a word such as « dossier » identify it: not a year, a date.

    Parameters
    ----------
    passage : str
        The word and the figures, in lower case.
    told : bool
        Not used: the word is in the passage.

    Returns
    -------
    int
        The length of the passage, 0 when it is none.

    Examples
    --------
    >>> identifier("contrat 4471-0092", told=False), identifier("dossier 2023", told=False)
    (17, 0)
    """
    runs = _runs(passage)
    digits = "".join(runs)
    year = _is_year(digits)
    short = len(digits) == _YEAR and passage.startswith(("caf", "msa", "cpam", "la caf"))
    dated = len(runs) == _GROUPS and len(runs[0]) <= 2 and len(runs[1]) <= 2  # noqa: PLR2004
    pair = len(runs) == 2 and (max(map(len, runs)) <= 2 or all(map(_is_year, runs)))  # noqa: PLR2004
    thousands = len(runs) > 1 and len(runs[0]) <= _GROUPS and set(runs[1:]) == {"000"}
    right = len(digits) >= _FEWEST_DIGITS and not (year or short or dated or pair or thousands)
    return len(passage) if right else 0


def _is_year(digits: str) -> bool:
    return len(digits) == _YEAR and digits[:2] in {"19", "20"}


def _runs(passage: str) -> list[str]:
    """Return the runs of figures of a passage."""
    return "".join(char if char in "0123456789" else " " for char in passage).split()


class Check(Protocol):
    """What verifies a number.

    Returns how long the valid number at the start of the passage is.
    """

    def __call__(self, number: str, /, *, told: bool) -> int:
        """Return the length of the number, 0 when it is none."""


CHECKS: Mapping[str, Check] = {
    "nir": nir,
    "iban": iban,
    "identifier": identifier,
}
