"""Measurements on record: a model is measured as of its last one, as long as none is overdue."""

from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told

_MEASURED = "record.measurement"


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return that models are measured."""
    return names & {_MEASURED}


def gather(asked: Asked) -> Told:
    """Yield each model with the day of the last measurement of what is measured in time."""
    # numpy takes its time to import: only a regime that asks for measurements pays for it.
    from mlops_desktop.services.monitoring.reading import read_series_rows

    last: dict[str, Fact] = {}
    for row in read_series_rows(asked.view, asked.model, asked.as_of):
        if row.at is not None and row.state is not MetricState.UNMEASURED:
            known, day = last.get(row.key), row.at.date()
            if known is None or known.since is None or known.since < day:
                last[row.key] = Fact(day)
    for model, fact in last.items():
        if model in asked.rows:
            yield model, _MEASURED, fact
