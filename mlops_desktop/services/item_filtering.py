"""The filter line of lists of items: words and ``key:value``, for window and command line."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.models import find_model

_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')
_DAYS = re.compile(r"<?(\d{1,4})d")
_AGE = re.compile(r"(\d{1,5})\.\.(\d{1,5})|([<>])(\d{1,5})")


def item_filter_keys() -> tuple[str, ...]:
    """Return the keys that a filter of items knows."""
    return (*_KEYS, "model")


def parse_item_filter(session: Session, text: str, base: ItemFilter) -> ItemFilter:
    """Return ``base`` narrowed by a line such as ``kind:finding due:<30d model:M-00002``.

    A key given twice means either; ``due:over`` means overdue, ``age:91..180``, ``age:>365`` and
    ``age:<30`` ask for the days since something was opened. Raises ``filter.unknown_key``,
    ``filter.value_refused``, ``model.not_found``.
    """
    found = base
    for key, quoted, plain in _PIECE.findall(clean_text(text)):
        value = quoted or plain
        if key == "model":
            with session.workspace.read() as view:
                id = find_model(view.connection, value)
            found = replace(found, models=(*found.models, id))
        elif key and not value.startswith("//"):
            found = _narrow(found, key, value)
        elif value and value.removesuffix(":") not in item_filter_keys():
            found = replace(found, words=(*found.words, f"{key}:{value}" if key else value))
    return _graded(found) if found.ranks != base.ranks else found


def _narrow(found: ItemFilter, key: str, value: str) -> ItemFilter:
    if key not in _KEYS:
        known = ", ".join(item_filter_keys())
        raise AppError("filter.unknown_key", where="--filter", name=key, known=known)
    return _KEYS[key](found, value)


def _refuse(key: str, value: str, allowed: str) -> AppError:
    return AppError(
        "filter.value_refused", where="--filter", name=key, value=value, allowed=allowed
    )


def _kind(found: ItemFilter, value: str) -> ItemFilter:
    known = [kind.noun for kind in kinds()]
    noun = value.lower().replace("-", "_")
    if noun not in known:
        raise _refuse("kind", value, ", ".join(known))
    return replace(found, kinds=(*found.kinds, noun))


def _state(found: ItemFilter, value: str) -> ItemFilter:
    known = sorted({stage for kind in kinds() for stage in kind.stages})
    stage = value.lower().replace("-", "_")
    if stage not in known:
        raise _refuse("state", value, ", ".join(known))
    return replace(found, stages=(*found.stages, stage))


def _scope(found: ItemFilter, value: str) -> ItemFilter:
    if value.lower() not in set(ItemScope):
        raise _refuse("scope", value, ", ".join(ItemScope))
    return replace(found, scope=ItemScope(value.lower()))


def _owner(found: ItemFilter, value: str) -> ItemFilter:
    return replace(found, owners=(*found.owners, value))


def _opener(found: ItemFilter, value: str) -> ItemFilter:
    return replace(found, openers=(*found.openers, value))


def _due(found: ItemFilter, value: str) -> ItemFilter:
    if value.lower() in ("over", "overdue"):
        return replace(found, overdue=True)
    days = _DAYS.fullmatch(value)
    if days:
        return replace(found, due_by=clock.today() + timedelta(days=int(days[1])))
    try:
        return replace(found, due_by=date.fromisoformat(value.removeprefix("<")))
    except ValueError:
        raise _refuse("due", value, "<30d, 2026-12-31, over") from None


def _age(found: ItemFilter, value: str) -> ItemFilter:
    match = _AGE.fullmatch(value)
    if match is None:
        raise _refuse("age", value, "91..180, >365, <30")
    if match[3] == ">":
        span: tuple[int, int | None] = int(match[4]) + 1, None
    elif match[3]:
        span = 0, int(match[4]) - 1
    else:
        span = int(match[1]), int(match[2])
    return replace(found, ages=(*found.ages, span))


def _severity(found: ItemFilter, value: str) -> ItemFilter:
    grades = [grade.value for grade in Severity]
    if value.lower() not in grades:
        raise _refuse("severity", value, ", ".join(grades))
    return replace(found, ranks=(*found.ranks, grades.index(value.lower())))


def _graded(found: ItemFilter) -> ItemFilter:
    """Leave the kinds alone that have a severity: the ranks of others mean something else."""
    graded = tuple(kind.noun for kind in kinds() if kind.ranked == "severity")
    wanted = tuple(noun for noun in found.kinds if noun in graded) if found.kinds else graded
    if not wanted:
        raise _refuse("kind", found.kinds[0], ", ".join(graded))
    return replace(found, kinds=wanted)


_KEYS: dict[str, Callable[[ItemFilter, str], ItemFilter]] = {
    "kind": _kind,
    "state": _state,
    "severity": _severity,
    "owner": _owner,
    "opener": _opener,
    "due": _due,
    "age": _age,
    "scope": _scope,
}
