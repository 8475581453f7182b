"""The page Overview over 10,000 models: from asking to every figure and cut on the screen.

The floor reads the columns that figures are made of, with the records decoded; the peer is the
same figures asked for without a window.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from mlops_desktop.core import clock
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.session import Session
from tests.benchmarks.governance import govern
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.portfolio import read_plainly, with_rows
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 10_000
_ROUNDS = 5
_FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def measure() -> list[Line]:
    """Let the page read and paint in turns with its floor and its peer."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        with clock.reading(lambda: _FIRST):
            fill(session, _MODELS)
        with clock.reading(lambda: _FIRST + timedelta(days=30)):
            govern(session, _FIRST.date())
        spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return [
        _line("every figure, without a window", spent["figures"], spent["floor"], (5.0, 3.0)),
        _line("the page, read and painted", spent["page"], spent["floor"], (8.0, 5.0)),
        _line("the page, against the figures alone", spent["page"], spent["figures"], (3.0, 2.0)),
        _line("a risk manager's cards, read and painted", spent["risk"], spent["floor"],
              (11.0, 8.0)),
    ]  # fmt: skip


def _works(session: Session) -> dict[str, Callable[[], object]]:
    from tests.benchmarks._desk import OverviewDesk

    desk = OverviewDesk(session)
    return {
        "floor": partial(with_rows, session, read_plainly),
        "figures": partial(read_portfolio, session),
        "page": desk.show,
        "risk": partial(desk.show_role, "risk"),
    }


def _line(what: str, spent: Spent, floor: Spent, bounds: tuple[float, float]) -> Line:
    told = f"{milliseconds(spent.processor)} against {milliseconds(floor.processor)}"
    return Line(what, told, spent.processor / floor.processor, *bounds)
