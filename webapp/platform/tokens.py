"""Codes that people copy by hand, and how to read them back."""

import secrets

# No 0/O nor 1/I: on a poster or a receipt nobody can tell them apart.
# pragma: allowlist nextline secret
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
RECEIPT_LENGTH = 12
_LOOK_ALIKES = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})


def new_code() -> str:
    """Return a workshop's code (30 bits: it opens a form, it protects nothing)."""
    return _draw(CODE_LENGTH)


def new_receipt() -> str:
    """Return a receipt's code (60 bits: whoever holds it may withdraw the contribution)."""
    return _draw(RECEIPT_LENGTH)


def read_code(typed: str) -> str:
    """Return ``typed`` as codes are stored: no space or hyphen, capitals, look-alikes replaced.

    Examples
    --------
    >>> read_code(" h7kq-4m ")
    'H7KQ4M'
    >>> read_code("E6PGO1")
    'E6PGQL'
    """
    kept = "".join(character for character in typed if character.isalnum())
    return kept.upper().translate(_LOOK_ALIKES)


def grouped(receipt: str) -> str:
    """Return ``receipt`` in groups of four, as it is shown.

    Examples
    --------
    >>> grouped("ABCDEFGHJKLM")
    'ABCD-EFGH-JKLM'
    """
    return "-".join(receipt[i : i + 4] for i in range(0, len(receipt), 4))


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
