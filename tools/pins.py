"""The pinned requirements, as the files of ``make requirements`` write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "requirements" / "base.txt"
DEV = ROOT / "requirements" / "dev.txt"
_PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)(?: ; ([^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^ +# (?:via )? *([a-z0-9][a-z0-9._-]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One release that is installed: its files by their hashes, and what asks for it.

    Attributes
    ----------
    name, version : str
        Its name as the registry normalises it, and its release.
    marker : str
        Where it is installed; empty means everywhere.
    hashes : tuple of str
        SHA-256 of each of its files.
    wanted_by : tuple of str
        Packages that depend on it; the project itself is not among them.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def read(path: Path) -> Sequence[Pin]:
    """Return the pins of a file, in its order."""
    blocks = re.split(r"\n(?=[a-z0-9])", path.read_text("utf-8"))
    matches = [(_PIN.match(block), block) for block in blocks]
    return [
        Pin(
            name=match[1],
            version=match[2],
            marker=(match[3] or "").strip(),
            hashes=tuple(_HASH.findall(block)),
            wanted_by=tuple(name for name in _VIA.findall(block) if name != "via"),
        )
        for match, block in matches
        if match
    ]
