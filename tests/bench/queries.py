"""What grouped queries changed: counts kept from before, and checked since by a test."""

from collections.abc import Iterator

_ROWS = (
    ("an item, with its sources", 32, 64, 12),
    ("the follow-up of an item", 13, 17, 12),
    ("the steering page", 23, 39, 14),
    ("its calendar", 27, 51, 13),
    ("a local roadmap", 13, 17, 12),
    ("the committee’s page", 20, 20, 17),
    ("the committee’s overview", 24, 40, 14),
    ("the versions", 8, 12, 7),
    ("what is kept of an idea", 23, 27, 18),
    ("publish 1 idea, then 8: every statement", 17, 94, 13),
    ("take back a move from 1 group, then 8", 23, 44, 21),
    ("take back a redaction of 1 title, then 8", 26, 47, 27),
)


def query_table() -> Iterator[str]:
    """Yield how many SELECTs each page and act took before, and takes since at any size."""
    yield "| what | before, small | before, three times more | since, both |"
    yield "|---|---|---|---|"
    for what, small, big, since in _ROWS:
        yield f"| {what} | {small} | {big} | {since} |"
