"""Tables of the platform room."""

from webapp.platform.models.audit import AuditEntry, AuditHead
from webapp.platform.models.base import Base
from webapp.platform.models.heartbeats import Heartbeat
from webapp.platform.models.retention import (
    DEFAULT_DELAYS,
    DELAYS,
    PurgeCause,
    PurgeRecord,
    RetentionPolicy,
)

__all__ = [
    "DEFAULT_DELAYS",
    "DELAYS",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Heartbeat",
    "PurgeCause",
    "PurgeRecord",
    "RetentionPolicy",
]
