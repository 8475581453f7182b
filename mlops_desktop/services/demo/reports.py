"""The planned report of the bank: the board's, after each quarter, drafted by the scheduler."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.reports.plans import Wanted, add_plan
from mlops_desktop.services.reports.running import run_due

NAME = "quartalsbericht-vorstand"
_BY, _PLANNED, _RUN = "Dr. Katrin Feddersen", "2026-09-01", "2026-10-14"
_AT = time(6, 30)
_WANTED = Wanted(
    after=10,
    languages=("en", "de"),
    title="Quartalsbericht Modellrisiko an den Vorstand",
    recipients=("Dr. Ulrich Harms",),
)


def plan_reports(calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield the setting up of the plan, and its first run in the morning of the day it is due."""
    out = folder.resolve() / "reports"
    yield Act(calendar.moment(_PLANNED, Hours.EDIT), _set_up(out))
    yield Act(calendar.moment(_RUN, _AT), _run)


def _set_up(out: Path) -> Perform:
    def perform(stage: Stage) -> None:
        out.mkdir()
        add_plan(stage.acting(_BY), NAME, replace(_WANTED, folder=str(out)))

    return perform


def _run(stage: Stage) -> None:
    for one in run_due(stage.acting(_BY), (NAME,)):
        if one.error is not None:
            raise one.error
