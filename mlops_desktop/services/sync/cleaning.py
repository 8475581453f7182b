"""Makes every text inside a frozen dataclass fit for the ledger."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from mlops_desktop.ledger.text import clean_text

T = TypeVar("T")


def clean(value: T) -> T:
    """Return the value with every text of its fields cleaned, nested ones too."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return cast("T", clean_text(value))
    if isinstance(value, tuple):
        return cast("T", tuple(clean(part) for part in value))
    if is_dataclass(value) and not isinstance(value, type):
        made = {item.name: clean(getattr(value, item.name)) for item in fields(value)}
        return cast("T", replace(value, **made))
    return value
