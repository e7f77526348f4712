"""Forms: the shape of the input; rules live in services."""
