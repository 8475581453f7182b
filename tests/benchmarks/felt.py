"""Speed as felt over 100,000 models: start, page switch, scrolling, opening the largest model.

Each stands against plain Qt doing the least possible: an empty window, a stack with two tables, a
table of Qt's own model, tabs with a filled table. Ratios are of processor time: of the whole
process for the start, else of the window's own thread, until everything is painted.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks._large_bank import BIG, BIG_METRICS, BIG_VERSIONS, large_bank
from tests.benchmarks.measuring import Line, Spent, milliseconds
from tests.benchmarks.measuring import median as middle

if TYPE_CHECKING:
    from tests.benchmarks._plain_qt import PlainQt
    from tests.benchmarks._touring import Tourist

_MODELS = int(os.environ.get("TOUR_MODELS", "100000"))
_ROUNDS, _STARTS, _STEPS = 9, 5, 60
_BYTECODE = Path(__file__).parents[2] / ".cache" / "bytecode"
_BETWEEN = ("models", "governance", "approvals", "ledger", "monitoring")


def measure() -> list[Line]:
    """Measure in turns with the floors."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    session = large_bank(_MODELS)
    place = session.workspace.place
    _begin_with("models")
    lines = [*_starts(place)]
    from tests.benchmarks._plain_qt import PlainQt
    from tests.benchmarks._touring import Tourist, prepare

    tourist = Tourist(prepare(), session, lambda _: None)
    plain = PlainQt(tourist.app, BIG_VERSIONS)
    lines += [*_switching(tourist, plain), *_scrolling(tourist, plain), *_opening(tourist, plain)]
    plain.close()
    tourist.close()
    session.workspace.close()
    return lines


def _begin_with(page: str) -> None:
    """Let the program start on the page that a person left last."""
    from mlops_desktop.ui import prefs

    kept = prefs.load()
    kept.page = page
    kept.save()


def _starts(place: str) -> Iterator[Line]:
    empty, ours = [], []
    for what in ("empty", "program"):  # the first start of an installation compiles everything
        _started(what, place)
    for _ in range(_STARTS):
        empty.append(_started("empty", place))
        ours.append(_started("program", place))
    floor, found = middle(empty), middle(ours)
    yield Line("floor: an empty window, painted", _said(floor))
    ratio = found.processor / floor.processor
    yield Line(f"start to usable list of {_MODELS:,} models", _said(found), ratio, 6.0, 3.0)
    yield Line("the same by the clock", "", found.wall / floor.wall, 6.0, 3.0)


def _started(what: str, place: str) -> Spent:
    command = [sys.executable, "-m", "tests.benchmarks._starting", what, place]
    surroundings = dict(os.environ, PYTHONPYCACHEPREFIX=str(_BYTECODE))
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation keeps what it compiled
    # Whoever was in the window last may have left it at another page, which would open first.
    Path(os.environ["MLOPS_DESKTOP_HOME"], "window.json").write_text('{"page": "models"}', "utf-8")
    begun = time.time()
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=surroundings)
    told = json.loads(done.stdout.splitlines()[-1])
    return Spent(told["at"] - begun, told["processor"])


def _switching(tourist: "Tourist", plain: "PlainQt") -> Iterator[Line]:
    for page in (*_BETWEEN, *_BETWEEN):
        tourist.window.show_page(page)
        tourist.rest()
    floors: list[Spent] = []
    found: list[Spent] = []
    for number in range(_ROUNDS * 2):
        floors.append(_spent(tourist, partial(plain.switch, number % 2)))
        page = _BETWEEN[number % len(_BETWEEN)]
        found.append(_spent(tourist, partial(tourist.window.show_page, page)))
    yield _line("page switch, pages seen before", found, floors, (6.0, 3.0))


def _scrolling(tourist: "Tourist", plain: "PlainQt") -> Iterator[Line]:
    tourist.window.show_page("models")
    tourist.rest()
    ours, floor = tourist.list_of_page().verticalScrollBar(), plain.table.verticalScrollBar()
    plain.switch(0)
    for what, share in (("a wheel's step", 0.0), ("a jump anywhere", 1 / _STEPS)):
        floors: list[Spent] = []
        found: list[Spent] = []
        for at in range(1, _STEPS):
            for bar, kept in ((floor, floors), (ours, found)):
                step = int(bar.maximum() * share) or 90
                kept.append(_spent(tourist, partial(bar.setValue, at * step)))
        yield _line(f"scrolling {_MODELS:,} rows, {what}", found, floors, (4.0, 2.0))


def _opening(tourist: "Tourist", plain: "PlainQt") -> Iterator[Line]:
    context = tourist.window.context
    for model in (BIG, "M-00005"):
        context.show_page("models", model)
        tourist.rest()
    floors: list[Spent] = []
    found: list[Spent] = []
    for _ in range(_ROUNDS):
        floors.append(_spent(tourist, plain.open_detail))
        found.append(_spent(tourist, partial(context.show_page, "models", BIG)))
        context.show_page("models", "M-00005")
        tourist.rest()
    what = f"opening a model with {BIG_VERSIONS} versions and {BIG_METRICS} metrics"
    yield _line(what, found, floors, (8.0, 4.0))
    context.show_page("models", BIG)
    tourist.rest()
    tabs = tourist.tabs_of_detail()
    for name in ("Versions", "Monitoring"):
        took = []
        for _ in range(_ROUNDS):
            tabs.setCurrentIndex(0)
            context.show_page("models", "M-00005")
            tourist.rest()
            context.show_page("models", BIG)
            tourist.rest()
            took.append(_spent(tourist, partial(tabs.setCurrentIndex, tourist.tab_named(name))))
        yield _line(f"its tab {name}", took, floors, (8.0, 4.0))


def _spent(tourist: "Tourist", act: Callable[[], object]) -> Spent:
    """Act, and wait until what it asked for has come and is painted."""
    jobs, app = tourist.window.context.jobs, tourist.app
    app.processEvents()
    clock, busy = time.perf_counter(), time.thread_time()
    act()
    app.processEvents()
    while not jobs.is_idle():
        app.processEvents()
        time.sleep(0.0005)
    app.processEvents()
    app.processEvents()
    return Spent(time.perf_counter() - clock, time.thread_time() - busy)


def _line(what: str, found: list[Spent], floors: list[Spent], bounds: tuple[float, float]) -> Line:
    ours, floor = (median(one.processor for one in some) for some in (found, floors))
    clock = median(one.wall for one in found)
    told = (
        f"{milliseconds(ours)} of processor against {milliseconds(floor)}, "
        f"{milliseconds(clock)} of clock"
    )
    return Line(what, told, ours / floor, *bounds)


def _said(spent: Spent) -> str:
    return f"{milliseconds(spent.wall)} of clock, {milliseconds(spent.processor)} of processor"
