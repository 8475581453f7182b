"""A table of a thousand rows, and its view."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.table.columns import ListQuery
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from tests.ui.conftest import Shelf, Thing, columns


def say(key: str) -> str:
    return key


@pytest.fixture
def model(jobs: Jobs, shelf: Shelf, qtbot: QtBot) -> Iterator[RowsModel[Thing]]:
    made = RowsModel("things", columns(None), shelf, jobs, say)  # type: ignore[arg-type]
    made.ask(ListQuery())
    qtbot.waitUntil(lambda: made.rowCount() == 1000)
    yield made
    shelf.open.set()
    qtbot.waitUntil(jobs.is_idle)  # an answer that comes later would begin to count anew
    for counting in made.findChildren(QTimer):
        counting.stop()


@pytest.fixture
def view(model: RowsModel[Thing], qtbot: QtBot) -> RowsView:
    made = RowsView(model)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made
