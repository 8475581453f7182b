"""Sources that are read without a server, each with something to tell: put up in a folder."""

import shutil
from collections.abc import Callable
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.catalog import open_source
from tests.sources.folders import CAPTURES
from tests.sources.repositories import recorded_repository

_FILES = {
    "openlineage-1.54.0_2026-11-23_events.ndjson": "events.ndjson",
    "pytest-9.2_2026-11-23_junit.xml": "junit.xml",
    "dvc-3.67.1_2026-11-23_dvc.lock": "dvc.lock",
    "great-expectations-1.24.1_2026-11-23_validation_result.json": "gx.json",
}
_TABLE = """
CREATE TABLE kpi (stand TEXT, modell TEXT, psi TEXT);
INSERT INTO kpi VALUES ('2026-03-31', 'M-00002', '0.14'), ('2026-06-30', 'M-00002', '0.27')
"""
_SETTINGS = {
    "query.psi": "SELECT stand, modell, psi FROM kpi WHERE stand >= :since",
    "map.psi.value": "psi",
    "map.psi.time": "stand",
    "map.psi.model": "modell",
    "map.psi.metric": '"PSI"',
    "query.daten": "SELECT 'Kontoumsätze' AS n, 'ab12' AS d FROM kpi",
    "facts.daten": "datasets",
    "map.daten.name": "n",
    "map.daten.digest": "d",
}
Open = Callable[[], Source]


def _opener(kind: str, url: str, settings: dict[str, str]) -> Open:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    connection = Connection(kind, kind, url, settings=pairs)
    return lambda: open_source(connection, Credentials(), lambda: False)


def _folder(root: Path) -> Open:
    inbox = root / "inbox"
    inbox.mkdir()
    for name, put_as in _FILES.items():
        (inbox / put_as).write_bytes((CAPTURES / name).read_bytes())
    return _opener("folder", str(inbox), {})


def _sql(root: Path) -> Open:
    place = root / "scores.db"
    with sqlite.connect(str(place)) as file:
        for statement in _TABLE.split(";"):
            file.execute(statement)
    file.close()
    return _opener("sql", f"sqlite:///{place}", _SETTINGS)


def _git(root: Path) -> Open:
    return _opener("git", str(recorded_repository(root / "churn").root), {})


LOCAL: dict[str, Callable[[Path], Open]] = {"folder": _folder, "sql": _sql}
if shutil.which("git"):
    LOCAL["git"] = _git
