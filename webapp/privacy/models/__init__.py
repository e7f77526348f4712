"""Tables of the privacy room."""

from webapp.privacy.models.notices import MAX_NOTICE_LENGTH, NOTICE_FIELDS, Conformity, LegalNotice

__all__ = [
    "MAX_NOTICE_LENGTH",
    "NOTICE_FIELDS",
    "Conformity",
    "LegalNotice",
]
