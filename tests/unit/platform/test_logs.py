"""The log never stands in the way of an answer."""

import io

import pytest
import structlog

from webapp.platform import logs


def test_check_51_a_log_that_is_full_stops_nobody():
    with io.TextIOWrapper(io.FileIO("/dev/full", "w"), write_through=True) as full:
        with pytest.raises(OSError, match="No space left"):
            structlog.PrintLogger(full).error("une ligne")
        for level in ("debug", "info", "warning", "error", "critical", "exception"):
            getattr(logs.Output(full), level)("une ligne")


def test_a_line_is_written(capsys):
    logs.configure()
    structlog.get_logger().warning("refused", status=404)
    line = capsys.readouterr().out
    assert '"event": "refused"' in line
    assert '"status": 404' in line
    assert '"level": "warning"' in line
