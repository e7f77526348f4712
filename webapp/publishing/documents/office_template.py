"""Jinja sandbox of ODT and DOCX templates, with detection of unknown names.

Templates are uploaded, hence untrusted: they may only read the narrative.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jinja2 import ChainableUndefined, TemplateError, Undefined, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from webapp.exceptions import DocumentModelError, UnreadableFileError
from webapp.publishing.documents.narrative_types import Narrative
from webapp.publishing.documents.template_grammar import forbidden

VARIABLE = "roadmap"
# Exceptions that a faulty template can raise while rendering.
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that checks the syntax tree against the grammar before execution."""

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's own signature
    ) -> str:
        found = forbidden(source)
        if found:
            raise DocumentModelError(found)
        return super()._generate(source, name, filename, defer_init)


class Sandbox:
    """A Jinja environment that escapes all text and records unknown names."""

    def __init__(self, finalize: Callable[[object], object]) -> None:
        self._unknown: set[str] = set()
        self._finalize = finalize
        self.environment = _Environment(
            autoescape=True, undefined=_recorder(self._unknown), finalize=self._as_words
        )
        # No globals: templates need neither ``range`` nor application objects.
        self.environment.globals.clear()

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Convert template errors raised in the block into domain errors.

        Raises
        ------
        DocumentModelError
            If it uses unknown or forbidden names.
        UnreadableFileError
            If its tags are not well formed, or break the XML.
        """
        try:
            yield
        except (UndefinedError, SecurityError) as error:
            raise DocumentModelError(tuple(sorted(self._unknown)) or (str(error),)) from error
        # lxml raises SyntaxError when the rendered XML is not well formed.
        except (TemplateError, SyntaxError, *_FAULTS) as error:
            raise UnreadableFileError(str(error)) from error
        if self._unknown:
            raise DocumentModelError(tuple(sorted(self._unknown)))

    def _as_words(self, value: object) -> object:
        """Return the output of a tag; an object or a method is recorded as unknown."""
        if not isinstance(value, str | int | float | Undefined) and value is not None:
            self._unknown.add(type(value).__name__.lower())
        return self._finalize(value)

    def declare(self, source: str) -> None:
        """Record the unknown variables of ``source``, in every branch."""
        names = meta.find_undeclared_variables(self.environment.parse(source))
        self._unknown.update(names - {VARIABLE})


def _name_in_templates(owner: object) -> str:
    """Return the name of an object in templates; the narrative is ``roadmap``."""
    return VARIABLE if isinstance(owner, Narrative) else type(owner).__name__.lower()


def _recorder(unknown: set[str]) -> type[Undefined]:
    class Recorder(ChainableUndefined):
        """Record the missing name and continue, to list them all."""

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
                unknown.add(name if obj is missing else f"{_name_in_templates(obj)}.{name}")

    return Recorder
