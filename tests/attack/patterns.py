"""Every regular expression of the product on the strings that cost most: ``python -m``, killable.

Prints as JSON how many there are and which of them take more than fifty milliseconds of processor
on a hundred kilobytes, each time they are tried: a linear one takes some milliseconds, a quadratic
one some seconds. On a machine that is busy or slow, fifty milliseconds are ten times what dropping
the same characters one by one takes at that moment.

A fifth of the text comes first: a quadratic expression that takes fifty milliseconds on the whole
takes two there, and one that takes less than one is not tried any longer.
"""

import ast
import functools
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from pathlib import Path

import nlp
import webapp
from nlp import personal_rules

LENGTH = 100_000
SECONDS, TIMES, TRIES = 0.05, 10, 5
QUICK, PART = 0.001, LENGTH // 5
_CALLS = {"match", "search", "sub", "split", "fullmatch", "findall", "finditer", "compile"}
_PIECES = (
    *(
        " ",
        "a",
        "A",
        "é",
        "1",
        "0",
        "-",
        ".",
        ",",
        ";",
        "\n",
        "\t",
        "'",
        "’",
        "[",
        "(",
        "<",
        "{",
        '"',
    ),
    *("a ", "Aa ", "a-", "a.", "a@", "l'", "1 ", "1.", "01", "01 ", "+33", "=", "aaa\n", "!", "…"),
    *("a@a", "a.a@", "AB-12", "FR76 ", "de la ", "rue de la ", "12 rue ", "M. A", "mon fils A"),
    *("<a ", "<text:p>", "{%p ", "{<a>", "<table:table-row>", "%}", "[at]", "e\u0301", "\u0301"),
    *("1) ", "- ", "et aussi ", "merci ", "svp ", "il faut ", "ne pas ", "pas d'", "habite "),
    # What the rules on words read: three signs for each word.
    *("_1c", "_2c", "_6c", "_6x", "_7c", "P5x", "P5x_6c", "C9c", "K5x", "D5x", "I5x", "Q1c", "V0n"),
    *(
        "#0n",
        "W5x",
        "X5x",
        "#0nW5x",
        "A5c#0n",
        "O5x",
        "_1c-0n",
        "P7c'0n",
        "H5x",
        "Q1cH5x",
        "K5xH5x",
    ),
    *("dossier n ", "tel ", "zero six ", "ne le ", "insta ", "caf 1", "@a.", "a point ", "06 xx "),
    *("plaque ", "Axe 1 ", "http://", "le a de la ", "je suis ", "\u00a0", "\u200d", "œ"),
)


class TooLongError(Exception):
    """``SECONDS`` of processor went by."""


def stop(number, frame):
    raise TooLongError


def patterns():
    """Every compiled expression of a module, and every literal one of a call."""
    found = {}
    for package in (webapp, nlp):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" in info.name or info.name.endswith("__main__"):
                continue
            try:
                module = importlib.import_module(info.name)
            except ImportError:
                continue  # needs a package that is optional
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    found.setdefault((value.pattern, value.flags), f"{info.name}.{name}")
            for pattern in literals(Path(module.__file__)):
                found.setdefault((pattern, re.NOFLAG.value), f"{info.name} (in a call)")
    return found


def rules():
    """Every expression of the rules on personal data, which no module holds by name."""
    for rule in personal_rules.load().patterns():
        yield (rule.pattern, rule.flags), f"personal/rules.toml: {rule.pattern[:60]}"


def literals(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if called and node.func.attr in _CALLS and getattr(node.func.value, "id", "") == "re":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def guilty(pattern, flags, pieces=_PIECES):
    """The pieces that, repeated, make the expression spend too long."""
    compiled = re.compile(pattern, flags & ~re.DEBUG)
    for piece in pieces:
        part, whole = repeated(piece, PART), repeated(piece, LENGTH)
        ways = functools.partial(compiled.sub, ""), compiled.fullmatch
        suspects = [way for way in ways if taken(way, part) > QUICK]
        if any(
            lasts(way, whole) and all(lasts(way, whole, now()) for _ in range(TRIES))
            for way in suspects
        ):
            yield piece


def repeated(piece, length):
    """Return ``length`` characters of ``piece`` repeated, then an end that nothing matches."""
    return (piece * (length // len(piece) + 1))[:length] + "\u0000!"


def taken(way, text):
    """Return the seconds of processor that reading ``text`` takes, ``SECONDS`` or so at most."""
    start = time.process_time()
    lasts(way, text)
    return time.process_time() - start


def now():
    """How long fifty milliseconds are at this moment."""
    start = time.process_time()
    re.sub(r"\w", "", "a" * LENGTH)
    return max(SECONDS, TIMES * (time.process_time() - start))


def lasts(way, text, seconds=SECONDS):
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        way(text)
    except TooLongError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


def main():
    signal.signal(signal.SIGVTALRM, stop)
    found = patterns() | dict(rules())
    slow = {name: list(guilty(*one)) for one, name in found.items()}
    planted = list(guilty(r"(a|aa)+$", 0, ("a",)))
    report = {"count": len(found), "planted": planted}
    report["slow"] = {name: pieces for name, pieces in slow.items() if pieces}
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
