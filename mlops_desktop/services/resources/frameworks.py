"""Frameworks under models: which release, until when it is supported, who hangs on it."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mlops_desktop import paths
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.resources.bottlenecks import Bottleneck, Kind
from mlops_desktop.core.resources.frameworks import (
    EndOfLife,
    EndTable,
    NoDate,
    Support,
    support_of,
)
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries.frameworks import BuiltWith, built_with
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

OWN_FILE = "end_of_life.toml"


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A release of a framework, its end if one is known, and the versions of models built with it.

    ``no_date`` says that its makers publish no date, and what they say instead. ``versions`` are
    (model, version) as people say them; only what serves counts, or the newest version of a model
    of which none serves.
    """

    name: str
    title: str
    version: str
    end: EndOfLife | None
    state: Support
    versions: tuple[tuple[str, str], ...]
    no_date: NoDate | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """The models that hang on it."""
        return tuple(dict.fromkeys(model for model, _ in self.versions))


def read_ends() -> EndTable:
    """Return the ends shipped with the program, those of the bank's own file before them.

    Raises ``frameworks.file_malformed``.
    """
    ends: dict[tuple[str, str], EndOfLife] = {}
    aliases: dict[str, str] = {}
    undated: dict[str, NoDate] = {}
    own = paths.home() / OWN_FILE
    shipped = paths.resource("frameworks", OWN_FILE)
    for path in (shipped, own) if own.exists() else (shipped,):
        for one in _entries(path):
            name = str(one["name"]).casefold()
            aliases.update({str(alias).casefold(): name for alias in one.get("aliases", ())})
            if "policy" in one:
                undated[name] = _undated(name, one)
            for cycle, until in one.get("until", {}).items():
                ends[name, cycle] = EndOfLife(
                    name, one.get("title", name), cycle, until, one["source"], one["read_on"]
                )
    return EndTable(ends, aliases, undated)


def _undated(name: str, one: dict[str, Any]) -> NoDate:
    title = one.get("title", name)
    return NoDate(name, title, one["policy"], one["source"], one["read_on"])


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["framework"]
        for one in found:
            _check(one)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AppError(
            "frameworks.file_malformed",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
        ) from error
    return found


def _check(one: dict[str, Any]) -> None:
    """Raise ValueError or KeyError for an entry that does not say what is needed."""
    days = [one["read_on"], *one.get("until", {}).values()]
    if "policy" not in one and not one["until"]:
        raise ValueError("until")
    if not (one["name"] and one["source"]) or any(type(day) is not date for day in days):
        raise ValueError("dates")


def read_frameworks(
    session: Session, as_of: AsOf = NOW, model: str | None = None
) -> tuple[FrameworkRow, ...]:
    """Return every release under the current models, those at their end first.

    ``model`` is the key of one model. Raises ``frameworks.file_malformed``.
    """
    with session.workspace.read() as view:
        return frameworks_in(view, as_of, model)


def frameworks_in(
    view: ReadSession, as_of: AsOf, model: str | None = None
) -> tuple[FrameworkRow, ...]:
    """Return the releases inside a read session; raises as ``read_frameworks``."""
    ends, rows = read_ends(), _rows(view, as_of, model)
    told = built_with(view.connection, as_of, model)
    used: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    found: dict[tuple[str, str], EndOfLife | None] = {}
    for row in rows:
        for one in _in_use(row, told.get(row.key, ())):
            for pair in one.frameworks:
                end = ends.find(pair.name, pair.value)
                key = pair.name, end.cycle if end is not None else _release(pair.value)
                found[key] = end
                used[key].append((row.id, one.label))
    made = [
        _row(key, found[key], tuple(dict.fromkeys(users)), as_of.day, ends)
        for key, users in used.items()
    ]
    return tuple(sorted(made, key=_order))


def _rows(view: ReadSession, as_of: AsOf, model: str | None) -> tuple[ModelRow, ...]:
    if model is not None:
        return (model_queries.get_model(view.connection, model, as_of).row,)
    wanted = ModelFilter(scope=Scope.CURRENT, as_of=as_of)
    return model_queries.list_models(view.connection, wanted)


def _row(
    key: tuple[str, str],
    end: EndOfLife | None,
    users: tuple[tuple[str, str], ...],
    on: date,
    ends: EndTable,
) -> FrameworkRow:
    name, version = key
    no_date = ends.without_date(name) if end is None else None
    titled = end or no_date
    title = titled.title if titled is not None else name
    return FrameworkRow(name, title, version, end, support_of(end, on), users, no_date)


def _order(row: FrameworkRow) -> tuple[object, ...]:
    until = row.end.last_day if row.end is not None else date.max
    return list(Support).index(row.state), until, row.name, row.version


def _release(version: str) -> str:
    return ".".join(version.split(".")[:2])


def _in_use(row: ModelRow, told: tuple[BuiltWith, ...]) -> Iterator[BuiltWith]:
    """Yield the versions that serve; of a model of which none serves, the newest told of."""
    serving = set(row.serving.split(", ")) if row.serving else set()
    known = [one for one in told if one.label in serving]
    yield from known or told[:1]


def ended(rows: tuple[FrameworkRow, ...]) -> Iterator[Bottleneck]:
    """Yield the releases at their end as something to look at."""
    for row in rows:
        if row.state is Support.ENDED:
            name = f"{row.title} {row.version}"
            number = float(len(row.models))
            yield Bottleneck(Kind.FRAMEWORK_ENDED, name, None, number, "", row.models)
