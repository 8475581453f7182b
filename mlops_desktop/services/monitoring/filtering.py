"""The filter line of metrics: words and ``key:value``, for window and command line."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.ledger.text import clean_text

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.rows import MetricRow

_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')
_KEYS: "dict[str, Callable[[MetricRow], str]]" = {
    "state": lambda row: row.state.value,
    "model": lambda row: f"{row.model} {row.model_name}",
    "metric": lambda row: row.metric,
    "segment": lambda row: row.segment,
    "source": lambda row: row.source,
    "application": lambda row: row.application,
}


def metric_filter_keys() -> tuple[str, ...]:
    """Return the keys that a filter of metrics knows."""
    return tuple(_KEYS)


def choose_metrics(
    rows: "Iterable[MetricRow]", line: str, within: Collection[str] | None = None
) -> "tuple[MetricRow, ...]":
    """Return the rows that a line such as ``state:red psi model:M-00002`` leaves.

    ``within`` leaves those of these model ids alone. A key given twice means either.
    Raises ``filter.unknown_key``, ``filter.value_refused``.
    """
    words: list[str] = []
    terms: dict[str, list[str]] = {}
    for key, quoted, plain in _PIECE.findall(clean_text(line)):
        value = (quoted or plain).casefold()
        if not key and value.removesuffix(":") in _KEYS:
            continue  # a key still being typed
        if key:
            terms.setdefault(_known(key), []).append(_checked(key, value))
        else:
            words.append(value)
    near = (row for row in rows if within is None or row.key in within)
    return tuple(row for row in near if _fits(row, words, terms))


def _known(key: str) -> str:
    if key not in _KEYS:
        known = ", ".join(_KEYS)
        raise AppError("filter.unknown_key", where="--filter", name=key, known=known)
    return key


def _checked(key: str, value: str) -> str:
    state = value.replace("-", "_")
    if key == "state" and state not in set(MetricState):
        allowed = ", ".join(MetricState)
        raise AppError(
            "filter.value_refused", where="--filter", name=key, value=value, allowed=allowed
        )
    return state if key == "state" else value


def _fits(row: "MetricRow", words: list[str], terms: dict[str, list[str]]) -> bool:
    for key, values in terms.items():
        told = _KEYS[key](row).casefold()
        if not any(told == one if key == "state" else one in told for one in values):
            return False
    every = " ".join(tell(row) for tell in _KEYS.values()).casefold()
    return all(word in every for word in words)
