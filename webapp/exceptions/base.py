"""Base errors, raised by any part of the application."""


class SemaillesError(Exception):
    """Base class of all domain errors."""


class ConfigurationError(SemaillesError):
    """A setting is missing, malformed or unsafe: its name, a problem code, its value."""

    def __init__(self, setting: str, problem: str, value: str = "") -> None:
        super().__init__(f"{setting}: {problem} {value}".rstrip())
        self.setting = setting
        self.problem = problem
        self.value = value


class NotFoundError(SemaillesError):
    """The requested object does not exist or is not visible to this user."""


class AmbiguousCodeError(NotFoundError):
    """The codes of several workshops look like the one that was typed."""


class SlipNotKeyedError(NotFoundError):
    """The code is printed on a slip that nobody has keyed in yet."""


class EmptyInstanceError(NotFoundError):
    """The instance has no roadmap yet: no programme was imported, no conference announced."""


class ParameterError(SemaillesError):
    """A query parameter has an invalid value."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name, value)
        self.name = name
        self.value = value


class ForbiddenError(SemaillesError):
    """The user is authenticated but not authorised."""


class UndeclaredRouteError(SemaillesError):
    """Some routes have no permission: the application refuses to start."""

    def __init__(self, endpoints: tuple[str, ...]) -> None:
        super().__init__(", ".join(endpoints))
        self.endpoints = endpoints


class SchemaError(SemaillesError):
    """The database is not at the schema revision of this code."""


class RuleError(SemaillesError):
    """A business rule forbids the operation."""
