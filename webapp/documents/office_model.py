"""What ODT and DOCX models share: a closed Jinja, and the refusal of names that do not exist.

A model comes from an office suite, hence from outside: it may read the narrative and nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jinja2 import ChainableUndefined, TemplateError, Undefined, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from webapp.exceptions import DocumentModelError, UnreadableFileError

VARIABLE = "roadmap"


class Sandbox:
    """A Jinja environment that escapes every word and remembers the names it did not find."""

    def __init__(self, finalize: Callable[[object], object] | None = None) -> None:
        self._unknown: set[str] = set()
        self.environment = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=_recorder(self._unknown), finalize=finalize
        )
        # A model lays words out; it has no use for ranges of a billion, nor for our objects.
        self.environment.globals.clear()

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Turn what a model does wrong inside the block into errors of the domain.

        Raises
        ------
        DocumentModelError
            If it names what the narrative does not have, or what a model may not reach.
        UnreadableFileError
            If its tags are not well formed, or cut an element in two.
        """
        try:
            yield
        except (UndefinedError, SecurityError) as error:
            raise DocumentModelError(tuple(sorted(self._unknown)) or (str(error),)) from error
        # lxml calls a syntax error what is no longer XML once the tags are carried out.
        except (TemplateError, SyntaxError) as error:
            raise UnreadableFileError(str(error)) from error
        if self._unknown:
            raise DocumentModelError(tuple(sorted(self._unknown)))

    def declare(self, source: str) -> None:
        """Note the unknown variables of ``source``, even where its branches are not taken."""
        names = meta.find_undeclared_variables(self.environment.parse(source))
        self._unknown.update(names - {VARIABLE})


def _recorder(unknown: set[str]) -> type[Undefined]:
    class Recorder(ChainableUndefined):
        """Note the name that was looked for, and go on so that all of them are listed."""

        __slots__ = ()

        def __init__(
            self,
            hint: str | None = None,
            obj: object = missing,
            name: str | None = None,
            exc: type[Exception] = UndefinedError,
        ) -> None:
            super().__init__(hint, obj, name, exc)  # type: ignore[arg-type] # untyped upstream
            if name is not None:
                owner = "" if obj is missing else f"{type(obj).__name__.lower()}."
                unknown.add(f"{owner}{name}")

    return Recorder
