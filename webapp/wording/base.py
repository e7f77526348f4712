"""What messages are made of: a title, a sentence, numbers and names as French people read them."""

from dataclasses import dataclass

from webapp import exceptions as errors
from webapp import vocabulary


@dataclass(frozen=True, slots=True)
class Message:
    """A title, and a sentence that says what to do."""

    title: str
    text: str


FIELDS = {
    "title": "intitulé",
    "strand": "axe",
    "finding": "constat",
    "objective": "objectif",
    "lead": "pilote",
    "due_date": "échéance",
    "sources": "sources",
}


def number(value: float) -> str:
    """Return a number as French people read it: narrow spaces, decimal comma."""
    plain = int(value) if value == int(value) else value
    return f"{plain:,}".replace(",", "\u202f").replace(".", ",")


def missing(names: tuple[str, ...]) -> str:
    """Return the French names of the fields that are empty."""
    return ", ".join(FIELDS.get(name, name) for name in names)


def row_problems(error: errors.SemaillesError) -> list[str]:
    """Return what to correct in a file, line by line."""
    problems = error.problems if isinstance(error, errors.InvalidRowsError) else ()
    return [row_problem(problem) for problem in problems]


def row_problem(problem: errors.RowProblem) -> str:
    """Return one line of an import's report."""
    text = vocabulary.ROW_PROBLEMS.get(problem.problem, problem.problem).format(value=problem.value)
    return f"Ligne {problem.line} : {text}."
