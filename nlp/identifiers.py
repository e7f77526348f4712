"""Numbers that hold a key, which the remainder of a division by 97 gives."""

from collections.abc import Callable, Mapping

_CONTROL = 97
_LETTER_BASE = 36
_NIR_LENGTH, _NIR_WITH_KEY = 13, 15


def nir(number: str) -> bool:
    """Tell whether a social security number ends with its key.

    Parameters
    ----------
    number : str
        In lower case, perhaps in groups.

    Returns
    -------
    bool
        False as well when it has no key.

    Examples
    --------
    >>> nir("2 69 05 49 588 157 80"), nir("269054958815781"), nir("2690549588157")
    (True, False, False)
    """
    digits = _bare(number).replace("2a", "19").replace("2b", "18")
    return len(digits) == _NIR_WITH_KEY and (
        _CONTROL - int(digits[:_NIR_LENGTH]) % _CONTROL == int(digits[_NIR_LENGTH:])
    )


def iban(number: str) -> bool:
    """Tell whether a bank account number holds its key.

    Parameters
    ----------
    number : str
        In lower case, perhaps in groups.

    Returns
    -------
    bool
        Whether the figures after the country agree with all the others.

    Examples
    --------
    >>> iban("fr14 2004 1010 0505 0001 3m02 606"), iban("fr15 2004 1010 0505 0001 3m02 606")
    (True, False)
    """
    bare = _bare(number)
    digits = (str(int(char, _LETTER_BASE)) for char in bare[4:] + bare[:4])
    return int("".join(digits)) % _CONTROL == 1


def _bare(number: str) -> str:
    """Return the letters and figures of a number."""
    return "".join(filter(str.isalnum, number))


CHECKS: Mapping[str, Callable[[str], bool]] = {"nir": nir, "iban": iban}
