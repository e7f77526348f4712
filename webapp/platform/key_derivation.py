"""Keys made from the instance's secret, one for each purpose, so that none serves two."""

import hmac


def derive(secret: str, purpose: str) -> bytes:
    """Return the 32 bytes that serve ``purpose`` alone."""
    return hmac.new(secret.encode(), purpose.encode(), "sha256").digest()


def mark(secret: str, purpose: str, value: str) -> str:
    """Return what stands for ``value`` where it must not be read.

    Examples
    --------
    >>> mark("s", "a", "v") == mark("s", "a", "v"), mark("s", "a", "v") == mark("s", "b", "v")
    (True, False)
    """
    return hmac.new(derive(secret, purpose), value.encode(), "sha256").hexdigest()
