"""The roots: what any part of the application may raise."""


class SemaillesError(Exception):
    """Base of every error raised on purpose."""


class ConfigurationError(SemaillesError):
    """A setting is missing, malformed or unsafe: its name, a word for what is wrong, its value."""

    def __init__(self, setting: str, problem: str, value: str = "") -> None:
        super().__init__(f"{setting}: {problem} {value}".rstrip())
        self.setting = setting
        self.problem = problem
        self.value = value


class NotFoundError(SemaillesError):
    """The requested object does not exist or is not visible to this person."""


class EmptyInstanceError(NotFoundError):
    """The instance has no roadmap yet: no programme was imported, no conference announced."""


class ParameterError(SemaillesError):
    """A parameter of an address has a value that means nothing: its name, its value."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name, value)
        self.name = name
        self.value = value


class ForbiddenError(SemaillesError):
    """The person is known but may not do this."""


class UndeclaredRouteError(SemaillesError):
    """Some routes ask for no permission: the service does not start with them."""

    def __init__(self, endpoints: tuple[str, ...]) -> None:
        super().__init__(", ".join(endpoints))
        self.endpoints = endpoints


class SchemaError(SemaillesError):
    """The database has not been migrated to the version of this code."""


class RuleError(SemaillesError):
    """A rule of the domain forbids this."""
