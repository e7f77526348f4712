"""What is installed is known: pins, bill of materials, weaknesses that were published."""

import json
import re
import zipfile
from datetime import date, timedelta

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import advisories, pins, sbom

RECORD = {
    "id": "PYSEC-2023-62",
    "modified": "2023-06-05T01:12:52Z",
    "aliases": ["CVE-2023-30861"],
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Flask"},
            "ranges": [
                {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "70f906c"}]},
                {
                    "type": "ECOSYSTEM",
                    "events": [
                        {"introduced": "0"},
                        {"fixed": "2.2.5"},
                        {"introduced": "2.3.0"},
                        {"fixed": "2.3.2"},
                    ],
                },
            ],
            "versions": ["0.1", "2.3.0"],
        }
    ],
}
YAML = """
id: PYSEC-2030-1
modified: "2030-01-02T00:00:00Z"
affected:
- package: {ecosystem: PyPI, name: flask}
  ranges:
  - type: ECOSYSTEM
    events:
    - introduced: "3.0"
    - last_affected: "3.1"
- package: {ecosystem: npm, name: flask}
  versions: ["9.9"]
"""


@pytest.fixture(scope="module")
def bill():
    return json.loads(sbom.render())


def pinned(name, version):
    return pins.Pin(name=name, version=version, marker="", hashes=("0" * 64,), wanted_by=())


def test_check_49_every_pin_is_read():
    for path in (pins.BASE, pins.DEV):
        text = path.read_text("utf-8")
        found = pins.read(path)
        assert len(found) == len(re.findall(r"^[a-z0-9].*==", text, re.MULTILINE))
        assert sum(len(pin.hashes) for pin in found) == text.count("--hash=sha256:")
    wanted = {pin.name: pin.wanted_by for pin in pins.read(pins.BASE)}
    assert "flask" in wanted["werkzeug"]
    assert {pin.marker for pin in pins.read(pins.BASE) if pin.name == "colorama"} == {
        "sys_platform == 'win32'"
    }


def test_check_49_the_bill_of_materials_is_valid_and_the_same_every_time(bill):
    text = sbom.render()
    assert json.loads(text) == bill
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_check_49_the_bill_holds_every_pin_with_its_hashes_and_its_licence(bill):
    components = {(c["name"], c["version"]): c for c in bill["components"]}
    every = pins.read(pins.DEV)
    assert {(pin.name, pin.version) for pin in every} == set(components)
    for pin in every:
        component = components[pin.name, pin.version]
        assert {h["content"] for h in component["hashes"]} == set(pin.hashes)
        assert pin.hashes
        (licence,) = component["licenses"]
        assert licence.get("expression") or licence["license"].get(
            "id", licence["license"].get("name")
        )
    shipped = {(pin.name, pin.version) for pin in pins.read(pins.BASE)}
    assert {k for k, c in components.items() if c["scope"] == "required"} == shipped


def test_check_49_the_bill_names_no_machine_no_path_and_no_registry(bill):
    bill = {key: value for key, value in bill.items() if key != "$schema"}
    assert not re.search(r"https?:|file:|/home|/root|/tmp|/usr|localhost", json.dumps(bill))


def test_check_49_no_pinned_release_has_a_known_weakness():
    assert advisories.findings(advisories.load(), advisories.every_pin()) == []


def test_check_49_the_file_of_advisories_has_a_date_and_names_no_host():
    known = advisories.load()
    assert known.advisories
    assert known.source
    assert known.as_of >= max(date.fromisoformat(one.modified) for one in known.advisories)
    assert "://" not in advisories.DATA.read_text("utf-8")


@pytest.mark.parametrize(
    ("version", "weak"),
    [("0.1", True), ("2.2.4", True), ("2.2.5", False), ("2.3.1", True), ("2.3.2", False)],
)
def test_check_49_a_release_in_a_range_is_found(version, weak):
    known = advisories.from_records([RECORD], [pinned("flask", version)])
    found = advisories.findings(known, [pinned("flask", version)])
    assert bool(found) is weak
    assert not weak or found == [f"flask {version}: PYSEC-2023-62 CVE-2023-30861"]


def test_check_49_advisories_are_read_from_a_folder_and_from_an_archive(tmp_path):
    folder = tmp_path / "vulns"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(RECORD), "utf-8")
    (folder / "b.yaml").write_text(YAML, "utf-8")
    (folder / "README").write_text("nothing", "utf-8")
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.iterdir():
            file.write(path, path.name)
    ours = [pinned("flask", "3.1")]
    for source in (folder, archive):
        known = advisories.from_records(advisories.read_records(source), ours)
        assert known.as_of == date(2030, 1, 2)
        assert [one.id for one in known.advisories] == ["PYSEC-2023-62", "PYSEC-2030-1"]
        assert advisories.findings(known, ours) == ["flask 3.1: PYSEC-2030-1"]
        assert advisories.findings(known, [pinned("flask", "3.2")]) == []
    copy = tmp_path / "advisories.json"
    advisories.save(known, copy)
    assert advisories.load(copy) == known


def test_check_49_what_was_withdrawn_and_what_we_do_not_use_is_left_out():
    assert list(advisories.parse(RECORD | {"withdrawn": "2024-01-01"}, {"flask"})) == []
    assert list(advisories.parse(RECORD, {"django"})) == []
    with pytest.raises(advisories.RefreshError):
        advisories.from_records([], [])


def test_check_49_a_source_that_does_not_answer_changes_nothing():
    known, today = advisories.load(), date(2030, 1, 1)
    silent = {"dependencies": [{"name": "flask", "skip_reason": "not found"}]}
    for report in (silent, {"dependencies": []}):
        with pytest.raises(advisories.RefreshError):
            advisories.from_audit(report, known, today)
    weakness = {"id": "PYSEC-2030-1", "aliases": []}
    report = {"dependencies": [{"name": "Flask", "version": "3.1", "vulns": [weakness]}]}
    heard = advisories.from_audit(report, known, today)
    assert heard.as_of == today
    assert advisories.findings(heard, [pinned("flask", "3.1")]) == ["flask 3.1: PYSEC-2030-1"]
    assert set(known.advisories) < set(heard.advisories)


def test_check_49_an_old_file_is_said_and_fails_nothing():
    known = advisories.load()
    fresh = known.as_of + timedelta(days=advisories.STALE_DAYS)
    assert advisories.staleness(known, fresh) == ""
    assert "91 days old" in advisories.staleness(known, fresh + timedelta(days=1))
