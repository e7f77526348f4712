"""Reviewing groups of proposals: clusters, history and undo, ledger, analysis runs."""
