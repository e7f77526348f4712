"""Building blocks of error messages: structure, field names, numbers, import problems."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp import exceptions as errors
from webapp import vocabulary


@dataclass(frozen=True, slots=True)
class Message:
    """A title, and a sentence that says what happened and what to do."""

    title: str
    text: str


FIELDS = {
    "title": "intitulé",
    "strand": "axe",
    "measure": "mesure du Pacte",
    "finding": "constat",
    "objective": "objectif",
    "description": "description",
    "lead": "pilote",
    "partners": "partenaires",
    "publics": "publics",
    "territories": "territoires",
    "due_date": "échéance",
    "resources": "moyens",
    "priority": "priorité",
    "sources": "sources",
}


def number(value: float) -> str:
    """Return a number in French notation: narrow no-break spaces, decimal comma."""
    plain = int(value) if value == int(value) else value
    return f"{plain:,}".replace(",", "\u202f").replace(".", ",")


def missing(names: tuple[str, ...]) -> str:
    """Return the French names of fields, separated by commas."""
    return ", ".join(FIELDS.get(name, name) for name in names)


def row_problems(error: errors.SemaillesError) -> list[str]:
    """Return the problems of an import file, one per line."""
    problems = error.problems if isinstance(error, errors.InvalidRowsError) else ()
    return [row_problem(problem) for problem in problems]


def row_problem(problem: errors.RowProblem) -> str:
    """Return the message of one problem of an import file."""
    text = vocabulary.ROW_PROBLEMS.get(problem.problem, problem.problem).format(value=problem.value)
    return f"Ligne {problem.line} : {text}."


def file_remark(words: Mapping[str, str], code: str, value: str) -> str:
    """Return the sentence of a question or a notice about a file, codes replaced by labels."""
    return words[code].format(value=vocabulary.FILE_ENCODINGS.get(value, value))
