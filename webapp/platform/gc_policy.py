"""When a long-lived process collects its garbage: between two pieces of work, on Python 3.11.

Before Python 3.12 the collector may run inside any allocation, so that SQLAlchemy's weak-reference
callbacks change objects that C code is half-way through; a web process then dies, rarely and
anywhere. Python 3.12 collects between two instructions only, and needs none of this.
"""

import gc
import sys
from typing import Final

SAFE_SINCE: Final = (3, 12)
# Objects alive above the last collection: a collection goes through them all.
_ALLOCATIONS: Final = 50_000


def hold() -> None:
    """Stop collecting by surprise; what is loaded already is never gone through again."""
    if sys.version_info >= SAFE_SINCE:
        return
    gc.collect()
    gc.freeze()
    gc.disable()


def collect() -> None:
    """Collect, if :func:`hold` stopped the collector and enough was allocated since."""
    if not gc.isenabled() and gc.get_count()[0] > _ALLOCATIONS:
        gc.collect()
