"""What a contribution should not say of a person, found before it is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.identifiers import emails, ibans, nirs, phones, plates
from nlp.identities import addresses, health, names


class Kind(StrEnum):
    """What a passage reveals."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    NIR = "nir"
    IBAN = "iban"
    ADDRESS = "address"
    PLATE = "plate"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A passage that says who somebody is, or how they are.

    Attributes
    ----------
    start, end : int
        Offsets in characters, ``end`` excluded.
    kind : Kind
        What it reveals.
    """

    start: int
    end: int
    kind: Kind


# The most certain first: where two kinds overlap, the first one wins.
_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (Kind.EMAIL, emails),
    (Kind.IBAN, ibans),
    (Kind.NIR, nirs),
    (Kind.PHONE, phones),
    (Kind.ADDRESS, addresses),
    (Kind.PLATE, plates),
    (Kind.NAME, names),
    (Kind.HEALTH, health),
)


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Return the passages of ``text`` that reveal somebody.

    Parameters
    ----------
    text : str
        One contribution.

    Returns
    -------
    tuple of PersonalData
        Passages in order, without overlap.

    Examples
    --------
    >>> text = "Mme Josiane Vé, 12 rue des Lilas, 06 12 34 56 78"
    >>> [(found.kind.value, text[found.start : found.end]) for found in find_personal_data(text)]
    [('name', 'Josiane Vé'), ('address', '12 rue des Lilas'), ('phone', '06 12 34 56 78')]
    """
    taken = bytearray(len(text))
    found = []
    for kind, finder in _FINDERS:
        for start, end in finder(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(PersonalData(start, end, kind))
    return tuple(sorted(found, key=lambda passage: passage.start))
