"""Exported documents: immutable content in, bytes out. No database, no web, no clock."""
