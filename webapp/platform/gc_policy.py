"""Garbage collection of long-lived processes: between two requests or jobs, on Python 3.11.

Before Python 3.12 the collector may run inside any allocation, and SQLAlchemy's weak-reference
callbacks then modify objects that C code is using: web processes crash, rarely and at random.
Python 3.12 collects between bytecode instructions only, and does not need this module.
"""

import gc
import sys
from typing import Final

SAFE_SINCE: Final = (3, 12)
# Allocations since the last collection that trigger the next one.
_ALLOCATIONS: Final = 50_000


def disable() -> None:
    """Disable automatic collection and freeze the objects already loaded."""
    if sys.version_info >= SAFE_SINCE:
        return
    gc.collect()
    gc.freeze()
    gc.disable()


def collect() -> None:
    """Collect, if :func:`disable` stopped the collector and enough was allocated since."""
    if not gc.isenabled() and gc.get_count()[0] > _ALLOCATIONS:
        gc.collect()
