"""``python -m tests.bench``: measure, print, and write ``docs/benchmarks.md``."""

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from nlp.fingerprint import versions
from tests.bench.board import board_table
from tests.bench.board_by_hand import board_by_hand_table
from tests.bench.desk import desk_table
from tests.bench.documents import document_table
from tests.bench.facilitator import ACTS, SIZE, facilitator_table
from tests.bench.flood import flood_table
from tests.bench.listening import LATE, SORTED, alignment_table, late_table
from tests.bench.moderation import moderation_table
from tests.bench.nlp_sets import (
    DATA,
    agreement_table,
    consultations,
    peer_table,
    workshop_table,
)
from tests.bench.nlp_speed import RUNS, growth_table, speed_table
from tests.bench.notes import (
    ablation_table,
    curve_table,
    labelled_notes,
    notes_table,
    reliability_table,
)
from tests.bench.oppositions import opposition_table
from tests.bench.queries import query_table
from tests.bench.room import room_table, step_table
from tests.bench.titles import title_table
from tests.bench.triage import triage_table

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
_INTRODUCTION = """\
# Benchmarks

Written by `make bench`. Every figure comes from one machine, the one below: compare lines with each
other, not with another machine. Agreement does not depend on the machine.

*AMI* and *ARI* compare the clusters with the groups humans made (0 by chance, 1 identical).
*Touches* is what a facilitator must still do, per 100 texts: members to move, isolated texts to
place and clusters of the same human group to merge (`nlp.measures`). The rows labelled « Autres »
are left out. *Prototype* is the pipeline that preceded the library (AMI / ARI / touches).
"""

_NOTES = (
    "Notes grouped by hand that no model was trained on (`training/README.md` says what they were "
    "trained on), their workshops and tables known. *Alone*: share of the notes alone by hand "
    "that are isolated, and share of the isolated notes that are alone by hand. *Rank among 5*: "
    "share of the notes whose hand group, without them, is among the first five of `Ranker`. The "
    "authors of the training notes and of the measured ones share a way of writing: real notes "
    "will give less. The features and the limits of the groups were chosen with the figures of "
    "these four sets in sight: others may give less. Alone: `python -m tests.bench.notes`."
)
_MODERATION = (
    "From the list of « Relecture » opened in a real browser until nothing is left there, with "
    "keys only. *Before*: on the list as it was, where the focus had first to be brought into "
    "it, and each masking had a page of its own and a typed reason (« Nom », « Hors sujet »). By "
    "mouse or finger, a name takes 2 touches; it took 3 and the typed reason. Alone: "
    "`python -m tests.bench.moderation`."
)
_TRIAGE = (
    "The notes above, sorted on « Trier » in a real browser by a driver that knows the hand "
    "groups, presses keys only, and chooses from what the screen shows: from an empty board, no "
    "analysis made, workshop by workshop, until nothing is left. Titles stay as they are "
    "proposed. The last row is the same work on the board, by a person who discovered it: 51 "
    "acts, an hour and a half. *Searched*: notes whose group could not be told from the nine "
    "shown and their quoted notes. The time is that of the server and of the browser on one "
    "machine; a person adds the reading. Alone: `python -m tests.bench.triage`."
)
_SURENESS = (
    "A placement is right when the hand group of the note is the most frequent one of its cluster."
)
_STEPS = (
    "The steps of an analysis, save that notes of the same words are not folded first: figures "
    "differ a little from those above."
)

_OPPOSITIONS = (
    "Pairs of notes that readers marked as opposed, exact pairs only; a pair flagged is right when "
    "the first or the second reader marked it. A note against what five notes ask for is marked "
    "with one to five of them: a right object with another note of it counts as wrong. The models "
    "were trained on other notes; the least probability and the least stance were chosen on these "
    "four sets. Alone: `python -m tests.bench.oppositions`."
)

_PEERS = (
    "AMI / ARI / touches, the same centred vectors for all. « True k »: given the number of human "
    "groups. Others appear where they are installed, in an environment of their own. "
    "Our settings were chosen on these same sets, among many variants, and the others run "
    "with their defaults: the comparison favours us. Install: "
    "`pip install --no-deps bertopic hdbscan umap-learn pynndescent numba llvmlite pandas plotly "
    "pyyaml tqdm python-dateutil six`."
)
_ACTS = (
    "A facilitator who knows the human groups merges clusters of one subject, then moves texts one "
    "by one; what was touched goes back as decisions. Touches left, per 100 texts."
)

