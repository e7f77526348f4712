"""Context of a note: workshop, question, table, sheet, position."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The circumstances of one note; every field may be unknown.

    Notes of one workshop answer each other far more often than notes of two workshops, so that
    the context is evidence for :func:`nlp.analyse` and :func:`nlp.rank`. Identifiers are opaque:
    they are only compared.

    Attributes
    ----------
    workshop : str or None, default=None
        Identifier of the workshop.
    question : str or None, default=None
        Identifier of the question that was shown.
    table : str or None, default=None
        Number or name of the table, meaningful inside its workshop.
    sheet : str or None, default=None
        Identifier of the paper sheet, meaningful inside its workshop.
    position : int or None, default=None
        Rank of the note in its workshop, in the order in which notes came.

    Examples
    --------
    >>> Context(workshop="V5LHC4", table="3", position=12).table
    '3'
    """

    workshop: str | None = None
    question: str | None = None
    table: str | None = None
    sheet: str | None = None
    position: int | None = None
