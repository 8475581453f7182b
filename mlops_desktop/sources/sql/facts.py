"""Mapped rows as facts: points, checks, datasets, servings; verdicts and values as they stand."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import shortened, whole
from mlops_desktop.sources.observations import Fact, ObservedThing
from mlops_desktop.sources.sql.plan import FactsKind, Query
from mlops_desktop.sources.tabular.cells import read_time
from mlops_desktop.sources.tabular.mapping import Row, RowRefused, word
from mlops_desktop.sources.tabular.points import Frame, points_of

_VERDICTS = {
    Verdict.PASSED: "passed pass ok success successful true green bestanden erfüllt grün 1 t",
    Verdict.FAILED: "failed fail failure false red verfehlt nicht_bestanden nicht_erfüllt rot 0 f",
    Verdict.WARNING: "warning warn amber yellow warnung gelb",
    Verdict.ERROR: "error fehler",
    Verdict.SKIPPED: "skipped skip übersprungen",
}
_BY_WORD = {told: verdict for verdict, words in _VERDICTS.items() for told in words.split()}
_Facts = Callable[[list[Row], Query, tzinfo], Iterable[Fact]]


def facts_of(rows: list[Row], query: Query, zone: tzinfo) -> tuple[Fact, ...]:
    """Return the facts of a query's rows; raises RowRefused and ManySeries."""
    return tuple(_BY_KIND[query.kind](rows, query, zone))


def _subjects(model: str | None, version: str | None) -> tuple[Subject, ...]:
    return (Subject(model, version),) if model else ()


def _subjects_of(row: Row) -> tuple[Subject, ...]:
    return _subjects(word(row, "model"), word(row, "version"))


def _points(rows: list[Row], query: Query, zone: tzinfo) -> Iterable[Fact]:
    metric = query.columns.by_meaning["value"]
    return points_of(rows, Frame(zone, _subjects, metric, stem=f"{query.name}:"))


def _checks(rows: list[Row], query: Query, zone: tzinfo) -> Iterable[Fact]:
    together: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        key = tuple(word(row, one) for one in ("name", "model", "version", "time"))
        together.setdefault(key, []).append(row)
    for key, own in together.items():
        first = own[0]
        name = _needed(first, "name")
        details = CheckDetails(
            name=name,
            suite=name,
            subjects=_subjects_of(first),
            at=_time(first, zone),
            dataset=word(first, "dataset"),
        )
        id = "|".join(one or "" for one in key)
        yield ObservedThing(
            f"{query.name}:{id}"[:300], result(_kind(first), map(_case, own), details)
        )


def _kind(row: Row) -> CheckKind:
    told = (word(row, "kind") or "").casefold().replace(" ", "_")
    return CheckKind(told) if told in set(CheckKind) else CheckKind.TEST


def _case(row: Row) -> CheckCase:
    told = word(row, "verdict") or ""
    verdict = _BY_WORD.get(told.casefold().replace(" ", "_"), Verdict.NONE)
    # a word that is not known is no verdict here, but it is shown
    detail = word(row, "detail") or (told if verdict is Verdict.NONE else None)
    name = word(row, "case") or _needed(row, "name")
    value, threshold, method = (word(row, one) for one in ("value", "threshold", "method"))
    return CheckCase(name, verdict, value, threshold, method, detail)


def _datasets(rows: list[Row], query: Query, zone: tzinfo) -> Iterable[Fact]:
    for row in rows:
        name, digest = _needed(row, "name"), word(row, "digest")
        details = DatasetDetails(
            name=name,
            subjects=_subjects_of(row),
            at=_time(row, zone),
            namespace=word(row, "namespace"),
            digest=digest,
            location=word(row, "location"),
            description=word(row, "description"),
            owner=word(row, "owner"),
            rows=whole(row.get("rows")),
        )
        space = details.namespace or query.name
        yield ObservedThing(f"{space}/{name}@{digest or ''}"[:300], details)


def _servings(rows: list[Row], query: Query, zone: tzinfo) -> Iterable[Fact]:
    for row in rows:
        model, environment = _needed(row, "model"), _needed(row, "environment")
        role = (word(row, "role") or "").casefold()
        details = ServingDetails(
            name=model,
            subjects=_subjects_of(row),
            at=_time(row, zone),
            environment=environment,
            endpoint=word(row, "endpoint"),
            role=ServingRole(role) if role in set(ServingRole) else None,
            share=word(row, "share"),
            artifact_digest=word(row, "digest"),
            region=word(row, "region"),
            status=word(row, "status"),
        )
        told = (model, environment, details.endpoint, details.region, word(row, "version"))
        id = "|".join(one or "" for one in told)
        yield ObservedThing(f"{query.name}:{id}"[:300], details)


def _needed(row: Row, meaning: str) -> str:
    told = word(row, meaning)
    if told is None:
        raise RowRefused(row["line"], meaning)
    return shortened(told)


def _time(row: Row, zone: tzinfo) -> datetime | None:
    told = word(row, "time")
    try:
        return read_time(told, zone) if told else None
    except ValueError:
        raise RowRefused(row["line"], "time") from None


_BY_KIND: dict[FactsKind, _Facts] = {
    FactsKind.POINTS: _points,
    FactsKind.CHECKS: _checks,
    FactsKind.DATASETS: _datasets,
    FactsKind.SERVINGS: _servings,
}
