"""Loops that assert something: what is gone through must hold something."""


def some(values):
    """Return ``values`` as a list, and fail when there is none: the loop would assert nothing."""
    found = list(values)
    assert found, "there is nothing to check"
    return found
