"""What differs between the facts of two dossiers, from their embedded evidence alone.

Facts are laid out as lines, each found again by section, thing and field, whatever its place in
the file; what stands in one only was added or removed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar

from mlops_desktop.core import clock
from mlops_desktop.dossier.content import (
    Approval,
    Cell,
    Chapter,
    Dataset,
    Deployment,
    Facts,
    Grid,
    Kind,
    Missing,
    Pair,
    Part,
    Series,
    Value,
    Version,
)

Key: TypeAlias = tuple[str, str, str]
Lines: TypeAlias = Iterator[tuple[str, str, Cell]]
Thing = TypeVar("Thing")


class Change(StrEnum):
    """What became of a line."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that differs: ``section`` and ``field`` are terms, ``thing`` is what it is about.

    ``before`` and ``after`` are None where the line is not there.
    """

    section: str
    thing: str
    field: str
    before: Cell | None
    after: Cell | None

    @property
    def change(self) -> Change:
        """What became of the line."""
        if self.before is None:
            return Change.ADDED
        return Change.REMOVED if self.after is None else Change.CHANGED


def compare(before: Facts, after: Facts) -> tuple[Difference, ...]:
    """Return every line that differs, in the order of the dossier."""
    old, new = dict(_lines(before)), dict(_lines(after))
    keys = dict.fromkeys((*old, *new))
    order = {name: place for place, name in enumerate(dict.fromkeys(key[0] for key in keys))}
    changed = [key for key in keys if old.get(key) != new.get(key)]
    changed.sort(key=lambda key: order[key[0]])
    return tuple(Difference(*key, old.get(key), new.get(key)) for key in changed)


def _lines(facts: Facts) -> Iterator[tuple[Key, Cell]]:
    """Yield the lines; of equal keys each but the first gets a number, so that none is lost."""
    seen: dict[Key, int] = {}
    for (section, thing, field), cell in _all(facts):
        key = (section, thing, field)
        seen[key] = seen.get(key, 0) + 1
        again = seen[key]
        yield (key if again == 1 else (section, f"{thing} ({again})", field)), cell


def _all(facts: Facts) -> Iterator[tuple[Key, Cell]]:
    for section in facts.inventory:
        for field in section.fields:
            yield ("inventory", "", field.label or field.name), field.values
    yield from _of("versions", facts.versions, _version)
    yield from _of("deployments", facts.deployments, _deployment)
    yield from _of("datasets", facts.datasets, _dataset)
    yield from _of("metrics", facts.series, _series)
    yield from _of("approvals", facts.approvals, _approval)
    for chapter in facts.chapters:
        yield from _chapter(chapter)
    for part in facts.model_parts:
        name = f"{part.model_id} {part.model_name}"
        yield ("model_parts", name, "part_facts"), (Value(Kind.TEXT, part.facts),)


def _of(
    section: str, found: "tuple[Thing, ...] | Missing", read: Callable[[Thing], Lines]
) -> Iterator[tuple[Key, Cell]]:
    if isinstance(found, Missing):
        yield (section, "", section), found
        return
    for thing in found:
        for name, field, cell in read(thing):
            yield (section, name, field), cell


def _version(one: Version) -> Lines:
    name = one.version
    for field in ("release", "stage", "status", "created_by", "source", "run", "commit", "digest"):
        yield name, field, _text(getattr(one, field))
    yield name, "created_at", _text(one.created_at)
    yield name, "aliases", _texts(one.aliases)
    for group in ("tags", "parameters", "metrics"):
        yield from _pairs(name, group, getattr(one, group))


def _pairs(name: str, group: str, found: tuple[Pair, ...] | Missing) -> Lines:
    if isinstance(found, Missing):
        yield name, group, found
        return
    for pair in found:
        kind = Kind.DECIMAL if group == "metrics" else Kind.TEXT
        yield name, f"{group}.{pair.name}", (Value(kind, pair.value),)


def _deployment(one: Deployment) -> Lines:
    opened = None if isinstance(one.opened_at, Missing) else one.opened_at.date().isoformat()
    told = (one.version, one.environment, one.entity, opened)
    name = " · ".join(part for part in told if part)
    yield name, "opened_at", _text(one.opened_at)
    yield name, "closed_at", _text(one.closed_at)


def _dataset(one: Dataset) -> Lines:
    name = one.name if isinstance(one.digest, Missing) else f"{one.name} · {one.digest[:12]}"
    yield name, "rows", _text(one.rows)
    yield name, "versions", _texts(one.versions)


def _series(one: Series) -> Lines:
    if one.points:
        last = one.points[-1].value
        yield (
            one.metric,
            "value",
            last if isinstance(last, Missing) else (Value(Kind.DECIMAL, last),),
        )
    yield one.metric, "points", (Value(Kind.COUNT, str(len(one.points))),)
    yield one.metric, "warning", _text(one.warning)
    yield one.metric, "intervention", _text(one.intervention)


def _approval(one: Approval) -> Lines:
    yield one.number, "state", (Value(Kind.CODE, one.state),)
    expires = one.expires_on
    yield one.number, "expires", (Value(Kind.DATE, expires.isoformat()),) if expires else ()
    for decision in one.decisions:
        said = Value(Kind.CODE, decision.decision), Value(Kind.TIME, clock.to_text(decision.at))
        yield f"{one.number} · {decision.person}", "decision", said
    for change in one.voided_by:
        yield f"{one.number} · {change.name}", "voided", _text(change.after)


def _chapter(chapter: Chapter) -> Iterator[tuple[Key, Cell]]:
    def read(part: Part) -> Lines:
        name = part.label or part.name
        for field in part.fields:
            yield name, field.label or field.name, field.values
        if part.grid is not None:
            yield from _grid(name, part.grid)
        for series in part.charts:
            yield from _series(series)

    yield from _of(chapter.name, chapter.parts, read)


def _grid(name: str, grid: Grid) -> Lines:
    """Yield the cells of each row, or whole rows where their first cells do not tell them apart."""
    called = [_called(row[0]) for row in grid.rows]
    is_told = len(set(called)) == len(called)
    for first, row in zip(called, grid.rows, strict=True):
        if not is_told:
            whole = " · ".join(_called(cell) for cell in row)
            yield f"{name} · {whole}", "row", (Value(Kind.TEXT, first),)
            continue
        for column, cell in zip(grid.columns[1:], row[1:], strict=True):
            yield f"{name} · {first}", column, cell


def _called(cell: Cell) -> str:
    return "" if isinstance(cell, Missing) else " ".join(value.text for value in cell)


def _text(found: str | int | datetime | Missing | None) -> Cell:
    match found:
        case Missing():
            return found
        case datetime():
            return (Value(Kind.TIME, clock.to_text(found)),)
        case int():
            return (Value(Kind.COUNT, str(found)),)
        case None:
            return ()
        case _:
            return (Value(Kind.TEXT, found),)


def _texts(found: Iterable[str] | Missing) -> Cell:
    return found if isinstance(found, Missing) else tuple(Value(Kind.TEXT, one) for one in found)


def plain_text(cell: Cell | None) -> str | None:
    """Return the values in canonical text, one a line; None where there is no value."""
    if cell is None or isinstance(cell, Missing):
        return None
    return "\n".join(value.text for value in cell)