_LATE = (
    f"{SORTED} texts sorted by humans, {LATE} that arrive later. Open groups: how many join one, "
    "how many the right one. Accepted groups: how many are suggested to one, and how many of these "
    "rightly."
)
_SUBJECTS = (
    "`nlp.alignment` learns the human groups on half of the texts, and guesses which one each of "
    "our clusters of the other half is of; below the threshold it says nothing."
)
_SPEED = f"Each case in processes of its own, the fastest of {RUNS}."
_STEP = (
    "Pages that stay open and ask every four to five seconds what changed, for half a minute: the "
    "share of all the processors that the server takes, alone, then while as many phones open the "
    "page and send in the same second. Alone: `python -m tests.bench.room`."
)
_ROOM = (
    "Phones that send in the same second from one address, the load generator on the same machine: "
    "two web processes of four threads, SQLite with `synchronous=FULL`. Alone: "
    "`python -m tests.bench.room`."
)
_FLOOD = (
    "What others feel while a robot floods the same room: ten people a second, for a minute, each "
    "opens the page and sends one idea; in the last row the robot keeps no cookie, so that nothing "
    "slows it. Two web processes of four threads, SQLite with `synchronous=FULL`, the load "
    "generator on the same machine. Alone: `python -m tests.bench.flood`."
)
_BOARD = (
    "Two thousand contributions in forty groups, on SQLite, through HTTP without a network: what "
    "the server takes, of nine times. What the worker does after an act is left out. Alone: "
    "`python -m tests.bench.board`."
)
_BY_HAND = (
    "The board of the demonstration in a real browser of 1,280 by 800 pixels: its height, then the "
    "gestures (clicks, and keys with the letters that are typed) of two pieces of work, from the "
    "list with its first group in focus. The 15th group of the list is merged with the first; the "
    "target of the notes is found by four letters. *Screens scrolled*: the page and its panes, to "
    "bring the controls into sight. *Before*: one page with a card for each group, a page for each "
    "group, and a list in which to choose the target. Alone: `python -m tests.bench.board_by_hand`."
)
_QUERIES = (
    "SELECTs of the heaviest pages and acts, in a region that grew three times: as counted before "
    "rows were loaded together, and since. `tests/functional/test_queries.py` counts them in each "
    "run of the tests; the other heavy pages sent as many before, whatever the size."
)
_DESK = (
    "Gestures of five tasks from « Pilotage », with a mouse: a click, a choice in a list or a "
    "typed field is one. Before: counted by hand. Since: `tests/e2e/test_steering.py` does them."
)
_DOCUMENTS = (
    "A version of 100 items and 2,000 sources, published through the services; the worst of three "
    "times, each in a process of its own, which holds the whole application before it begins. "
    "Alone: `python -m tests.bench.documents`."
)
_TITLES = (
    "The title made for each human group; is the nearest of all human titles that of the group? "
    "Cosines of the sentence vectors, minus the mean of the human titles."
)


def lines() -> Iterator[str]:
    """Yield the page, line by line, as it is measured."""
    yield from _INTRODUCTION.splitlines()
    yield ""
    yield f"Processor: {_processor()}; Python {platform.python_version()};"
    yield ", ".join(f"{package} {number}" for package, number in versions()) + "."
    if labelled_notes():
        yield from _section("Workshop notes", _NOTES, notes_table())
        yield from _section("Sureness", _SURENESS, reliability_table())
        yield from _section("Oppositions", _OPPOSITIONS, opposition_table())
        yield from _section("Learning curve", _STEPS, curve_table())
        yield from _section("Ablation", _STEPS, ablation_table())
    sets = consultations()
    yield from _section("Whole consultations", None, agreement_table(sets))
    yield from _section("Beside other methods", _PEERS, peer_table(sets))
    yield from _section("At the size of a workshop", None, workshop_table(sets))
    yield from _section(f"After {ACTS} acts on {SIZE} texts", _ACTS, facilitator_table(sets))
    yield from _section("Late texts", _LATE, late_table(sets))
    yield from _section("Subjects", _SUBJECTS, alignment_table(sets))
    yield from _section("Titles", _TITLES, title_table(sets))
    yield from _section("Time and memory", _SPEED, speed_table())
    yield from ("", "Vectors given, all the sets together:", "")
    yield from growth_table()
    yield from _section("In the room", _ROOM, room_table())
    yield from _section("In step", _STEP, step_table())
    yield from _section("A flood", _FLOOD, flood_table())
    yield from _section("The board", _BOARD, board_table())
    yield from _section("The board by hand", _BY_HAND, board_by_hand_table())
    yield from _section("Queries", _QUERIES, query_table())
    yield from _section("The commissioner’s desk", _DESK, desk_table())
    yield from _section("Reading over by keyboard", _MODERATION, moderation_table())
    yield from _section("Sorting by keyboard", _TRIAGE, triage_table())
    yield from _section("Documents", _DOCUMENTS, document_table())


def _section(title: str, words: str | None, table: Iterator[str]) -> Iterator[str]:
    """Yield a part of the page; each line of the table as soon as it is measured."""
    yield from ("", f"## {title}", "")
    if words:
        yield from (words, "")
    yield from table


def _processor() -> str:
    """Return the name of the processor and its number of cores."""
    about = Path("/proc/cpuinfo")
    found = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = [line.split(":", 1)[1].strip() for line in found if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.machine()


def main() -> int:
    """Measure everything, or say what is missing."""
    if not consultations():
        sys.stdout.write(f"Skipped: the shared consultations are not in {DATA}.\n")
        return 0
    written = []
    for line in lines():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        written.append(line)
    PAGE.write_text("\n".join(written) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
