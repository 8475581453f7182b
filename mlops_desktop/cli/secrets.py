"""Passwords come from a variable that an option names, or a hidden prompt; never an argument."""

import os
import sys
from collections.abc import Callable

import click

from mlops_desktop.core.errors import AppError


def read_variable(variable: str | None, option: str) -> str | None:
    """Return the secret in the named variable; None where no variable is named.

    Raises ``secret.variable_empty`` where the variable is not set.
    """
    if variable is None:
        return None
    secret = os.environ.get(variable)
    if not secret:
        raise AppError("secret.variable_empty", where=option, variable=variable, option=option)
    return secret


def asker(
    variable: str | None, option: str, question: str, *, twice: bool = False
) -> Callable[[], str]:
    """Return the function that gets a secret when it is needed.

    It raises ``secret.not_given``, naming the option, where no variable is named and nobody can
    be asked.
    """

    def ask() -> str:
        secret = read_variable(variable, option)
        if secret is not None:
            return secret
        if not can_ask():
            raise AppError("secret.not_given", where=option, what=question, option=option)
        answered: str = click.prompt(question, hide_input=True, err=True, confirmation_prompt=twice)
        return answered

    return ask


def can_ask() -> bool:
    """Tell whether somebody sits at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()
