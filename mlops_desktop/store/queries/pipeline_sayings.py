"""What persons said of pipelines, as of any date."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.pipelines import (
    PipelineDescribed,
    PipelineExpected,
    PipelineStepEnded,
)
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.lineage_keys import PipelineKey, limits_of
from mlops_desktop.store.tables.lineage import pipeline_sayings


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person said of a pipeline, who and since when."""

    person: str
    since: str
    minutes: int | None = None
    text: str | None = None
    became: str | None = None


@dataclass(frozen=True, slots=True)
class Sayings:
    """What persons said that still holds: intervals by pipeline, words by pipeline and step.

    ``ended`` are steps that no longer run, with what they became where they were renamed.
    """

    expected: dict[PipelineKey, Saying]
    described: dict[tuple[PipelineKey, str | None], Saying]
    ended: dict[tuple[PipelineKey, str], Saying]


def read_sayings(connection: sa.Connection, as_of: AsOf = NOW) -> Sayings:
    """Return what persons said of pipelines that holds by the dates asked for."""
    c = pipeline_sayings.c
    query = sa.select(pipeline_sayings).where(*limits_of(connection, pipeline_sayings, as_of))
    rows = list(connection.execute(query.order_by(c.effective, c.position)))
    marks = {digest for row in rows for digest in records.digests_in(row.record)}
    opened = log.open_commitments(connection, marks) if marks else {}
    said = Sayings({}, {}, {})
    for row in rows:
        _take(said, row, opened)
    return said


def _take(said: Sayings, row: Any, opened: dict[str, str]) -> None:
    key = PipelineKey(row.source, row.pipeline)
    if row.kind == "expected":
        reason = records.from_text(PipelineExpected, row.record, opened).reason
        text = reason.text if reason else None
        said.expected[key] = Saying(row.person, row.effective, row.minutes, text)
    elif row.kind == "step_ended":
        ended = records.from_text(PipelineStepEnded, row.record, opened)
        text = ended.reason.text if ended.reason else None
        said.ended[key, row.step] = Saying(
            row.person, row.effective, text=text, became=ended.became
        )
    elif row.kind == "step_resumed":
        said.ended.pop((key, row.step), None)
    else:
        words = records.from_text(PipelineDescribed, row.record, opened).text
        said.described[key, row.step] = Saying(row.person, row.effective, text=words.text)
