"""What a person set: named queries, the facts each gives, which column means what."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair
from mlops_desktop.outside.databases.statement import Select, StatementRefused, read_select
from mlops_desktop.sources.observations import Stream
from mlops_desktop.sources.tabular.mapping import Columns

_LONGEST, _SHORTEST = 600.0, 0.1


class FactsKind(StrEnum):
    """What the rows of a query are."""

    POINTS = "points"
    CHECKS = "checks"
    DATASETS = "datasets"
    SERVINGS = "servings"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Meanings:
    """What columns of a kind of rows can mean; one that ends with an asterisk is a family."""

    stream: Stream | None
    needed: frozenset[str]
    allowed: frozenset[str]


def _meanings(stream: Stream | None, needed: str, allowed: str) -> Meanings:
    must = frozenset(needed.split())
    return Meanings(stream, must, must | frozenset(allowed.split()))


KINDS: dict[FactsKind, Meanings] = {
    FactsKind.POINTS: _meanings(
        Stream.METRICS, "value time", "metric model version unit environment segment.*"
    ),
    FactsKind.CHECKS: _meanings(
        Stream.CHECKS,
        "name verdict",
        "case value threshold method detail time kind dataset model version",
    ),
    FactsKind.DATASETS: _meanings(
        Stream.DATASETS,
        "name",
        "digest namespace location description owner rows time model version",
    ),
    FactsKind.SERVINGS: _meanings(
        Stream.DEPLOYMENTS,
        "model environment",
        "version endpoint role share digest region status time",
    ),
    FactsKind.DECISIONS: _meanings(
        None, "reference", "time model version output inputs contributions input.* contribution.*"
    ),
}
"""Decisions belong to no stream: they are looked up one by one, never brought in by a sync."""


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: its one SELECT, what its rows are, what its columns mean."""

    name: str
    select: Select
    kind: FactsKind
    columns: Columns
    openly: frozenset[str] = frozenset()

    @property
    def stream(self) -> Stream | None:
        """The stream that its rows belong to."""
        return KINDS[self.kind].stream


def read_plan(settings: Iterable[Pair]) -> tuple[Query, ...]:
    """Return the queries that settings name, by name.

    Raises AppError ``sql.query_refused`` for anything but one SELECT, ``sql.query_missing``,
    ``sql.facts_unknown``, ``sql.column_unknown``, ``sql.column_missing``, ``sql.no_reference``,
    ``sql.seconds_unreadable``.
    """
    told = {one.name: one.value for one in settings}
    read_seconds(told.get("seconds", "60"))
    selects = {name.removeprefix("query."): value
               for name, value in told.items() if name.startswith("query.")}  # fmt: skip
    for name in told:
        stem, _, rest = name.partition(".")
        query = rest.partition(".")[0]
        if stem in ("facts", "map", "open") and query not in selects:
            raise AppError("sql.query_missing", where="settings", setting=name, query=query)
    return tuple(_query(name, text, told) for name, text in sorted(selects.items()))


def read_seconds(told: str) -> float:
    """Return how long a query may take; raises ``sql.seconds_unreadable``."""
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise AppError("sql.seconds_unreadable", where="settings", most=f"{_LONGEST:g}")
    return seconds


def _query(name: str, text: str, told: dict[str, str]) -> Query:
    try:
        select = read_select(text)
    except StatementRefused as error:
        raise AppError(
            "sql.query_refused", where="settings", query=name, found=str(error)
        ) from None
    facts = told.get(f"facts.{name}", FactsKind.POINTS.value)
    if facts not in KINDS:
        known = ", ".join(KINDS)
        raise AppError("sql.facts_unknown", where="settings", query=name, facts=facts, known=known)
    kind, stem = FactsKind(facts), f"map.{name}."
    columns = {one.removeprefix(stem): value for one, value in told.items() if one.startswith(stem)}
    _check_columns(name, kind, columns)
    if kind is FactsKind.DECISIONS and "reference" not in select.parameters:
        raise AppError("sql.no_reference", where="settings", query=name)
    openly = (one.strip() for one in told.get(f"open.{name}", "").split(","))
    return Query(name, select, kind, Columns(columns), frozenset(one for one in openly if one))


def _check_columns(query: str, kind: FactsKind, columns: dict[str, str]) -> None:
    meanings = KINDS[kind]
    for meaning in columns:
        stem, sign, rest = meaning.partition(".")
        if meaning not in meanings.allowed and not (
            sign and rest and f"{stem}.*" in meanings.allowed
        ):
            known = ", ".join(sorted(meanings.allowed))
            raise AppError(
                "sql.column_unknown", where="settings", query=query, column=meaning, known=known
            )
    if missing := sorted(meanings.needed - columns.keys()):
        raise AppError("sql.column_missing", where="settings", query=query, column=missing[0])
