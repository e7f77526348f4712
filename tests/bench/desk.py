"""Gestures of five tasks of the desk: counted before by hand, and since by a test."""

from collections.abc import Iterator

# From « Pilotage »: a click, a choice or a typed field is one gesture; reading is none.
BEFORE = {
    "find the late items": "1, in a list of the committee’s page without links",
    "open the last version’s PDF": "2",
    "submit a complete draft to the committee": "2, once found by reading the table",
    "find the items without a lead": "none: every row is read",
    "export the late items": "5, then sorted out by hand in a spreadsheet",
}
SINCE = {
    "find the late items": 1,
    "open the last version’s PDF": 1,
    "submit a complete draft to the committee": 2,
    "find the items without a lead": 3,
    "export the late items": 2,
}


def desk_table() -> Iterator[str]:
    """Yield the table of the gestures."""
    yield "| task | gestures before | since |"
    yield "|---|---|---|"
    for task, before in BEFORE.items():
        yield f"| {task} | {before} | {SINCE[task]} |"
