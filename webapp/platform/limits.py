"""Limits shared by models, forms and text cleaning."""

MAX_BODY_LENGTH = 10_000
