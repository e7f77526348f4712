"""Shared by every room: database, transactions, jobs, audit log, text cleaning, headers."""
