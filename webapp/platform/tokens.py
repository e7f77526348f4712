"""Codes copied by hand: generation and parsing."""

import secrets

# Without 0, O, 1 and I, which are easily confused.
# pragma: allowlist nextline secret
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
RECEIPT_LENGTH = 12
_LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})


def new_code() -> str:
    """Return a workshop code (30 bits: it opens a public form and is not a secret)."""
    return _draw(CODE_LENGTH)


def new_receipt() -> str:
    """Return a receipt code (60 bits: a bearer token that can withdraw the contribution)."""
    return _draw(RECEIPT_LENGTH)


def read_code(typed: str) -> str:
    """Return ``typed`` in stored form: no spaces or hyphens, upper case, look-alikes replaced.

    Examples
    --------
    >>> read_code(" h7kq-4m ")
    'H7KQ4M'
    >>> read_code("E6PGO1")
    'E6PGQL'
    """
    characters = "".join(character for character in typed if character.isalnum())
    return characters.upper().translate(_LOOK_ALIKES)


def grouped(receipt: str) -> str:
    """Return ``receipt`` in groups of four, for display.

    Examples
    --------
    >>> grouped("ABCDEFGHJKLM")
    'ABCD-EFGH-JKLM'
    """
    return "-".join(receipt[i : i + 4] for i in range(0, len(receipt), 4))


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
