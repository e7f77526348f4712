"""Forms of the collection room."""
