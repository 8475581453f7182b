"""The one error type: a code and its parameters; the words live in resources/wording."""

from enum import StrEnum


class Recovery(StrEnum):
    """Who can mend the fault; it decides the exit code and the offer made to the user."""

    USER = "user"
    CONFIGURATION = "configuration"
    RETRY = "retry"
    BUG = "bug"


class AppError(Exception):
    """A refusal or failure with a stable ``code`` (``noun.what_happened``) and its parameters.

    ``where`` names the place in the input: a file, row and column, a path, an option.
    Parameters are shown to people, so they never hold a secret.
    """

    def __init__(
        self,
        code: str,
        /,
        *,
        recovery: Recovery = Recovery.USER,
        where: str | None = None,
        **parameters: str | int,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.recovery = recovery
        self.where = where
        self.parameters: dict[str, str | int] = parameters

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in sorted(self.parameters.items()))
        return f"{self.code} ({told})" if told else self.code
