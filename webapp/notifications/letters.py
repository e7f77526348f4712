"""Texts of the messages to the staff: reminders of dates, and the digest of the week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from webapp.notifications.calendar_file import Event
from webapp.platform.french import NBSP, counted, long_date, paris_date
from webapp.platform.mail import Letter

_BEFORE: Final = "Vous recevez ce message parce que vous l’avez demandé. Pour l’arrêter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that waits for its reader: how many, and the page where it is done."""

    count: int
    singular: str
    plural: str
    where: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a week brought to one person.

    Attributes
    ----------
    tasks : sequence of Task
        What waits; those that count nothing are left out.
    coming : sequence of Event
        Dates of the seven days to come.
    received : int
        Contributions received in the last seven days, in the person's working groups.
    moved : sequence of str
        Items whose state changed in the last seven days: « 52-AAD-001 – Titre : adoptée ».
    """

    tasks: Sequence[Task] = ()
    coming: Sequence[Event] = ()
    received: int = 0
    moved: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(any(task.count for task in self.tasks) or self.coming or self.moved)


def day_of(event: Event) -> date:
    """Return the day of ``event`` in Paris."""
    return paris_date(event.starts) if isinstance(event.starts, datetime) else event.starts


def reminder(to: str, events: Sequence[Event], *, settings: str) -> Letter:
    """Return the message that recalls ``events``, in the order of their dates."""
    near = sorted(events, key=day_of)
    title = near[0].title if len(near) == 1 else counted(len(near), "date", "dates") + " à venir"
    text = _joined(["Bonjour,", _dates(near), _foot(settings)])
    return Letter(to=to, subject=f"Semailles{NBSP}: {title}", text=text)


def digest(to: str, week: Digest, *, settings: str) -> Letter:
    """Return the message of the week."""
    parts = ["Bonjour,"]
    if waiting := [task for task in week.tasks if task.count]:
        parts.append(_titled("Ce qui vous attend", map(_task, waiting)))
    if week.coming:
        parts.append(f"Dans les sept jours{NBSP}:\n{_dates(sorted(week.coming, key=day_of))}")
    past = [counted(week.received, "contribution reçue", "contributions reçues")]
    past = (past if week.received else []) + list(week.moved)
    if past:
        parts.append(_titled("Depuis une semaine", past))
    text = _joined([*parts, _foot(settings)])
    return Letter(to=to, subject=f"Semailles{NBSP}: votre semaine", text=text)


def trial(to: str, *, settings: str) -> Letter:
    """Return a message that only shows that messages arrive."""
    text = _joined(["Bonjour,", "Les messages de Semailles vous arrivent.", _foot(settings)])
    return Letter(to=to, subject=f"Semailles{NBSP}: essai", text=text)


def _task(task: Task) -> str:
    return f"{counted(task.count, task.singular, task.plural)}, {task.where}{NBSP}: {task.page}"


def _dates(events: Iterable[Event]) -> str:
    return "\n".join(
        f"- {long_date(day_of(event))}{NBSP}: {event.title}"
        + (f", {event.place}" if event.place else "")
        + (f"\n  {event.page}" if event.page else "")
        for event in events
    )


def _titled(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}{NBSP}:", *(f"- {line}" for line in lines)])


def _foot(settings: str) -> str:
    return f"{_BEFORE}{NBSP}: {settings}"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
