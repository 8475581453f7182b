"""What values of the workspace's own fields are found and compared by, the same in both databases.

A number's key sorts as the number does; the keys of a model's values stand in its rows as JSON.
"""

import msgspec

from mlops_desktop.core.custom_fields import CustomValue, FieldKind
from mlops_desktop.core.custom_forms import order_key

_LONGEST = 200
_ENCODER = msgspec.json.Encoder(order="sorted")


def text_key(text: str) -> str:
    """Return the key of prose: its beginning, case and the width of blanks aside."""
    return " ".join(text.casefold().split())[:_LONGEST]


def key_of(value: CustomValue) -> str:
    """Return the key of a value; "" for a text that was erased."""
    if value.text is not None:
        return text_key(value.text.text or "")
    return plain_key(value.kind, value.value or "")


def plain_key(kind: FieldKind, value: str) -> str:
    """Return the key of a value that is no prose; what is no number keeps its text."""
    if kind is not FieldKind.NUMBER:
        return value
    try:
        return order_key(value)
    except (ArithmeticError, TypeError, ValueError):
        return value


def to_text(keys: dict[str, str]) -> str | None:
    """Return keys by field as a column keeps them; None where there is none."""
    return _ENCODER.encode(keys).decode("utf-8") if keys else None


def from_text(text: object) -> dict[str, str]:
    """Return the keys by field that a column keeps."""
    return msgspec.json.decode(str(text), type=dict[str, str]) if text else {}
