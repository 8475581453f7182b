"""The history of data: what runs and versions read and wrote, runs, checks, what persons say."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

data_uses = Table(
    "data_uses",
    projected,
    Column("subject", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("rank", INTEGER, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("namespace", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("digest", TEXT),
    Column("scheme", TEXT, nullable=False),
    Column("word", TEXT),
    Column("run", TEXT),
    PrimaryKeyConstraint("subject", "effective", "position", "rank"),
    sqlite_strict=True,
)
"""What a run or a version read and made, at each of its states; one without any has a bare row.

``kind`` is that of the subject. ``role`` is read, written, made or none. ``place`` is the address
of a dataset, as far as it tells; of what was made, the id of the model, ``name`` its version.
``run`` is the run's id at its source: a version's own run is told once, by the version.
"""
Index("data_uses_run", data_uses.c.run, data_uses.c.kind)
Index("data_uses_name", data_uses.c.name, data_uses.c.role)
Index("data_uses_place", data_uses.c.place, data_uses.c.role)

pipeline_runs = Table(
    "pipeline_runs",
    projected,
    Column("id", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("native_id", TEXT, nullable=False),
    Column("pipeline", TEXT, nullable=False),
    Column("step", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("started", TEXT),
    Column("ended", TEXT),
    PrimaryKeyConstraint("id", "effective", "position"),
    sqlite_strict=True,
)
"""A run at each of its states, from its own times where its source told them."""
Index("pipeline_runs_pipeline", pipeline_runs.c.source, pipeline_runs.c.pipeline)
Index("pipeline_runs_native", pipeline_runs.c.native_id)

pipeline_sayings = Table(
    "pipeline_sayings",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("source", TEXT, nullable=False),
    Column("pipeline", TEXT, nullable=False),
    Column("step", TEXT),
    Column("kind", TEXT, nullable=False),
    Column("minutes", INTEGER),
    Column("person", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
"""What persons said of pipelines, in order: few, so that any date is read by folding them."""

data_checks = Table(
    "data_checks",
    projected,
    Column("id", TEXT, nullable=False),
    Column("effective", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("dataset", TEXT, nullable=False),
    Column("tail", TEXT, nullable=False),
    Column("suite", TEXT, nullable=False),
    Column("verdict", TEXT, nullable=False),
    PrimaryKeyConstraint("id", "effective", "position"),
    sqlite_strict=True,
)
"""Results of checks of data; ``tail`` is what follows the first part of the dataset's name."""
Index("data_checks_dataset", data_checks.c.dataset)
Index("data_checks_tail", data_checks.c.tail)

incident_reaches = Table(
    "incident_reaches",
    projected,
    Column("incident", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("position", INTEGER, nullable=False),
    PrimaryKeyConstraint("incident", "model"),
    sqlite_strict=True,
)
"""The models that were acted on because the data of a confirmed incident came to them."""
