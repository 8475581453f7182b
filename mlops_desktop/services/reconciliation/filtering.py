"""The filter line of contradictions: words and ``key:value``, for window and command line."""

import re
from collections.abc import Callable

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.reconciliation import WAYS
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.reconciliation.listing import ReconciliationRow
from mlops_desktop.store.collation import sort_key

_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')
NONE = "none"

Keep = Callable[[ReconciliationRow], bool]


def keys() -> tuple[str, ...]:
    """Return the keys that a filter of contradictions knows."""
    return tuple(_KEYS)


def parse_rows_filter(text: str) -> Keep:
    """Return what tells whether a row fits a line such as ``kind:owner_differs model:M-00017``.

    A key given twice means either; ``state:`` is the stage of the exception or ``none``. Raises
    ``filter.unknown_key``, ``filter.value_refused``.
    """
    wanted: dict[str, list[str]] = {}
    words: list[str] = []
    for key, quoted, plain in _PIECE.findall(clean_text(text)):
        value = quoted or plain
        if key and not value.startswith("//"):
            wanted.setdefault(_known(key, value), []).append(value)
        elif value:
            words.append(sort_key(value))

    def keep(row: ReconciliationRow) -> bool:
        fits = all(any(_KEYS[key](row, one) for one in told) for key, told in wanted.items())
        return fits and all(word in _text(row) for word in words)

    return keep


def _known(key: str, value: str) -> str:
    if key not in _KEYS:
        raise AppError("filter.unknown_key", where="--filter", name=key, known=", ".join(_KEYS))
    if key == "kind" and _code(value) not in {rule.value for rule in WAYS}:
        allowed = ", ".join(rule.value for rule in WAYS)
        raise AppError(
            "filter.value_refused", where="--filter", name=key, value=value, allowed=allowed
        )
    return key


def _code(value: str) -> str:
    return value.casefold().replace("-", "_")


def _text(row: ReconciliationRow) -> str:
    model = f"{row.model.id} {row.model.name} {row.model.owner}" if row.model else ""
    return sort_key(f"{row.id} {model} {row.subject} {row.told} {row.held} {row.source}")


def _state(row: ReconciliationRow, value: str) -> bool:
    return (row.exception.stage if row.exception is not None else NONE) == _code(value)


def _model(row: ReconciliationRow, value: str) -> bool:
    return row.model is not None and value.upper() in (row.model.id, row.model.key.upper())


_KEYS: dict[str, Callable[[ReconciliationRow, str], bool]] = {
    "kind": lambda row, value: row.rule.value == _code(value),
    "model": _model,
    "owner": lambda row, value: bool(row.model) and sort_key(value) in sort_key(row.model.owner),  # type: ignore[union-attr] # bool(row.model) said so
    "source": lambda row, value: row.source.partition(":")[0] == value,
    "state": _state,
    "tier": lambda row, value: row.model is not None and str(row.model.tier) == value,
}
