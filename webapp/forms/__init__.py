"""Forms: the shape of the input only. Rules live in services."""
