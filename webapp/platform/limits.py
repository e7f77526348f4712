"""Limits that tables, forms and the cleaning of texts share."""

MAX_BODY_LENGTH = 10_000
