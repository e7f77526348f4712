"""Known weaknesses of pinned packages: a dated file of this repository, and its check.

``python -m tools.advisories check`` needs no network; ``refresh`` asks pip-audit, or reads a folder
or a ZIP file of advisories in the OSV format, as the PyPA advisory database gives them.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools import pins

DATA: Final = pins.ROOT / "requirements" / "advisories.json"
STALE_DAYS: Final = 90
_SUFFIXES: Final = {".json", ".yaml", ".yml"}


class RefreshError(Exception):
    """No source gave a whole answer: the file is left as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """One weakness of one package.

    Attributes
    ----------
    id : str
        Its number, such as PYSEC-2023-62.
    package : str
        Its package, as the registry normalises it.
    aliases : tuple of str
        Its other numbers.
    ranges : tuple of pairs
        From which release, to the first that is sound; empty means that none is.
    versions : tuple of str
        Releases named one by one, where no range is given.
    modified : str
        The day it was last changed.
    """

    id: str
    package: str
    aliases: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...]
    versions: tuple[str, ...]
    modified: str

    def concerns(self, version: str) -> bool:
        """Whether a release has this weakness."""
        if version in self.versions:
            return True
        at = Version(version)
        return any(
            at >= Version(start) and (not stop or at < Version(stop)) for start, stop in self.ranges
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The file: where it comes from, until when it knows, what it knows."""

    source: str
    as_of: date
    advisories: tuple[Advisory, ...]


def load(path: Path = DATA) -> Known:
    """Read the file."""
    data = json.loads(path.read_text("utf-8"))
    return Known(
        source=data["source"],
        as_of=date.fromisoformat(data["as_of"]),
        advisories=tuple(
            Advisory(
                id=row["id"],
                package=row["package"],
                aliases=tuple(row["aliases"]),
                ranges=tuple((start, stop) for start, stop in row["ranges"]),
                versions=tuple(row["versions"]),
                modified=row["modified"],
            )
            for row in data["advisories"]
        ),
    )


def save(known: Known, path: Path = DATA) -> None:
    """Write the file: one advisory a line, so that a refresh reads well in a review."""
    rows = sorted(known.advisories, key=lambda advisory: (advisory.package, advisory.id))
    lines = ",\n".join(f"  {json.dumps(asdict(row))}" for row in rows)
    head = f'"source": {json.dumps(known.source)},\n "as_of": "{known.as_of.isoformat()}"'
    path.write_text(f'{{\n {head},\n "advisories": [\n{lines}\n ]\n}}\n', "utf-8")


def findings(known: Known, pinned: Iterable[pins.Pin]) -> list[str]:
    """Return a line for each pinned release that has a known weakness."""
    return [
        f"{pin.name} {pin.version}: {' '.join((advisory.id, *advisory.aliases))}"
        for pin in pinned
        for advisory in known.advisories
        if advisory.package == pin.name and advisory.concerns(pin.version)
    ]


def staleness(known: Known, today: date) -> str:
    """Return a warning when the file is too old to say much; it fails nothing."""
    age = (today - known.as_of).days
    if age <= STALE_DAYS:
        return ""
    return f"warning: the advisories are {age} days old: refresh them with « make advisories »"


def parse(record: Mapping[str, Any], packages: set[str]) -> Iterator[Advisory]:
    """Read an advisory in the OSV format, for the packages that are pinned."""
    if record.get("withdrawn"):
        return
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        name = canonicalize_name(package.get("name", ""))
        if package.get("ecosystem") != "PyPI" or name not in packages:
            continue
        ranges = tuple(_ranges(affected.get("ranges", ())))
        named = () if ranges else tuple(str(version) for version in affected.get("versions", ()))
        yield Advisory(
            id=record["id"],
            package=name,
            aliases=tuple(sorted(record.get("aliases", ()))),
            ranges=ranges,
            versions=named,
            modified=str(record["modified"])[:10],
        )


def _ranges(given: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in given:
        if one.get("type") != "ECOSYSTEM":
            continue  # commits say nothing of releases
        start: str | None = None
        for event in one["events"]:
            if "introduced" in event:
                start = str(event["introduced"])
            elif start is not None:
                yield start, _stop(event)
                start = None
        if start is not None:
            yield start, ""


def _stop(event: Mapping[str, Any]) -> str:
    """Return the first sound release, or what follows the last that is known not to be."""
    return str(event["fixed"]) if "fixed" in event else f"{event['last_affected']}.post0"


def read_records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Read every advisory of a folder or of a ZIP file."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if Path(name).suffix in _SUFFIXES:
                    yield yaml.safe_load(archive.read(name))
        return
    for file in sorted(path.rglob("*")):
        if file.suffix in _SUFFIXES:
            yield yaml.safe_load(file.read_text("utf-8"))


def from_records(records: Iterable[Mapping[str, Any]], pinned: Sequence[pins.Pin]) -> Known:
    """Keep what concerns the pinned packages; the file knows until its newest record.

    Raises
    ------
    RefreshError
        If there is no record at all.
    """
    packages = {pin.name for pin in pinned}
    newest = ""
    kept: list[Advisory] = []
    for record in records:
        newest = max(newest, str(record["modified"])[:10])
        kept += parse(record, packages)
    if not newest:
        raise RefreshError("no advisory was read")
    return Known(
        source="PyPA advisory database (OSV format, CC BY 4.0)",
        as_of=date.fromisoformat(newest),
        advisories=tuple(kept),
    )


def from_audit(report: Mapping[str, Any], known: Known, today: date) -> Known:
    """Add what pip-audit found in the pinned releases to what is known of earlier ones.

    Raises
    ------
    RefreshError
        If a package was skipped: a source that does not answer finds nothing.
    """
    skipped = [row["name"] for row in report["dependencies"] if "skip_reason" in row]
    if skipped or not report["dependencies"]:
        raise RefreshError(f"pip-audit could not look at {len(skipped)} packages")
    found = [
        Advisory(
            id=weakness["id"],
            package=canonicalize_name(row["name"]),
            aliases=tuple(sorted(weakness["aliases"])),
            ranges=(),
            versions=(row["version"],),
            modified=today.isoformat(),
        )
        for row in report["dependencies"]
        for weakness in row["vulns"]
    ]
    old = [one for one in known.advisories if one.id not in {new.id for new in found}]
    return Known(source="pip-audit", as_of=today, advisories=(*old, *found))


def refresh(path: Path | None) -> Known:
    """Ask for the advisories of the pinned packages, here or on the network."""
    pinned = every_pin()
    if path is not None:
        return from_records(read_records(path), pinned)
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, "--format=json", "--requirement", str(pins.DEV)],
        capture_output=True,
        check=False,
        text=True,
    )
    if not done.stdout.strip():
        raise RefreshError("pip-audit gave no answer")
    return from_audit(json.loads(done.stdout), load(), datetime.now(UTC).date())


def every_pin() -> Sequence[pins.Pin]:
    """Return each pinned release once, whichever file pins it."""
    pinned = {
        (pin.name, pin.version): pin for file in (pins.BASE, pins.DEV) for pin in pins.read(file)
    }
    return [pinned[key] for key in sorted(pinned)]


def check(today: date) -> int:
    """Print what is known of the pinned releases; return 1 when one has a known weakness."""
    known, pinned = load(), every_pin()
    found = findings(known, pinned)
    said = [*found, f"{len(found)} known weaknesses in {len(pinned)} pinned releases"]
    said[-1] += f" (advisories of {known.as_of.isoformat()}, {known.source})"
    sys.stdout.write("\n".join(filter(None, (*said, staleness(known, today)))) + "\n")
    return 1 if found else 0


def main(words: Sequence[str]) -> int:
    """Run ``check``, or ``refresh`` with a folder or a ZIP file, or nothing to ask pip-audit."""
    if words[:1] == ["refresh"]:
        try:
            save(refresh(Path(words[1]) if words[1:] and words[1] else None))
        except RefreshError as error:
            sys.stderr.write(f"{error}: {DATA.name} is left as it was\n")
            return 1
    return check(datetime.now(UTC).date())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InvalidVersion as error:
        sys.exit(str(error))
