"""What is kept of OpenLineage events: a list of fields that hold no data.

Facets can hold SQL with literals, error messages and extremes of columns.
"""

from typing import Any

from mlops_desktop.sources.files.format import Origin
from mlops_desktop.sources.files.values import at, fields, items, text, whole

_MOST_COLUMNS = 1_000
Event = dict[str, Any]


def is_event(one: Any) -> bool:
    """Whether this is an event of a run or of a dataset."""
    is_run = text(one, "run", "runId") and text(one, "job", "name")
    is_dataset = text(one, "dataset", "name") and "openlineage" in (text(one, "schemaURL") or "")
    return bool(text(one, "eventTime") and (is_run or is_dataset))


def excerpt(document: Any, origin: Origin) -> list[Event]:
    """Return the events with the fields that are read."""
    events = document if isinstance(document, list) else [document]
    return [_event(one) for one in events if is_event(one)]


def _event(one: Any) -> Event:
    job = fields(one, "job")
    facets = fields(job, "facets")
    parent = fields(one, "run", "facets", "parent", "job")
    given = fields(one, "dataset")
    return {
        "time": text(one, "eventTime"),
        "type": text(one, "eventType"),
        "run": text(one, "run", "runId"),
        "namespace": text(job, "namespace"),
        "job": text(job, "name"),
        "parent": text(parent, "name"),
        "description": text(facets, "documentation", "description"),
        "owner": _owner(facets),
        "code": text(facets, "sourceCodeLocation", "url"),
        "commit": text(facets, "sourceCodeLocation", "version"),
        "inputs": [_dataset(part) for part in items(one, "inputs") if text(part, "name")],
        "outputs": [_dataset(part) for part in items(one, "outputs") if text(part, "name")],
        "dataset": _dataset(given) if text(given, "name") else None,
    }


def _owner(facets: Any) -> str | None:
    owners = (text(one, "name") for one in items(facets, "ownership", "owners"))
    return next((name for name in owners if name), None)


def _dataset(one: Any) -> Event:
    facets, measured = fields(one, "facets"), _measured(one)
    counted = fields(one, "outputFacets", "outputStatistics")
    asserted = items(one, "inputFacets", "dataQualityAssertions", "assertions")
    asserted = asserted or items(facets, "dataQualityAssertions", "assertions")
    schema = [part for part in items(facets, "schema", "fields") if text(part, "name")]
    rows = whole(measured, "rowCount")
    return {
        "namespace": text(one, "namespace"),
        "name": text(one, "name"),
        "version": text(facets, "version", "datasetVersion"),
        "description": text(facets, "documentation", "description"),
        "owner": _owner(facets),
        "columns": [[text(part, "name"), text(part, "type")] for part in schema[:_MOST_COLUMNS]],
        "rows": rows if rows is not None else whole(counted, "rowCount"),
        "nulls": {
            name: nulls
            for name, part in fields(measured, "columnMetrics").items()
            if (nulls := whole(part, "nullCount")) is not None
        },
        "assertions": [
            {"assertion": text(part, "assertion"), "column": text(part, "column"),
             "success": at(part, "success"), "severity": text(part, "severity")}
            for part in asserted
        ],
    }  # fmt: skip


def _measured(one: Any) -> dict[str, Any]:
    inner = fields(one, "inputFacets", "dataQualityMetrics")
    return inner or fields(one, "facets", "dataQualityMetrics")
