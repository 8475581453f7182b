"""The filter line of pipelines: words and ``key:value``, for window and command line."""

import re
from collections.abc import Callable, Iterable

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.pipelines import Freshness, Outcome, PipelineKind
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.pipelines import Pipeline

_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')
_UNMEASURED = "unmeasured"


def filter_keys() -> tuple[str, ...]:
    """Return the keys that a filter of pipelines knows."""
    return tuple(_KEYS)


def filter_pipelines(found: Iterable[Pipeline], line: str) -> tuple[Pipeline, ...]:
    """Return the pipelines that a line such as ``konten fresh:late quality:failed`` matches.

    A key given twice means either. Without ``kind`` those that make data are meant; ``kind:all``
    means all. Raises ``filter.unknown_key`` and ``filter.value_refused``.
    """
    words, terms = _read(line)
    if _ALL in terms.setdefault("kind", {PipelineKind.DATA.value}):
        del terms["kind"]
    return tuple(one for one in found if _matches(one, words, terms))


def _read(line: str) -> tuple[list[str], dict[str, set[str]]]:
    words, terms = list[str](), dict[str, set[str]]()
    for key, quoted, plain in _PIECE.findall(clean_text(line)):
        value = (quoted or plain).casefold()
        if not key or value.startswith("//"):
            words += [f"{key}:{value}" if key else value] if value else []
            continue
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise AppError("filter.unknown_key", where="--filter", name=key, known=known)
        allowed = _ALLOWED.get(key)
        if allowed is not None and value not in allowed:
            told = ", ".join(allowed)
            raise AppError(
                "filter.value_refused", where="--filter", name=key, value=value, allowed=told
            )
        terms.setdefault(key, set()).add(value)
    return words, terms


def _matches(one: Pipeline, words: list[str], terms: dict[str, set[str]]) -> bool:
    told = (one.id, one.owner, one.description, *one.steps)
    text = " ".join(part for part in told if part).casefold()
    return all(word in text for word in words) and all(
        _KEYS[key](one).casefold() in values for key, values in terms.items()
    )


_ALL = "all"
_KEYS: dict[str, Callable[[Pipeline], str]] = {
    "kind": lambda one: one.kind.value,
    "fresh": lambda one: one.standing.freshness.value,
    "run": lambda one: one.outcome.value,
    "quality": lambda one: one.verdict.value if one.verdict else _UNMEASURED,
    "source": lambda one: one.key.source,
    "owner": lambda one: one.owner or "",
    "incident": lambda one: "yes" if one.incidents else "no",
}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "kind": (*PipelineKind, _ALL),
    "fresh": tuple(Freshness),
    "run": tuple(Outcome),
    "quality": (*Verdict, _UNMEASURED),
    "incident": ("yes", "no"),
}
