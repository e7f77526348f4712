"""The look holds its promises: light, readable in both themes, nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "webapp/static"
MAX_CSS = 45 * 1024
MAX_MODULE_LINES = 900
MAX_MODULE_LINE = 120
LEAST_CONTRAST = 4.5


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_a_template_holds_no_style_and_no_script(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<[a-z][^>{]*\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"https?://", text)


def test_the_sheets_are_light():
    assert sum(path.stat().st_size for path in STATIC.glob("css/*.css")) <= MAX_CSS


def test_the_modules_are_short_and_ours():
    modules = list(STATIC.glob("js/*.js"))
    lines = [line for path in modules for line in path.read_text("utf-8").splitlines()]
    assert len(lines) <= MAX_MODULE_LINES
    assert max(map(len, lines)) <= MAX_MODULE_LINE
    assert not [p for p in modules if re.search(r"https?://", p.read_text("utf-8"))]


PAIR = re.compile(r"(--[\w-]+):\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b")


def themes():
    """Return the colours of each theme, the dark one over the light one."""
    css = (STATIC / "css/tokens.css").read_text("utf-8")
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    return {"light": dict(PAIR.findall(light)), "dark": dict(PAIR.findall(light + dark))}


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["--paper", "--surface"])
@pytest.mark.parametrize("ink", ["--ink", "--muted", "--accent", "--signal", "--soil"])
def test_words_can_be_read(theme, ground, ink):
    colours = themes()[theme]
    assert colours["--paper"] != themes()["dark" if theme == "light" else "light"]["--paper"]
    assert contrast(colours[ink], colours[ground]) >= LEAST_CONTRAST


def test_the_measure_of_contrast_is_the_standard_one():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#ffffff") < LEAST_CONTRAST
