"""Use cases. Each function takes a session first and everything else by name; none commits."""
