"""What is shipped to run an instance names what exists, and leaves no right behind."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.test_documentation import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = ("semailles.service", "semailles-daily.service")
HARDENED = (
    "DynamicUser=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "UMask=0077",
    "IPAddressDeny=any",
    "IPAddressAllow=localhost",
)


@pytest.mark.parametrize("name", UNITS)
def test_check_50_a_unit_has_no_right_but_on_its_data(name):
    lines = (DEPLOY / name).read_text("utf-8").splitlines()
    assert [setting for setting in HARDENED if setting not in lines] == []
    (writable,) = [line for line in lines if line.startswith("ReadWritePaths=")]
    paths = writable.removeprefix("ReadWritePaths=").split()
    assert all(path.startswith("/var/lib/semailles") for path in paths)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_runs_commands_that_exist(name):
    known = {command for command, _ in COMMANDS}
    text = (DEPLOY / name).read_text("utf-8")
    run = re.findall(r"/bin/(semailles [a-z]+(?: [a-z]+)?)", text)
    assert run
    for words in run:
        assert words in known or words.rsplit(" ", 1)[0] in known, words


def test_the_nightly_unit_leaves_the_delays_to_the_worker_and_copies_to_their_end():
    lines = (DEPLOY / "semailles-daily.service").read_text("utf-8").splitlines()
    done = [line for line in lines if line.startswith("ExecStart=")]
    assert not any("purge" in line for line in done)
    assert "-delete" in done[1]
    assert done[-1].endswith("audit verify")  # what fails stops what comes after it


def test_check_50_systemd_finds_the_service_little_exposed():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here (package systemd)")
    done = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=20",
            DEPLOY / "semailles.service",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_proxy_writes_forwarded_headers_anew_and_keeps_no_address():
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "proxy_add_x_forwarded_for" not in text
    for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Host $host", 'Forwarded ""'):
        assert f"proxy_set_header {header};" in text
    servers = text.split("\nserver {")[1:]
    assert len(servers) == 2
    for server in servers:  # the default of each is to keep addresses
        assert "access_log off;" in server
        assert re.findall(r"error_log (\S+)", server) == ["/dev/null"]
    assert "limit_req" not in text  # a room shares one address
    assert "add_header" not in text  # the application says its headers itself
    assert re.search(r"ssl_protocols TLSv1\.2 TLSv1\.3;", text)
