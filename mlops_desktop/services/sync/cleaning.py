"""Makes every text inside a frozen dataclass fit for the ledger, which is told no secret."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.secrecy import value_without_secrets, without_secrets
from mlops_desktop.ledger.text import clean_text

T = TypeVar("T")


def fit_text(text: str) -> str:
    """Return a source's text as an event may hold it: well formed, and without passwords."""
    return without_secrets(clean_text(text))


def fit_pair(name: str, value: str) -> Pair:
    """Return a source's tag, label or parameter as an event may hold it."""
    return Pair(fit_text(name), value_without_secrets(name, clean_text(value)))


def clean(value: T) -> T:
    """Return the value with every text of its fields made fit, nested ones too."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return cast("T", fit_text(value))
    if isinstance(value, Pair):
        return cast("T", fit_pair(value.name, value.value))
    if isinstance(value, tuple):
        return cast("T", tuple(clean(part) for part in value))
    if is_dataclass(value) and not isinstance(value, type):
        made = {item.name: clean(getattr(value, item.name)) for item in fields(value)}
        return cast("T", replace(value, **made))
    return value
