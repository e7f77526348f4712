"""Forms of the moderation room."""
