"""``python -m nlp analyse|evaluate|train|lexicon``: the analysis without the web."""

import argparse
import sys
from collections.abc import Sequence
from typing import get_args

from nlp.commands import (
    CommandError,
    ContextColumns,
    analyse_file,
    compile_lexicon,
    evaluate_files,
    train_files,
)
from nlp.options import Encoder, Options


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Returns
    -------
    ArgumentParser
        With one sub-command per act.
    """
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--text-column", required=True, metavar="C", help="column of the texts")
    shared.add_argument("--seed", type=int, default=0, metavar="N")
    shared.add_argument("--encoder", choices=get_args(Encoder), default="hybrid")
    top = argparse.ArgumentParser(prog="python -m nlp", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    analyse = commands.add_parser("analyse", parents=[shared], help="group the texts of a file")
    analyse.add_argument("file", metavar="FILE.csv")
    for name in ("workshop", "question", "table"):
        analyse.add_argument(f"--{name}-column", metavar="C", help=f"column of the {name}")
    analyse.add_argument("--output", required=True, metavar="result.json")
    evaluate = commands.add_parser(
        "evaluate", parents=[shared], help="compare with a human grouping"
    )
    evaluate.add_argument("files", nargs="+", metavar="FILE.csv")
    evaluate.add_argument("--label-column", required=True, metavar="L", help="human groups")
    evaluate.add_argument(
        "--ignore-label",
        action="append",
        metavar="LABEL",
        help="a residue that is no group; may be repeated (default: Autres)",
    )
    train = commands.add_parser("train", help="fit the model files from labelled notes")
    train.add_argument("--notes", default="training/notes", metavar="FOLDER")
    train.add_argument("--catalogue", default="training/catalogue", metavar="FOLDER")
    lexicon = commands.add_parser("lexicon", help="compile the lexicon after a change")
    for learned in (train, lexicon):
        learned.add_argument("--output", default="nlp/data", metavar="FOLDER")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str or None, default=None
        Words of the command line; those of the process when None.

    Returns
    -------
    int
        0, or 2 when a file cannot be used.
    """
    given = parser().parse_args(arguments)
    try:
        if given.command == "lexicon":
            compile_lexicon(given.output)
            return 0
        if given.command == "train":
            train_files(given.notes, given.catalogue, given.output)
            return 0
        options = Options(seed=given.seed, encoder=given.encoder)
        if given.command == "analyse":
            where = ContextColumns(given.workshop_column, given.question_column, given.table_column)
            analyse_file(given.file, given.text_column, options, given.output, where)
        else:
            ignored = frozenset(given.ignore_label or ["Autres"])
            columns = (given.text_column, given.label_column)
            evaluate_files(given.files, columns, ignored, options)
    except CommandError as error:
        sys.stderr.write(f"python -m nlp: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
