"""Key derivation from the secret key of the instance, one key per purpose."""

import hmac


def derive(secret: str, purpose: str) -> bytes:
    """Return the 32-byte key of ``purpose``."""
    return hmac.new(secret.encode(), purpose.encode(), "sha256").digest()


def keyed_hash(secret: str, purpose: str, value: str) -> str:
    """Return the HMAC of ``value`` under the key of ``purpose``, as a pseudonym.

    Examples
    --------
    >>> first = keyed_hash("s", "a", "v")
    >>> first == keyed_hash("s", "a", "v"), first == keyed_hash("s", "b", "v")
    (True, False)
    """
    return hmac.new(derive(secret, purpose), value.encode(), "sha256").hexdigest()
