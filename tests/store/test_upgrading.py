"""A workspace being brought up opens whenever the program is killed, as the old one or the new."""

import json
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

from mlops_desktop.ledger import verify as checks
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log, migrations
from mlops_desktop.store import workspace as workspaces
from tests.store.killed import STEPS
from tests.store.test_migrations import FIXTURES, KEY, restore
from tests.support.surroundings import ROOT

OLD = "0001"


def killed_at(step: str, place: Path) -> int:
    command = [sys.executable, "-m", "tests.store.killed", step, str(place), KEY.hex()]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def revision_of(place: Path) -> str | None:
    """Return the schema a file has as it lies there, opened as its own program would."""
    engine = workspaces.open_engine(str(place), lambda _: KEY)
    with engine.connect() as connection:
        found = migrations.current(connection)
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
    engine.dispose()
    return found


def test_killed_at_any_step_the_old_or_the_new_one_opens(tmp_path: Path) -> None:
    id = json.loads((FIXTURES / f"schema-{OLD}.json").read_text("utf-8"))["meta"][0]["value"]
    first = tmp_path / "first.mrm"
    engine = engines.open_file(first, KEY, id)
    restore(engine, OLD)
    engine.dispose()
    found = {}
    for step in STEPS:
        place = tmp_path / f"{step}.mrm"
        shutil.copy(first, place)
        assert killed_at(step, place) == -signal.SIGKILL
        found[step] = revision_of(place)
        opened = workspaces.load(str(place), workspaces.open_engine(str(place), lambda _: KEY))
        with opened.read() as view:
            notes = [StoredCheckpoint(*kept) for kept in log.read_checkpoints(view.connection)]
            verified = checks.verify(log.read_parts(view.connection), notes)
            assert all(check.ok for check in verified.checks if check.name != "decisions")
        opened.close()
        assert revision_of(place.with_name(f"{step}.schema-{OLD}.mrm")) == OLD
        left = sorted(path.name for path in tmp_path.glob(f"*{step}*"))
        assert left == [f"{step}.mrm", f"{step}.schema-{OLD}.mrm"]
    new = migrations.REVISIONS[-1]
    assert found == dict.fromkeys(STEPS, OLD) | {"after_swap": new}


def test_a_file_that_others_share_is_shared_afterwards(tmp_path: Path) -> None:
    id = json.loads((FIXTURES / f"schema-{OLD}.json").read_text("utf-8"))["meta"][0]["value"]
    place = tmp_path / "shared.mrm"
    engine = engines.open_file(place, KEY, id)
    restore(engine, OLD)
    engine.dispose()
    place.chmod(0o660)
    workspaces.load(str(place), workspaces.open_engine(str(place), lambda _: KEY)).close()
    assert revision_of(place) == migrations.REVISIONS[-1]
    assert stat.S_IMODE(place.stat().st_mode) == 0o660
