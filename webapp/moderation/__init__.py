"""Moderation: queue, decisions, masking, redaction, rate limits and surges."""
