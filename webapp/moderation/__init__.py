"""Deciding what may be shown: queue, decisions, masking, redaction, floods."""
