"""``make sbom``: every pinned package with its hashes and its licence, in CycloneDX JSON.

The same pins give the same file, byte for byte: no instant, no machine, no registry is in it.
"""

import sys
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from typing import Final

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from tools import pins

OUTPUT: Final = pins.ROOT / "semailles.cdx.json"
# What a package says in its licence's file only, or on another system than this one.
_WRITTEN: Final = {"axe-playwright-python": "MIT", "colorama": "BSD-3-Clause", "huey": "MIT"}
_LONGEST_NAME: Final = 60  # longer is the licence itself, not its name
_CLASSIFIED: Final = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_SPELT: Final = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "PSFL": "PSF-2.0",
}


def main() -> None:
    """Write the bill of materials."""
    OUTPUT.write_text(render(), "utf-8")
    sys.stdout.write(f"{OUTPUT.name}: {len(pins.read(pins.DEV))} packages\n")


def render() -> str:
    """Return the bill of materials of the pinned files."""
    shipped, every = pins.read(pins.BASE), pins.read(pins.DEV)
    bom = Bom(serial_number=_serial(), metadata=_metadata())
    components = {pin: _component(pin, shipped) for pin in every}
    for component in components.values():
        bom.components.add(component)
    if bom.metadata.component is not None:
        asked = [components[pin] for pin in every if not pin.wanted_by]
        bom.register_dependency(bom.metadata.component, asked)
    for pin, component in components.items():
        needed = [other for known, other in components.items() if pin.name in known.wanted_by]
        bom.register_dependency(component, needed)
    outputter = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return f"{outputter.output_as_string(indent=1)}\n"


def licence_of(name: str) -> str:
    """Return the licence that an installed package declares, as an SPDX expression if it can."""
    if name in _WRITTEN:
        return _WRITTEN[name]
    declared = metadata.metadata(name)
    for field in ("License-Expression", "License"):
        said = declared[field].strip() if field in declared else ""
        if said and said != "UNKNOWN" and len(said) <= _LONGEST_NAME:
            return _SPELT.get(said, said)
    kinds = [
        line.rsplit(" :: ", 1)[-1]
        for line in declared.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    return " OR ".join(_CLASSIFIED.get(kind, kind) for kind in kinds)


def _serial() -> uuid.UUID:
    files = pins.BASE.read_text("utf-8") + pins.DEV.read_text("utf-8")
    return uuid.uuid5(uuid.NAMESPACE_OID, files)


def _metadata() -> BomMetaData:
    ours = Component(
        name="semailles",
        type=ComponentType.APPLICATION,
        version=metadata.version("semailles"),
        licenses=[_licence("EUPL-1.2")],
        bom_ref="semailles",
    )
    # The format wants an instant; the pins have none.
    return BomMetaData(component=ours, timestamp=datetime.fromtimestamp(0, UTC))


def _component(pin: pins.Pin, shipped: Sequence[pins.Pin]) -> Component:
    identity = PackageURL("pypi", None, pin.name, pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        bom_ref=identity.to_string(),
        purl=identity,
        scope=_scope(pin, shipped),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.hashes],
        licenses=[_licence(licence_of(pin.name))],
    )


def _scope(pin: pins.Pin, shipped: Sequence[pins.Pin]) -> ComponentScope:
    """Return whether an instance runs ``pin``, or only its tests and linters do."""
    installed = {(other.name, other.version) for other in shipped}
    running = (pin.name, pin.version) in installed
    return ComponentScope.REQUIRED if running else ComponentScope.EXCLUDED


def _licence(said: str) -> License:
    return LicenseFactory().make_from_string(said)


if __name__ == "__main__":
    main()
