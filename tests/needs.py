"""What the tests need beyond Python: found, installed where that is allowed, or named exactly.

Run as ``python -m tests.needs`` by ``make test``; imported by the fixtures.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"chromium": "chromium", "postgresql": "postgresql", "libreoffice": "libreoffice-writer"}


def chromium() -> str | None:
    """Return the path of Chromium, or None; the build without windows, if it is here, is faster."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None; Debian keeps them off the path."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def may_install() -> bool:
    """Whether Debian's packages may be installed by us."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> int:
    """Install what is missing where we may; return 1 when the browser is still missing."""
    missing = [
        name
        for name, found in (("chromium", chromium()), ("postgresql", postgresql()))
        if not found
    ]
    if missing and may_install():
        print(f"Installing {', '.join(missing)}…")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            + [PACKAGES[name] for name in missing],
            check=False,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
    if postgresql() is None:
        print("PostgreSQL is missing (package postgresql): its tests will be skipped, saying so.")
    if chromium() is None:
        print("Chromium is missing: install it (package chromium), then run make test again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
