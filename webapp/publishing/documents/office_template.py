"""What ODT and DOCX models share: a closed Jinja, and the refusal of names that do not exist.

A model comes from an office suite, hence from outside: it may read the narrative and nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jinja2 import ChainableUndefined, TemplateError, Undefined, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from webapp.exceptions import DocumentModelError, UnreadableFileError
from webapp.publishing.documents.narrative_types import Narrative
from webapp.publishing.documents.template_grammar import refused

VARIABLE = "roadmap"
# What only a model of another kind than ours can raise, once its tags are carried out.
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that refuses, before anything runs, what a model has no use for."""

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's own signature
    ) -> str:
        found = refused(source)
        if found:
            raise DocumentModelError(found)
        return super()._generate(source, name, filename, defer_init)


class Sandbox:
    """A Jinja environment that escapes every word and remembers the names it did not find."""

    def __init__(self, finalize: Callable[[object], object]) -> None:
        self._unknown: set[str] = set()
        self._finalize = finalize
        self.environment = _Environment(
            autoescape=True, undefined=_recorder(self._unknown), finalize=self._as_words
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
        except (TemplateError, SyntaxError, *_FAULTS) as error:
            raise UnreadableFileError(str(error)) from error
        if self._unknown:
            raise DocumentModelError(tuple(sorted(self._unknown)))

    def _as_words(self, value: object) -> object:
        """Return what a tag shows; an object, or a method, is no word."""
        if not isinstance(value, str | int | float | Undefined) and value is not None:
            self._unknown.add(type(value).__name__.lower())
        return self._finalize(value)

    def declare(self, source: str) -> None:
        """Note the unknown variables of ``source``, even where its branches are not taken."""
        names = meta.find_undeclared_variables(self.environment.parse(source))
        self._unknown.update(names - {VARIABLE})


def _spelt(owner: object) -> str:
    """Return how a model names what it looked into: the whole narrative is ``roadmap`` there."""
    return VARIABLE if isinstance(owner, Narrative) else type(owner).__name__.lower()


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
                unknown.add(name if obj is missing else f"{_spelt(obj)}.{name}")

    return Recorder
