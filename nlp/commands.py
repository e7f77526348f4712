"""Implementation of the commands: reads a file, calls the library, writes the result."""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

from nlp.analysis import analyse
from nlp.context import Context
from nlp.exceptions import TrainingDataError
from nlp.fingerprint import plain, versions
from nlp.lexicon import Lexicon
from nlp.lexicon_tables import write_tables
from nlp.measures import Agreement, agreement
from nlp.options import Options
from nlp.tables import TableError, read_columns

CommandError = TableError

_FEWEST_CONSULTATIONS = 2
_HEADER = f"{'file':32} {'texts':>6} {'AMI':>6} {'ARI':>6} {'touches':>8} {'k':>4} {'seconds':>8}\n"


@dataclass(frozen=True, slots=True)
class ContextColumns:
    """The columns of a file that say where a text was said; None where there is none.

    Attributes
    ----------
    workshop, question, table : str or None, default=None
        Names of columns.
    """

    workshop: str | None = None
    question: str | None = None
    table: str | None = None

    def known(self) -> dict[str, str]:
        """Return the columns given, by field of :class:`nlp.Context`."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


_NOWHERE = ContextColumns()


def analyse_file(
    path: str, text_column: str, options: Options, output: str, where: ContextColumns = _NOWHERE
) -> None:
    """Group the texts of a file and write the result as JSON.

    Parameters
    ----------
    path : str
        A CSV file.
    text_column : str
        Name of the column of the texts.
    options : Options
        Settings.
    output : str
        Where to write.
    where : ContextColumns, default=ContextColumns()
        Columns of the workshop, the question and the table; rows are in the order of the room.

    Raises
    ------
    CommandError
        If the file cannot be read, or ``output`` cannot be written.
    """
    rows = read_columns(path, (text_column, *where.known().values()))
    texts = [row[0] for row in rows]
    contexts = _contexts(rows, tuple(where.known()))
    result = analyse(texts, contexts=contexts, options=options, progress=_show)
    document = {
        "options": plain(options),
        "versions": dict(versions()),
        "analysis": plain(result),
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        Path(output).write_text(written + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{output}: {error.strerror}") from error
    sys.stderr.write("\n")
    sys.stdout.write(
        f"{len(texts)} texts, {len(result.clusters)} clusters, {len(result.isolated)} isolated\n"
        f"fingerprint {result.fingerprint}\n"
    )


def _contexts(
    rows: Sequence[tuple[str, ...]], names: tuple[str, ...]
) -> tuple[Context, ...] | None:
    """Return where the text of each row was said, or None when no column tells it."""
    if not names:
        return None
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        values = {name: value or None for name, value in zip(names, row[1:], strict=True)}
        seen[values.get("workshop") or ""] += 1
        found.append(Context(position=seen[values.get("workshop") or ""], **values))
    return tuple(found)


def _show(fraction: float, stage: str) -> None:
    sys.stderr.write(f"\r{fraction:4.0%} {stage:<12}")
    sys.stderr.flush()


def evaluate_files(
    paths: Sequence[str], columns: tuple[str, str], ignored: frozenset[str], options: Options
) -> None:
    """Print how far the analysis of each file is from its human grouping.

    Parameters
    ----------
    paths : sequence of str
        CSV files.
    columns : tuple of (str, str)
        Names of the columns of the texts and of the human groups.
    ignored : frozenset of str
        Human labels that are no group: their rows are left out.
    options : Options
        Settings.

    Raises
    ------
    CommandError
        If a file cannot be read or holds no grouping.
    """
    sys.stdout.write(_HEADER)
    found = []
    for path in paths:
        line, measured = _evaluate(path, columns, ignored, options)
        sys.stdout.write(line)
        sys.stdout.flush()
        found.append(measured)
    if len(found) > 1:
        means = [sum(getattr(m, name) for m in found) / len(found) for name in _MEASURES]
        sys.stdout.write(f"{'mean':32} {'':>6} {means[0]:6.3f} {means[1]:6.3f} {means[2]:8.1f}\n")


_MEASURES = ("ami", "ari", "touches")


def _evaluate(
    path: str, columns: tuple[str, str], ignored: frozenset[str], options: Options
) -> tuple[str, Agreement]:
    rows = [row for row in read_columns(path, columns) if row[1] and row[1] not in ignored]
    if not rows:
        raise CommandError(f"{path}: no row with a label in column {columns[1]!r}")
    start = time.perf_counter()
    result = analyse([text for text, _ in rows], options=options)
    seconds = time.perf_counter() - start
    measured = agreement(result.labels.tolist(), [label for _, label in rows])
    line = (
        f"{Path(path).name[:32]:32} {len(rows):6d} {measured.ami:6.3f} {measured.ari:6.3f}"
        f" {measured.touches:8.1f} {len(result.clusters):4d} {seconds:8.1f}\n"
    )
    return line, measured


def train_files(notes: str, catalogue: str, output: str) -> None:
    """Fit the model files from labelled notes and a catalogue of demands.

    Parameters
    ----------
    notes : str
        Folder of labelled consultations.
    catalogue : str
        Folder of the catalogue.
    output : str
        Folder of the files written.

    Raises
    ------
    CommandError
        If a file cannot be read, or there are fewer than two consultations.
    """
    from nlp.oppositions.training import train_tensions  # noqa: PLC0415 - loads every estimator
    from nlp.similarity import consultations, preparation, training  # noqa: PLC0415 - idem

    paths = sorted(Path(notes).glob("*.json"))
    if len(paths) < _FEWEST_CONSULTATIONS:
        raise CommandError(f"{notes}: need two consultations or more, found {len(paths)}")
    try:
        known = [consultations.read_consultation(path) for path in paths]
        sayings = consultations.read_catalogue(Path(catalogue))
    except TrainingDataError as error:
        raise CommandError(str(error)) from error
    compile_lexicon(output)
    held_out = training.train(known, sayings, Path(output), _tell)
    _tell("fitting the models of oppositions")
    train_tensions(known, sayings, Path(output), preparation.EmbeddingMemo(), held_out)


def compile_lexicon(output: str) -> None:
    """Write the compiled tables of ``nlp/data/lexicon.txt``.

    Parameters
    ----------
    output : str
        Folder of the file written.
    """
    text = (files("nlp") / "data" / "lexicon.txt").read_text(encoding="utf-8")
    _tell("compiling the lexicon")
    write_tables(text, Lexicon(text.splitlines()).tables, Path(output))


def _tell(step: str) -> None:
    sys.stderr.write(f"{step}\n")
