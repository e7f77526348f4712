"""Forms of the reference lists, and select fields of their entries."""
