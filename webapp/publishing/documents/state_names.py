"""French names of the states, priorities and channels that documents show."""

from typing import Final

from webapp.publishing.documents.content import Channel, ItemStatus
from webapp.publishing.documents.priorities import Priority
from webapp.vocabulary.labels import LABELS, capitalised

STATUS: Final = {status: LABELS["item_in_document"][status] for status in ItemStatus}
PRIORITY: Final = {priority: capitalised("priority")[priority] for priority in Priority}
CHANNEL: Final = {channel: LABELS["channel"][channel] for channel in Channel}
