"""The options that name a key on a smart card or in a security module (PKCS#11)."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from mlops_desktop.services.people import TokenPlace

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--token-key", metavar="LABEL", help="The label of the key on the token."),
    click.option("--token", metavar="LABEL", help="The label of the token."),
    click.option(
        "--token-module", metavar="PATH", help="The PKCS#11 library of the token's maker."
    ),
)


def token_options(function: F) -> F:
    """Add what names a key on a token, given as ``token``; all three or none."""

    @wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        told = (named.pop("token_module"), named.pop("token"), named.pop("token_key"))
        return function(*given, token=_read(*told), **named)

    for add in _OPTIONS:
        call = add(call)
    return cast("F", call)


def _read(module: str | None, token: str | None, key: str | None) -> "TokenPlace | None":
    if not any((module, token, key)):
        return None
    if not (module and token and key):
        raise click.UsageError("A key on a token takes --token-module, --token and --token-key.")
    from mlops_desktop.services.people import TokenPlace

    return TokenPlace(module, token, key)
