"""Infrastructure shared by every room: database, transactions, jobs, audit log, headers."""
